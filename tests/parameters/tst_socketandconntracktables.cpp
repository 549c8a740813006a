// SPDX-FileCopyrightText: The Halfshake authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "tests/parameters/readparameters.h"

#include <QTest>

using namespace halfshake;
using namespace halfshake::test;

class TestSocketAndConntrackTables : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void listenersTellQueueAndLimit_data();
    void listenersTellQueueAndLimit();
    void otherSocketsAreCountedByStateAndDestination();
    void theStateComesFromTheCommandWhereNoColumnHasIt();
    void theSummaryIsRead();
    void trackedConnectionsAreCountedByState();
};

void TestSocketAndConntrackTables::listenersTellQueueAndLimit_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::newRow("ss -lnt") << QByteArray("State  Recv-Q Send-Q Local Address:Port Peer Address:PortProcess\n"
                                           "LISTEN 9      8       10.0.0.12:8080      0.0.0.0:*          \n");
    QTest::newRow("ss -lntp") << QByteArray(
        "State   Recv-Q  Send-Q   Local Address:Port    Peer Address:Port  Process                          \n"
        "LISTEN  9       8            10.0.0.12:8080         0.0.0.0:*      users:((\"java\",pid=7,fd=20))\n");
    QTest::newRow("ss -an") << QByteArray(
        "Netid  State      Recv-Q Send-Q Local Address:Port                 Peer Address:Port\n"
        "nl     UNCONN     768    0      rtnl:kernel                 *                     \n"
        "udp    UNCONN     0      0      0.0.0.0:68                  0.0.0.0:*\n"
        "tcp    LISTEN     9      8      10.0.0.12:8080              0.0.0.0:*\n");
    QTest::newRow("without header") << QByteArray("LISTEN 9 8 10.0.0.12:8080 0.0.0.0:*\nLISTEN 0 128 [::]:22 [::]:*\n"
                                                  "LISTEN 0 511 *:80 *:*\n");
}

void TestSocketAndConntrackTables::listenersTellQueueAndLimit()
{
    QFETCH(QByteArray, text);
    const auto file = readText(text.toStdString());
    QVERIFY(file);
    QVERIFY((*file)->kind == ParameterFileKind::SocketTables);
    QCOMPARE(valueOf(**file, "ss/listen/10.0.0.12:8080/Recv-Q"), "9");
    QCOMPARE(valueOf(**file, "ss/listen/10.0.0.12:8080/Send-Q"), "8");
    QCOMPARE(valueOf(**file, "ss/listen/0.0.0.0:68/Recv-Q"), "<absent>");
}

void TestSocketAndConntrackTables::otherSocketsAreCountedByStateAndDestination()
{
    const auto file = readText("State     Recv-Q Send-Q Local Address:Port Peer Address:Port\n"
                               "ESTAB     0      0      10.0.0.1:40000     10.0.0.2:8080\n"
                               "TIME-WAIT 0      0      10.0.0.1:40001     10.0.0.2:8080\n"
                               "\t cubic rto:204 rtt:1.5/0.7\n"
                               "TIME-WAIT 0      0      10.0.0.1:80        10.9.9.9:50000\n");
    QVERIFY(file);
    QCOMPARE(valueOf(**file, "ss/sockets/TIME-WAIT"), "2");
    QCOMPARE(valueOf(**file, "ss/sockets/ESTAB"), "1");
    QCOMPARE(lineOf(**file, "ss/sockets/TIME-WAIT"), 3u);
    QCOMPARE(valueOf(**file, "ss/destinations/10.0.0.2:8080"), "2");
    QCOMPARE(valueOf(**file, "ss/destinations/10.9.9.9:50000"), "<absent>");
}

void TestSocketAndConntrackTables::theStateComesFromTheCommandWhereNoColumnHasIt()
{
    const auto file = readText("$ ss -tan state syn-sent\nRecv-Q Send-Q Local Address:Port Peer Address:PortProcess\n"
                               "0      1      10.0.0.1:31410 10.0.0.2:8080\n\n$ ss -tan state established\n"
                               "Recv-Q Send-Q Local Address:Port Peer Address:PortProcess\n"
                               "0      0      10.0.0.1:40000 10.0.0.2:8080\n");
    QVERIFY(file);
    QCOMPARE(valueOf(**file, "ss/sockets/SYN-SENT"), "1");
    QCOMPARE(valueOf(**file, "ss/sockets/ESTAB"), "1");
}

void TestSocketAndConntrackTables::theSummaryIsRead()
{
    const auto file = readText("Total: 17\nTCP:   313 (estab 13, closed 299, orphaned 0, timewait 212)\n\n"
                               "Transport Total     IP        IPv6\nTCP\t  14        14        0\n");
    QVERIFY(file);
    QCOMPARE(valueOf(**file, "ss/summary/timewait"), "212");
    QCOMPARE(lineOf(**file, "ss/summary/timewait"), 2u);
}

void TestSocketAndConntrackTables::trackedConnectionsAreCountedByState()
{
    const auto file = readText(
        "$ conntrack -L -o extended\n"
        "ipv4     2 tcp      6 56 SYN_SENT src=10.0.0.1 dst=10.0.0.2 sport=32038 dport=8080 [UNREPLIED] src=10.0.0.2 "
        "dst=10.0.0.1 sport=8080 dport=32038 mark=0 use=1\n"
        "tcp      6 119 SYN_SENT src=10.0.0.1 dst=10.0.0.3 sport=32040 dport=8080 src=10.0.0.3 dst=10.0.0.1 sport=8080 "
        "dport=32040 mark=0 use=1\n"
        "udp      17 20 src=10.0.0.1 dst=10.0.0.9 sport=5000 dport=53 [UNREPLIED] src=10.0.0.9 dst=10.0.0.1 sport=53 "
        "dport=5000 mark=0 use=1\nconntrack v1.4.7 (conntrack-tools): 3 flow entries have been shown.\n");
    QVERIFY(file);
    QVERIFY((*file)->kind == ParameterFileKind::ConntrackTable);
    QCOMPARE(valueOf(**file, "conntrack/tcp/SYN_SENT"), "2");
    QCOMPARE(valueOf(**file, "conntrack/tcp/SYN_SENT/UNREPLIED"), "1");
    QCOMPARE(valueOf(**file, "conntrack/udp"), "1");
    QCOMPARE(lineOf(**file, "conntrack/udp"), 4u);
    QVERIFY((*file)->diagnostics.isEmpty());
}

QTEST_GUILESS_MAIN(TestSocketAndConntrackTables)
#include "tst_socketandconntracktables.moc"
