// SPDX-FileCopyrightText: The Halfshake authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "models/base/timeformat.h"
#include "tests/logs/readtext.h"

#include <QTest>

using namespace halfshake;
using namespace std::chrono_literals;

namespace {

constexpr const char* flood = "TCP: request_sock_TCP: Possible SYN flooding on port 8080. Sending cookies.";

/// 2027-01-02, so that stamps of December are of the year before.
const ProxyLogOptions january{.changedAt = EvidenceTime{std::chrono::sys_days{2027y / 1 / 2}.time_since_epoch()}};

} // namespace

class TestKernelLog : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void everyWayOfPrintingIsRead_data();
    void everyWayOfPrintingIsRead();
    void messagesHaveTheirKind_data();
    void messagesHaveTheirKind();
    void otherProgramsOfSyslogAreCounted();
};

void TestKernelLog::everyWayOfPrintingIsRead_data()
{
    QTest::addColumn<QByteArray>("before");
    QTest::addColumn<QByteArray>("time");
    QTest::newRow("dmesg") << QByteArray{"[ 5510.396666] "} << QByteArray{};
    QTest::newRow("dmesg -T") << QByteArray{"[Mon Nov 23 04:29:17 2026] "}
                              << QByteArray{"2026-11-23T04:29:17.000000000Z"};
    QTest::newRow("dmesg -x") << QByteArray{"kern  :warn  : [ 5510.396666] "} << QByteArray{};
    QTest::newRow("raw") << QByteArray{"<4>[ 5510.396666] "} << QByteArray{};
    QTest::newRow("syslog") << QByteArray{"Dec 23 04:29:17 node-1 kernel: [ 5510.396666] "}
                            << QByteArray{"2026-12-23T04:29:17.000000000Z"};
    QTest::newRow("syslog without uptime")
        << QByteArray{"Jan  1 04:29:17 node-1 kernel: "} << QByteArray{"2027-01-01T04:29:17.000000000Z"};
    QTest::newRow("journalctl -o short-precise")
        << QByteArray{"Dec 23 04:29:17.838123 node-1 kernel: "} << QByteArray{"2026-12-23T04:29:17.838123000Z"};
    QTest::newRow("ISO syslog") << QByteArray{"2026-11-23T04:29:17.838123+08:00 node-1 kernel: "}
                                << QByteArray{"2026-11-22T20:29:17.838123000Z"};
}

void TestKernelLog::everyWayOfPrintingIsRead()
{
    QFETCH(QByteArray, before);
    QFETCH(QByteArray, time);
    const auto log = test::readText(before.toStdString() + flood + '\n', january);
    QVERIFY(log);
    QVERIFY(test::isEveryLineCounted(**log));
    QCOMPARE((*log)->kernelEntries.size(), 1u);
    const auto& entry = (*log)->kernelEntries[0];
    QVERIFY(entry.kind == KernelMessage::SynFlood);
    QCOMPARE((*log)->text(entry.text), flood);
    QCOMPARE(entry.loggedAt.has_value(), !time.isEmpty());
    if (entry.loggedAt)
        QCOMPARE(QByteArray::fromStdString(toIsoString(*entry.loggedAt)), time);
    if (before.contains("5510"))
        QCOMPARE(entry.uptime, Duration{5'510'396'666us});
}

void TestKernelLog::messagesHaveTheirKind_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<QByteArray>("kind");
    const auto row = [](const char* text, const char* kind) {
        QTest::newRow(text) << QByteArray{text} << QByteArray{kind};
    };
    row("nf_conntrack: nf_conntrack: table full, dropping packet", "conntrack_full");
    row("neighbour: arp_cache: neighbor table overflow!", "neighbour_overflow");
    row("Out of memory: Killed process 4242 (java) total-vm:8000000kB", "out_of_memory");
    row("TCP: too many orphaned sockets", "tcp_memory");
    row("IPv4: martian source 10.0.0.1 from 10.244.1.3, on dev eth0", "martian_source");
    row("DROP: IN=eth0 OUT= MAC=aa SRC=10.0.0.1 DST=10.0.0.2 PROTO=TCP SPT=31234 DPT=80 SYN", "firewall_log");
    row("eth0: renamed from veth1234", "other");
    row("IPVS: rr: TCP 10.96.0.1:443 - no destination available", "other");
}

void TestKernelLog::messagesHaveTheirKind()
{
    QFETCH(QByteArray, text);
    QFETCH(QByteArray, kind);
    QCOMPARE(toString(classifyKernelMessage(std::string_view{text})), std::string_view{kind});
}

void TestKernelLog::otherProgramsOfSyslogAreCounted()
{
    std::string text;
    for (int i = 0; i < 50; ++i)
        text += "Dec 23 04:29:17 node-1 sshd[12]: Accepted publickey for root\n";
    text += std::string{"Dec 23 04:29:17 node-1 kernel: "} + flood + '\n';
    QVERIFY(probeProxyLog({text, text.size()}, january).confidence > 50);
    const auto log = test::readText(text, january);
    QVERIFY(log);
    QCOMPARE((*log)->counts.kernelEntries, 1u);
    QCOMPARE((*log)->counts.otherLines, 50u);
    QVERIFY(test::isEveryLineCounted(**log));
}

QTEST_APPLESS_MAIN(TestKernelLog)

#include "tst_kernellog.moc"
