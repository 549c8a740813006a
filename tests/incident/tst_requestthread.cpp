// SPDX-FileCopyrightText: The Halfshake authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "models/incident/load.h"
#include "models/incident/requestthread.h"
#include "tests/support/logbuilder.h"

#include <QFile>
#include <QTemporaryDir>
#include <QTest>

using namespace halfshake;

namespace {

std::string idOf(int request)
{
    return "1c8c66829a90105ef065f2e6514d22" + std::to_string(10 + request);
}

} // namespace

class TestRequestThread : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void aRequestIsFollowedIntoTheApplication();
    void whatTheApplicationNeverSawIsSaid();
    void outsideTheTimeOfALogNothingIsSaid();

private:
    void write(const QString& name, const std::string& text);
    [[nodiscard]] RequestThread threadOfRequest(std::uint32_t row) const;

    QTemporaryDir m_folder;
    std::shared_ptr<const IncidentSnapshot> m_snapshot;
};

void TestRequestThread::write(const QString& name, const std::string& text)
{
    QFile file(m_folder.filePath(name));
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write(QByteArray::fromStdString(text));
}

/// Ten requests, one a second, of which the application logs all but the sixth, and stops before the last.
void TestRequestThread::initTestCase()
{
    std::vector<std::string> access;
    std::vector<std::string> application;
    for (int i = 0; i < 10; ++i) {
        const auto second = std::to_string(40 + i);
        access.push_back(test::upstreamInfoLine({.time = "23/Nov/2026:04:29:" + second + " +0000",
            .groups = {{{"10.0.0.1:8080", i == 5 ? "502" : "200", "0.003"}}},
            .requestId = idOf(i)}));
        if (i != 5 && i != 9)
            application.push_back("2026-11-23T04:29:" + second
                + ".100Z  INFO 7 --- [shop] [main] c.shop.Cart : request " + idOf(i) + " done");
    }
    write(QStringLiteral("access.log"), test::joinedLines(access));
    write(QStringLiteral("shop.log"), test::joinedLines(application));
    JobContext job;
    m_snapshot = loadIncident({m_folder.path().toStdString()}, job).value();
    QCOMPARE(m_snapshot->evidence.size(), 2u);
    QVERIFY(m_snapshot->evidence[0]->log && m_snapshot->evidence[1]->log);
    QCOMPARE(m_snapshot->evidence[1]->log->counts.applicationEntries, 8u);
}

RequestThread TestRequestThread::threadOfRequest(std::uint32_t row) const
{
    return threadOf(*m_snapshot, {ObjectKind::Request, EvidenceId{0}, row});
}

void TestRequestThread::aRequestIsFollowedIntoTheApplication()
{
    const auto thread = threadOfRequest(2);
    QCOMPARE(thread.places.size(), 1u);
    QVERIFY(thread.places[0].evidence == EvidenceId{1});
    QCOMPARE(thread.places[0].line, 3u);
    QVERIFY(thread.notSeenAt.empty());
}

void TestRequestThread::whatTheApplicationNeverSawIsSaid()
{
    const auto thread = threadOfRequest(5);
    QVERIFY(thread.places.empty());
    QVERIFY(thread.notSeenAt == std::vector{EvidenceId{1}});
}

void TestRequestThread::outsideTheTimeOfALogNothingIsSaid()
{
    const auto thread = threadOfRequest(9);
    QVERIFY(thread.places.empty());
    QVERIFY(thread.notSeenAt.empty());
}

QTEST_GUILESS_MAIN(TestRequestThread)

#include "tst_requestthread.moc"
