// SPDX-FileCopyrightText: The Halfshake authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "models/incident/load.h"
#include "models/itemmodels/linefieldmodel.h"

#include <QAbstractItemModelTester>
#include <QTest>

using namespace halfshake;
using namespace Qt::StringLiterals;

class TestLineFields : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void aRequestShowsItsFieldsAndWhatItIsTiedTo();
    void anErrorLineShowsItsMeaningAndItsRequest();
    void aSettingShowsKeyAndValue();
    void anyOtherLineShowsNothing();

private:
    [[nodiscard]] QString valueOf(ObjectRef object, const QString& name) const;

    std::shared_ptr<const IncidentSnapshot> m_snapshot;
    Link m_link;
};

void TestLineFields::initTestCase()
{
    JobContext job;
    m_snapshot = loadIncident({HALFSHAKE_SOURCE_DIR "/resources/samples"}, job).value();
    QVERIFY(!m_snapshot->correlation->links.empty());
    m_link = m_snapshot->correlation->links.front();
}

QString TestLineFields::valueOf(ObjectRef object, const QString& name) const
{
    LineFieldModel model;
    model.setFields(lineFields(*m_snapshot, relatedTo(*m_snapshot, object)));
    return model.valueOf(name);
}

void TestLineFields::aRequestShowsItsFieldsAndWhatItIsTiedTo()
{
    LineFieldModel model;
    QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
    const Related related = relatedTo(*m_snapshot, m_link.attempt);
    model.setFields(lineFields(*m_snapshot, related));

    // the line itself is the oracle
    const auto lines = m_snapshot->find(related.line.evidence)->lines->lines(related.line.line, 1);
    const QString line = QString::fromStdString(lines->front());
    QVERIFY(line.contains(u'"' + model.valueOf(u"Method"_s) + u' ' + model.valueOf(u"Target"_s) + u" HTTP/1.1\""_s));
    QVERIFY(line.contains(u"HTTP/1.1\" "_s + model.valueOf(u"Status"_s) + u' '));
    QVERIFY(line.startsWith(model.valueOf(u"Client"_s) + u" - "_s));
    QVERIFY(line.endsWith(u' ' + model.valueOf(u"Request id"_s)));
    QVERIFY(line.contains(u'[' + model.valueOf(u"Service"_s) + u']'));

    const ConnectionAttempt& connection = *m_snapshot->connection(*m_link.connection);
    QVERIFY(model.valueOf(u"Connection"_s).startsWith(QString::fromStdString(toString(connection.client))));
    QVERIFY(!model.valueOf(u"Tied to it because"_s).isEmpty());
    QVERIFY(model.valueOf(u"Confidence"_s).contains(u'%'));
    QVERIFY(model.valueOf(u"Error log"_s).startsWith(u"error.log:"_s));
}

void TestLineFields::anErrorLineShowsItsMeaningAndItsRequest()
{
    QVERIFY(m_link.errorEntry.has_value());
    QCOMPARE(valueOf(*m_link.errorEntry, u"Meaning"_s), u"kernel gave up connecting"_s);
    QCOMPARE(valueOf(*m_link.errorEntry, u"Level"_s), u"error"_s);
    QVERIFY(valueOf(*m_link.errorEntry, u"Request"_s).startsWith(u"access.log:"_s));
}

void TestLineFields::aSettingShowsKeyAndValue()
{
    const auto& parameters = m_snapshot->parameters->parameters();
    for (std::uint32_t row = 0; row < parameters.size(); ++row) {
        if (parameters[row].key == "net.ipv4.ip_local_port_range") {
            QCOMPARE(valueOf({ObjectKind::Parameter, {}, row}, u"net.ipv4.ip_local_port_range"_s),
                QString::fromStdString(parameters[row].value).simplified());
            return;
        }
    }
    QFAIL("the sample has no port range");
}

void TestLineFields::anyOtherLineShowsNothing()
{
    QVERIFY(lineFields(*m_snapshot, {}).empty());
}

QTEST_GUILESS_MAIN(TestLineFields)
#include "tst_linefields.moc"
