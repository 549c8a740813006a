// SPDX-FileCopyrightText: The Halfshake authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "models/rules/ruleengine.h"

#include <QFile>
#include <QTest>

#include <algorithm>
#include <map>
#include <set>

using namespace halfshake;

namespace {

const QString folder = QStringLiteral(HALFSHAKE_EVIDENCE "/public/parameters/");

/// The dump of one file as the program reads it.
ParameterStore storeOf(const QString& name)
{
    QFile file(folder + name);
    if (!file.open(QIODevice::ReadOnly))
        return {};
    JobContext job;
    const EvidenceId evidence{0};
    auto read =
        readParameterFile(memorySource(file.readAll().toStdString()), evidence, ParameterFileKind::SysctlDump, job);
    return read
        ? ParameterStore({*read}, {{evidence, {.host = {}, .networkNamespace = {}, .label = name.toStdString()}}})
        : ParameterStore{};
}

/// "file + fact": what the independent evaluator was given besides the dump.
void addFact(const QString& fact, ValueMap& k8s, ValueMap& variables)
{
    const auto number = [&fact] {
        return fact.section(QLatin1Char(' '), -1).section(QLatin1Char('='), -1).toLongLong();
    };
    if (fact.startsWith(QLatin1String("proxy_mode=")))
        k8s.insert_or_assign(
            "proxyMode", fact.section(QLatin1Char('='), 1).section(QLatin1Char(' '), 0, 0).toStdString());
    else if (fact.startsWith(QLatin1String("nodePorts ")))
        k8s.insert_or_assign("nodePorts", *PortSet::parseList(fact.section(QLatin1Char(' '), 1).toStdString()));
    else if (fact.startsWith(QLatin1String("nginx proxy_connect_timeout=")))
        variables.insert_or_assign(
            "nginx", Value::map({{"proxyConnectTimeout", Duration{std::chrono::seconds{number()}}}}));
    else if (fact.startsWith(QLatin1String("capture max SYN/ACK")))
        variables.insert_or_assign("capture", Value::map({{"synAckRepetition", std::int64_t{number()}}}));
    else if (fact == QLatin1String("no kubernetes evidence"))
        k8s.clear();
}

} // namespace

/// The rules over real dumps, against the verdicts of an independent evaluator.
class TestPublicDumps : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void verdictsEqualThoseOfTheIndependentEvaluator_data();
    void verdictsEqualThoseOfTheIndependentEvaluator();
};

void TestPublicDumps::verdictsEqualThoseOfTheIndependentEvaluator_data()
{
    QTest::addColumn<QString>("input");
    QTest::addColumn<QString>("rule");
    QTest::addColumn<QString>("verdict");
    QTest::addColumn<QString>("severity");
    static const auto catalogue = RuleCatalogue::shipped();
    QFile table(folder + QStringLiteral("verdicts.tsv"));
    QVERIFY(table.open(QIODevice::ReadOnly));
    int rows = 0;
    for (const auto& line : table.readAll().split('\n')) {
        const auto fields = QString::fromUtf8(line).split(QLatin1Char('\t'));
        if (fields.size() < 4 || !catalogue.find(fields[1].toStdString()))
            continue;
        QTest::newRow(qPrintable(fields[0] + QStringLiteral(": ") + fields[1]))
            << fields[0] << fields[1] << fields[2] << fields[3];
        ++rows;
    }
    QVERIFY(rows > 40);
}

void TestPublicDumps::verdictsEqualThoseOfTheIndependentEvaluator()
{
    QFETCH(QString, input);
    QFETCH(QString, rule);
    QFETCH(QString, verdict);
    QFETCH(QString, severity);
    static const auto catalogue = RuleCatalogue::shipped();
    const auto parts = input.split(QStringLiteral(" + "));
    const auto store = storeOf(parts[0]);
    const auto subjects = subjectsOf(store, Correlation{});
    QVERIFY(!subjects.empty());
    auto subject = subjects[0];
    ValueMap k8s{{"present", true}};
    for (const auto& fact : parts.mid(1))
        addFact(fact, k8s, subject.variables);
    subject.variables.insert_or_assign("k8s", Value::map(k8s));
    const auto finding = evaluate(*catalogue.find(rule.toStdString()), subject);
    const std::map<QString, Verdict> words{{QStringLiteral("fire"), Verdict::Fires},
        {QStringLiteral("clear"), Verdict::Clear}, {QStringLiteral("unknown"), Verdict::Unknown},
        {QStringLiteral("n/a"), Verdict::NotApplicable}};
    QVERIFY(words.contains(verdict));
    QCOMPARE(toString(finding.verdict), toString(words.at(verdict)));
    if (finding.verdict == Verdict::Fires)
        QCOMPARE(QString::fromUtf8(toString(finding.severity).data()), severity);
}

QTEST_GUILESS_MAIN(TestPublicDumps)
#include "tst_publicdumps.moc"
