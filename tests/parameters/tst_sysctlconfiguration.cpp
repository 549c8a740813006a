// SPDX-FileCopyrightText: The Halfshake authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "tests/parameters/readparameters.h"

#include <QTest>

using namespace halfshake;
using namespace halfshake::test;

class TestSysctlConfiguration : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void statementsAreReadAsTheManualHasThem();
    void whatStandsInAFileIsPersisted();
    void aFileOfCommentsIsAConfigurationWithNothingSet();
    void aDumpIsNoConfiguration();
    void aShellScriptIsNoConfiguration();
};

void TestSysctlConfiguration::statementsAreReadAsTheManualHasThem()
{
    const auto file =
        readText("# a comment\n ; another\nnet.core.somaxconn=1024\n  net.ipv4.tcp_rmem = 4096 87380 16777216\n"
                 "-net.ipv4.tcp_tw_recycle = 0\nnet.ipv4.conf.*.rp_filter = 2\n-net.ipv4.conf.lo.rp_filter\n"
                 "net/ipv4/conf/eth0.100/forwarding=1\nvm.swappiness = 10 # not a comment\nvm.swappiness=20");
    QVERIFY(file);
    QVERIFY((*file)->kind == ParameterFileKind::SysctlConfiguration);
    QCOMPARE((*file)->parameters.size(), std::size_t{7});
    QCOMPARE(valueOf(**file, "net.core.somaxconn"), "1024");
    QCOMPARE(lineOf(**file, "net.core.somaxconn"), 3u);
    QCOMPARE(valueOf(**file, "net.ipv4.tcp_rmem"), "4096 87380 16777216");
    QCOMPARE(valueOf(**file, "net.ipv4.tcp_tw_recycle"), "0");
    QCOMPARE(valueOf(**file, "net.ipv4.conf.*.rp_filter"), "2");
    QCOMPARE(valueOf(**file, "net.ipv4.conf.eth0/100.forwarding"), "1");
    QCOMPARE(valueOf(**file, "vm.swappiness"), "10 # not a comment");
    const ParameterStore store{{*file}, {}};
    QCOMPARE(store.find(evidence, "vm.swappiness")->value, "20");
    QVERIFY((*file)->diagnostics.isEmpty());
}

void TestSysctlConfiguration::whatStandsInAFileIsPersisted()
{
    const auto file = readText("net.core.somaxconn=1024\n");
    QVERIFY(file);
    QCOMPARE((*file)->parameters[0].provenance, ParameterProvenance::Persisted);
}

void TestSysctlConfiguration::aFileOfCommentsIsAConfigurationWithNothingSet()
{
    const auto file = readText("#\n# /etc/sysctl.conf\n#net.ipv4.ip_forward=1\n#kernel.printk = 3 4 1 3\n");
    QVERIFY(file);
    QVERIFY((*file)->kind == ParameterFileKind::SysctlConfiguration);
    QVERIFY((*file)->parameters.empty());
    QVERIFY((*file)->diagnostics.isEmpty());
}

void TestSysctlConfiguration::aDumpIsNoConfiguration()
{
    QVERIFY(probeText("$ sysctl -a\nfs.file-nr = 1\nkernel.hostname = a\nnet.core.somaxconn = 1\n").kind
        == ParameterFileKind::SysctlDump);
}

void TestSysctlConfiguration::aShellScriptIsNoConfiguration()
{
    QCOMPARE(int{probeText("#!/bin/sh\ncat <<'EOF' | tee /etc/sysctl.d/99-k8s.conf\nnet.ipv4.ip_forward = 1\n"
                           "net.bridge.bridge-nf-call-iptables = 1\nEOF\nsysctl --system\n")
                     .result.confidence},
        0);
}

QTEST_GUILESS_MAIN(TestSysctlConfiguration)
#include "tst_sysctlconfiguration.moc"
