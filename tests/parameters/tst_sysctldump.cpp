// SPDX-FileCopyrightText: The Halfshake authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "tests/parameters/readparameters.h"

#include <QTest>

#include <stop_token>

using namespace halfshake;
using namespace halfshake::test;

class TestSysctlDump : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void valuesStandAsThePrintedLineHasThem();
    void everyParameterKnowsItsLineAndByte();
    void dottedInterfaceNamesKeepTheSlash();
    void aDeniedKeyIsUnknownAndTheDumpIncomplete();
    void anUnsetSecretDoesNotMakeADumpIncomplete();
    void aDumpWithoutListenBacklogIsIncomplete();
    void aDumpWithDriverQueuesIsOfTheInitialNamespace();
    void windowsLineEndsDoNotShowInValues();
    void theCommandCopiedAlongIsPassedOver_data();
    void theCommandCopiedAlongIsPassedOver();
    void repeatedKeysAreAllKeptAndTheLastCounts();
    void strayLinesAreCounted();
    void aPathBelowProcSysIsTheSameKey();
    void hostsOfOneFileAreToldApart_data();
    void hostsOfOneFileAreToldApart();
    void twoDumpsInARowWithoutHeadersAreTwoSections();
    void theDumpOfABsdIsRefusedByName_data();
    void theDumpOfABsdIsRefusedByName();
    void aNulByteIsNoText();
    void aCancelledJobEnds();
    void aFailedCommandGivesADiagnosticNotSilence();
};

void TestSysctlDump::valuesStandAsThePrintedLineHasThem()
{
    const auto file = readText("kernel.core_pattern = |/usr/share/apport/apport %p key=value\n"
                               "net.ipv4.ip_local_port_range = 1024\t65535\n"
                               "net.ipv4.ip_local_reserved_ports = \n"
                               "net.ipv4.tcp_rmem = 4096        87380   6291456  \n");
    QVERIFY(file);
    QVERIFY((*file)->kind == ParameterFileKind::SysctlDump);
    QCOMPARE(valueOf(**file, "kernel.core_pattern"), "|/usr/share/apport/apport %p key=value");
    QCOMPARE(valueOf(**file, "net.ipv4.ip_local_port_range"), "1024\t65535");
    QCOMPARE(valueOf(**file, "net.ipv4.ip_local_reserved_ports"), "");
    QCOMPARE(valueOf(**file, "net.ipv4.tcp_rmem"), "4096        87380   6291456");
    QCOMPARE((*file)->parameters[0].layer, ParameterLayer::Kernel);
    QCOMPARE((*file)->parameters[0].provenance, ParameterProvenance::Running);
    QVERIFY((*file)->diagnostics.isEmpty());
}

void TestSysctlDump::everyParameterKnowsItsLineAndByte()
{
    const std::string text = "net.core.somaxconn = 4096\n\nnet.ipv4.tcp_tw_reuse = 2\n";
    const auto file = readText(text);
    QVERIFY(file);
    const auto* const parameter = findParameter(**file, "net.ipv4.tcp_tw_reuse");
    QVERIFY(parameter);
    QVERIFY(parameter->place.evidence == evidence);
    QCOMPARE(parameter->place.line, 3u);
    QCOMPARE(parameter->place.byteOffset, text.find("net.ipv4"));
    QCOMPARE((*file)->lines, 3u);
}

void TestSysctlDump::dottedInterfaceNamesKeepTheSlash()
{
    const auto file = readText("net.ipv4.conf.flannel/1.rp_filter = 0\nnet.ipv4.conf.eth0.rp_filter = 2\n"
                               "net/ipv4/conf/eth0.100/rp_filter = 1\n");
    QVERIFY(file);
    QCOMPARE(valueOf(**file, "net.ipv4.conf.flannel/1.rp_filter"), "0");
    QCOMPARE(valueOf(**file, "net.ipv4.conf.eth0.rp_filter"), "2");
    QCOMPARE(valueOf(**file, "net.ipv4.conf.eth0/100.rp_filter"), "1");
}

void TestSysctlDump::aDeniedKeyIsUnknownAndTheDumpIncomplete()
{
    const auto file = readText("net.core.somaxconn = 4096\nsysctl: permission denied on key 'fs.protected_fifos'\n"
                               "sysctl: permission denied on key \"kernel.cad_pid\", ignoring\n");
    QVERIFY(file);
    const auto* const denied = findParameter(**file, "fs.protected_fifos");
    QVERIFY(denied);
    QVERIFY(!denied->isReadable);
    QCOMPARE(denied->place.line, 2u);
    QVERIFY(findParameter(**file, "kernel.cad_pid"));
    QVERIFY(!(*file)->isComplete);
    QCOMPARE((*file)->diagnostics.count(DiagnosticCode::ParameterUnreadable), 2u);
}

void TestSysctlDump::anUnsetSecretDoesNotMakeADumpIncomplete()
{
    const auto file = readText(
        "net.core.somaxconn = 4096\nsysctl: reading key \"net.ipv6.conf.all.stable_secret\"\nvm.swappiness = 60\n");
    QVERIFY(file);
    QVERIFY((*file)->isComplete);
    const auto* const secret = findParameter(**file, "net.ipv6.conf.all.stable_secret");
    QVERIFY(secret);
    QVERIFY(!secret->isReadable);
}

void TestSysctlDump::aDumpWithoutListenBacklogIsIncomplete()
{
    QVERIFY(!(*readText("net.ipv4.tcp_syncookies = 1\nvm.swappiness = 60\n"))->isComplete);
    QVERIFY((*readText("net.core.somaxconn = 4096\nvm.swappiness = 60\n"))->isComplete);
}

void TestSysctlDump::aDumpWithDriverQueuesIsOfTheInitialNamespace()
{
    const auto host = readText("kernel.hostname = node-1\nkernel.osrelease = 6.1.0-18-amd64\n"
                               "net.core.netdev_max_backlog = 1000\nnet.core.somaxconn = 4096\n");
    const auto pod =
        readText("kernel.hostname = pod-1\nkernel.osrelease = 6.1.0-18-amd64\nnet.core.somaxconn = 4096\n");
    QVERIFY((*host)->isInitialNamespace);
    QCOMPARE((*host)->parameters[3].networkNamespace, "host");
    QCOMPARE((*host)->host, "node-1");
    QCOMPARE((*host)->parameters[3].host, "node-1");
    QCOMPARE((*host)->kernelVersion, "6.1.0-18-amd64");
    QVERIFY(!(*pod)->isInitialNamespace);
    QCOMPARE((*pod)->parameters[0].networkNamespace, "");
}

void TestSysctlDump::windowsLineEndsDoNotShowInValues()
{
    const auto file = readText("net.ipv4.ip_local_reserved_ports = \r\nnet.core.somaxconn = 128\r\n");
    QCOMPARE(valueOf(**file, "net.ipv4.ip_local_reserved_ports"), "");
    QCOMPARE(valueOf(**file, "net.core.somaxconn"), "128");
}

void TestSysctlDump::theCommandCopiedAlongIsPassedOver_data()
{
    QTest::addColumn<QByteArray>("line");
    QTest::newRow("dollar") << QByteArray("$ sysctl -a");
    QTest::newRow("root") << QByteArray("# sysctl -a | grep net");
    QTest::newRow("host") << QByteArray("[root@node-1 ~]# sysctl -a 2>/dev/null");
    QTest::newRow("user") << QByteArray("admin@node-1:~$ sudo sysctl -a");
    QTest::newRow("sysctl --system") << QByteArray("* Applying /etc/sysctl.d/99-kubernetes.conf ...");
    QTest::newRow("namespace") << QByteArray("root@node-1:~# nsenter -t 4711 -n sysctl -a");
}

void TestSysctlDump::theCommandCopiedAlongIsPassedOver()
{
    QFETCH(QByteArray, line);
    const auto file = readText(line.toStdString() + "\nnet.core.somaxconn = 4096\nvm.swappiness = 60\n");
    QVERIFY(file);
    QVERIFY((*file)->kind == ParameterFileKind::SysctlDump);
    QCOMPARE((*file)->parameters.size(), std::size_t{2});
    QVERIFY((*file)->diagnostics.isEmpty());
}

void TestSysctlDump::repeatedKeysAreAllKeptAndTheLastCounts()
{
    const auto file =
        readText("dev.cdrom.info = CD-ROM information, Id: cdrom.c 3.20\ndev.cdrom.info = \n"
                 "dev.cdrom.info = drive name:\t\tsr0\nnet.core.somaxconn = 128\nnet.core.somaxconn = 4096\n");
    QVERIFY(file);
    QCOMPARE((*file)->parameters.size(), std::size_t{5});
    QCOMPARE((*file)->sections.size(), std::size_t{1});
    const ParameterStore store{{*file}, {}};
    QCOMPARE(store.find(evidence, "net.core.somaxconn")->value, "4096");
    QCOMPARE(store.find(evidence, "dev.cdrom.info")->value, "drive name:\t\tsr0");
}

void TestSysctlDump::strayLinesAreCounted()
{
    const auto file = readText("net.core.somaxconn = 4096\nConnection to node-1 closed.\nvm.swappiness = 60\n"
                               "vm.overcommit_ratio = 50\nvm.max_map_count = 65530\n");
    QVERIFY(file);
    QCOMPARE((*file)->parameters.size(), std::size_t{4});
    QCOMPARE((*file)->diagnostics.count(DiagnosticCode::ParameterLineMalformed), 1u);
    QCOMPARE((*file)->diagnostics.entries()[0].where.line, 2u);
}

void TestSysctlDump::aPathBelowProcSysIsTheSameKey()
{
    const auto file =
        readText("/proc/sys/net/core/somaxconn:4096\n/proc/sys/net/ipv4/ip_forward = 1\n"
                 "/proc/sys/net/ipv4/conf/eth0.100/rp_filter:2\n/proc/sys/net/ipv4/ip_local_reserved_ports:\n");
    QVERIFY(file);
    QCOMPARE(valueOf(**file, "net.core.somaxconn"), "4096");
    QCOMPARE(valueOf(**file, "net.ipv4.ip_forward"), "1");
    QCOMPARE(valueOf(**file, "net.ipv4.conf.eth0/100.rp_filter"), "2");
    QCOMPARE(valueOf(**file, "net.ipv4.ip_local_reserved_ports"), "");
}

void TestSysctlDump::hostsOfOneFileAreToldApart_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::newRow("tail") << QByteArray("==> a <==\nnet.core.somaxconn = 128\nvm.swappiness = 1\n\n"
                                        "==> b <==\nnet.core.somaxconn = 4096\nvm.swappiness = 2\n");
    QTest::newRow("ansible") << QByteArray("a | CHANGED | rc=0 >>\nnet.core.somaxconn = 128\nvm.swappiness = 1\n"
                                           "b | CHANGED | rc=0 >>\nnet.core.somaxconn = 4096\nvm.swappiness = 2\n");
    QTest::newRow("pdsh") << QByteArray("a: net.core.somaxconn = 128\na: vm.swappiness = 1\n"
                                        "b: net.core.somaxconn = 4096\nb: vm.swappiness = 2\n");
}

void TestSysctlDump::hostsOfOneFileAreToldApart()
{
    QFETCH(QByteArray, text);
    const auto file = readText(text.toStdString());
    QVERIFY(file);
    QCOMPARE((*file)->sections.size(), std::size_t{2});
    QCOMPARE((*file)->sections[0].host, "a");
    QCOMPARE((*file)->sections[1].host, "b");
    QCOMPARE((*file)->host, "");
    QCOMPARE((*file)->parameters[3].host, "b");
    const ParameterStore store{{*file}, {}};
    QCOMPARE(store.find(evidence, 0, "net.core.somaxconn")->value, "128");
    QCOMPARE(store.find(evidence, 1, "net.core.somaxconn")->value, "4096");
    QCOMPARE(store.find(evidence, "net.core.somaxconn"), nullptr);
}

void TestSysctlDump::twoDumpsInARowWithoutHeadersAreTwoSections()
{
    const auto file = readText("abi.vsyscall32 = 1\nkernel.hostname = a\nnet.core.somaxconn = 128\n"
                               "abi.vsyscall32 = 1\nkernel.hostname = b\nnet.core.somaxconn = 4096\n");
    QVERIFY(file);
    QCOMPARE((*file)->sections.size(), std::size_t{2});
    QCOMPARE((*file)->sections[0].host, "a");
    QCOMPARE((*file)->sections[1].host, "b");
}

void TestSysctlDump::theDumpOfABsdIsRefusedByName_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<QByteArray>("system");
    QTest::newRow("FreeBSD") << QByteArray(
        "kern.ostype: FreeBSD\nkern.osrelease: 14.0-RELEASE\nkern.ipc.somaxconn: 128\n"
        "hw.ncpu: 8\nnet.inet.tcp.msl: 30000\n")
                             << QByteArray("FreeBSD");
    QTest::newRow("macOS") << QByteArray("user.cs_path: /usr/bin:/bin\nkern.ostype: Darwin\nkern.osrelease: 23.4.0\n"
                                         "hw.ncpu: 8\nmachdep.cpu.core_count: 8\n")
                           << QByteArray("Darwin");
    QTest::newRow("NetBSD") << QByteArray(
        "kern.ostype = NetBSD\nkern.osrelease = 10.0\nkern.maxvnodes = 1\nhw.ncpu = 8\n")
                            << QByteArray("NetBSD");
}

void TestSysctlDump::theDumpOfABsdIsRefusedByName()
{
    QFETCH(QByteArray, text);
    QFETCH(QByteArray, system);
    QVERIFY(probeText(text.toStdString()).result.confidence > 0);
    const auto file = readText(text.toStdString());
    QVERIFY(!file);
    QCOMPARE(file.error().code, DiagnosticCode::ParameterDumpNotLinux);
    QCOMPARE(file.error().arguments, std::vector{system.toStdString()});
    QVERIFY(file.error().where.evidence == evidence);
}

void TestSysctlDump::aNulByteIsNoText()
{
    const auto file = readTextAs(std::string{"vm.swappiness = 60\nvm\0x = 1\n", 28}, ParameterFileKind::SysctlDump);
    QVERIFY(!file);
    QCOMPARE(file.error().code, DiagnosticCode::NotText);
    QCOMPARE(file.error().where.line, 2u);
    QCOMPARE(file.error().where.byteOffset, 21u);
}

void TestSysctlDump::aCancelledJobEnds()
{
    std::stop_source stop;
    stop.request_stop();
    JobContext job{stop.get_token()};
    const auto file =
        readParameterFile(memorySource("vm.swappiness = 60\n"), evidence, ParameterFileKind::SysctlDump, job);
    QVERIFY(!file);
    QCOMPARE(file.error().code, DiagnosticCode::Cancelled);
}

void TestSysctlDump::aFailedCommandGivesADiagnosticNotSilence()
{
    const std::string text = "exec of \"sysctl\" failed: \"No such file or directory\"\n";
    QVERIFY(probeText(text).result.confidence > 0);
    const auto file = readText(text);
    QVERIFY(file);
    QVERIFY((*file)->parameters.empty());
    QVERIFY(!(*file)->isComplete);
    QCOMPARE((*file)->diagnostics.count(DiagnosticCode::ParameterLineMalformed), 1u);
}

QTEST_GUILESS_MAIN(TestSysctlDump)
#include "tst_sysctldump.moc"
