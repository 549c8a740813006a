// SPDX-FileCopyrightText: The Halfshake authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "tests/parameters/readparameters.h"

#include <QTest>

using namespace halfshake;
using namespace halfshake::test;

class TestKernelCounters : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void nstatNamesAreSplitIntoGroupAndCounter();
    void procFilesAreReadByNameNotByPosition();
    void sentencesOfNetstatAreCounters_data();
    void sentencesOfNetstatAreCounters();
    void aSentenceThatIsNotKnownIsCounted();
    void sockstatNamesItsRows();
    void conntrackStatisticsAreAddedUp();
    void theHexadecimalTableOfConntrackIsReadByItsHeader();
    void otherTablesAreNotTaken_data();
    void otherTablesAreNotTaken();
};

void TestKernelCounters::nstatNamesAreSplitIntoGroupAndCounter()
{
    const std::string text = "#kernel\nIpInReceives                    5796               0.0\n"
                             "TcpActiveOpens                  607                0.0\n"
                             "TcpExtListenOverflows           120                0.0\n"
                             "TcpExtTCPTimeouts               25                 0.0\n"
                             "Ip6InReceives                   3                  0.0\n"
                             "IpExtInOctets                   9                  0.0\n"
                             "MPTcpExtMPCapableSYNRX          0                  0.0\n";
    const auto file = readText(text);
    QVERIFY(file);
    QVERIFY((*file)->kind == ParameterFileKind::KernelCounters);
    QCOMPARE(valueOf(**file, "Ip/InReceives"), "5796");
    QCOMPARE(valueOf(**file, "Tcp/ActiveOpens"), "607");
    QCOMPARE(valueOf(**file, "TcpExt/ListenOverflows"), "120");
    QCOMPARE(valueOf(**file, "TcpExt/TCPTimeouts"), "25");
    QCOMPARE(valueOf(**file, "Ip6/InReceives"), "3");
    QCOMPARE(valueOf(**file, "IpExt/InOctets"), "9");
    QCOMPARE(valueOf(**file, "MPTcpExt/MPCapableSYNRX"), "0");
    QCOMPARE(lineOf(**file, "TcpExt/ListenOverflows"), 4u);
    QVERIFY((*file)->diagnostics.isEmpty());
}

void TestKernelCounters::procFilesAreReadByNameNotByPosition()
{
    const auto file = readText("TcpExt: SyncookiesSent ListenOverflows ListenDrops\nTcpExt: 1 22 333\n"
                               "IpExt: InNoRoutes InOctets\nIpExt: 0 57734503\n");
    QVERIFY(file);
    QCOMPARE(valueOf(**file, "TcpExt/ListenOverflows"), "22");
    QCOMPARE(lineOf(**file, "TcpExt/ListenOverflows"), 2u);
    QCOMPARE(valueOf(**file, "IpExt/InOctets"), "57734503");
    QCOMPARE((*file)->parameters.size(), std::size_t{5});
}

void TestKernelCounters::sentencesOfNetstatAreCounters_data()
{
    QTest::addColumn<QByteArray>("sentence");
    QTest::addColumn<QByteArray>("key");
    const auto row = [](const char* sentence, const char* key) {
        QTest::newRow(sentence) << QByteArray(sentence) << QByteArray(key);
    };
    row("    17 times the listen queue of a socket overflowed", "TcpExt/ListenOverflows");
    row("    17 SYNs to LISTEN sockets dropped", "TcpExt/ListenDrops");
    row("    17 SYNs to LISTEN sockets ignored", "TcpExt/ListenDrops");
    row("    17 passive connections rejected because of time stamp", "TcpExt/PAWSPassive");
    row("    17 other TCP timeouts", "TcpExt/TCPTimeouts");
    row("    17 TCP sockets finished time wait in fast timer", "TcpExt/TW");
    row("    Quick ack mode was activated 17 times", "TcpExt/DelayedACKLost");
    row("    TCPSynRetrans: 17", "TcpExt/TCPSynRetrans");
    row("    IPReversePathFilter: 17", "TcpExt/IPReversePathFilter");
}

void TestKernelCounters::sentencesOfNetstatAreCounters()
{
    QFETCH(QByteArray, sentence);
    QFETCH(QByteArray, key);
    const auto file = readText("Ip:\n    Forwarding: 1\n    4289 total packets received\nTcp:\n"
                               "    607 active connection openings\n    20 segments retransmitted\nTcpExt:\n"
        + sentence.toStdString() + "\n");
    QVERIFY(file);
    QVERIFY((*file)->kind == ParameterFileKind::KernelCounters);
    QCOMPARE(valueOf(**file, key.toStdString()), "17");
    QCOMPARE(lineOf(**file, key.toStdString()), 8u);
    QCOMPARE(valueOf(**file, "Tcp/ActiveOpens"), "607");
    QCOMPARE(valueOf(**file, "Tcp/RetransSegs"), "20");
    QCOMPARE(valueOf(**file, "Ip/Forwarding"), "1");
    QVERIFY((*file)->diagnostics.isEmpty());
}

void TestKernelCounters::aSentenceThatIsNotKnownIsCounted()
{
    const auto file = readText("Tcp:\n    607 active connection openings\nTcpExt:\n    5 carrier pigeons lost\n");
    QVERIFY(file);
    QCOMPARE((*file)->diagnostics.count(DiagnosticCode::ParameterLineMalformed), 1u);
}

void TestKernelCounters::sockstatNamesItsRows()
{
    const auto file = readText("sockets: used 229\nTCP: inuse 4 orphan 1 tw 9 alloc 17 mem 2\nUDP: inuse 0 mem 0\n");
    QVERIFY(file);
    QCOMPARE(valueOf(**file, "sockstat/sockets/used"), "229");
    QCOMPARE(valueOf(**file, "sockstat/TCP/tw"), "9");
    QCOMPARE(valueOf(**file, "sockstat/TCP/mem"), "2");
}

void TestKernelCounters::conntrackStatisticsAreAddedUp()
{
    const auto file = readText(
        "cpu=0   \tfound=0 invalid=6914 insert=0 insert_failed=3 drop=0 early_drop=0 error=0 search_restart=9916 \n"
        "cpu=1   \tfound=1 invalid=10 insert=0 insert_failed=4 drop=0 early_drop=0 error=0 search_restart=1 \n");
    QVERIFY(file);
    QVERIFY((*file)->kind == ParameterFileKind::KernelCounters);
    QCOMPARE(valueOf(**file, "conntrack/cpu1/insert_failed"), "4");
    QCOMPARE(valueOf(**file, "conntrack/insert_failed"), "7");
    QCOMPARE(valueOf(**file, "conntrack/invalid"), "6924");
    QCOMPARE(lineOf(**file, "conntrack/insert_failed"), 1u);
}

void TestKernelCounters::theHexadecimalTableOfConntrackIsReadByItsHeader()
{
    const auto file = readText("entries  clashres found new invalid insert_failed drop\n"
                               "00000021  00000000 00000000 00000000 00000003 0000000a 00000001\n"
                               "00000021  00000000 00000000 00000000 00000002 00000010 00000000\n");
    QVERIFY(file);
    QCOMPARE(valueOf(**file, "conntrack/entries"), "33");
    QCOMPARE(valueOf(**file, "conntrack/cpu0/insert_failed"), "10");
    QCOMPARE(valueOf(**file, "conntrack/insert_failed"), "26");
    QCOMPARE(valueOf(**file, "conntrack/invalid"), "5");
}

void TestKernelCounters::otherTablesAreNotTaken_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::newRow("numbers") << QByteArray("a 1 2.0\nb 2 3.0\n");
    QTest::newRow("netstat list") << QByteArray(
        "Active Internet connections (servers and established)\n"
        "Proto Recv-Q Send-Q Local Address           Foreign Address         State\n"
        "tcp        0      0 0.0.0.0:22              0.0.0.0:*               LISTEN\n");
    QTest::newRow("report") << QByteArray("Tcp:\nwe saw many resets\nand could not explain them\nat all\n");
}

void TestKernelCounters::otherTablesAreNotTaken()
{
    QFETCH(QByteArray, text);
    QCOMPARE(int{probeText(text.toStdString()).result.confidence}, 0);
}

QTEST_GUILESS_MAIN(TestKernelCounters)
#include "tst_kernelcounters.moc"
