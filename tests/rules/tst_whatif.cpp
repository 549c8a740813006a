// SPDX-FileCopyrightText: The Halfshake authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "models/rules/whatif.h"

#include <QTest>

#include <algorithm>

using namespace halfshake;
using namespace std::chrono_literals;

namespace {

Parameter setting(std::string key, std::string value, ParameterLayer layer = ParameterLayer::Kernel)
{
    Parameter parameter;
    parameter.key = std::move(key);
    parameter.value = std::move(value);
    parameter.layer = layer;
    parameter.place.line = 1;
    return parameter;
}

std::shared_ptr<const ParameterFile> fileOf(
    std::uint32_t number, ParameterFileKind kind, std::vector<Parameter> parameters)
{
    auto file = std::make_shared<ParameterFile>();
    file->evidence = EvidenceId{number};
    file->kind = kind;
    file->parameters = std::move(parameters);
    for (auto& parameter : file->parameters)
        parameter.place.evidence = file->evidence;
    return file;
}

/// The ingress of the first story: wide range, four SYN retries, 40 s to connect, IPVS.
ParameterStore ingress()
{
    auto cluster = fileOf(
        2, ParameterFileKind::KubernetesObjects, {setting("kube-proxy/mode", "ipvs", ParameterLayer::Orchestrator)});
    return {
        {fileOf(0, ParameterFileKind::SysctlDump,
             {setting("net.ipv4.ip_local_port_range", "1024 65535"), setting("net.ipv4.ip_local_reserved_ports", ""),
                 setting("net.ipv4.tcp_syn_retries", "4"), setting("net.ipv4.tcp_syn_linear_timeouts", "0")}),
            fileOf(1, ParameterFileKind::NginxConfiguration,
                {setting("proxy_connect_timeout", "40s", ParameterLayer::Proxy)}),
            cluster},
        {{EvidenceId{0}, {.host = {}, .networkNamespace = {}, .label = "ingress.txt"}},
            {EvidenceId{1}, {.host = {}, .networkNamespace = {}, .label = "nginx.conf"}}}};
}

Correlation recorded()
{
    Correlation correlation;
    correlation.statistics.hasCapture = true;
    correlation.statistics.failedClientPorts = {30'256, 31'999};
    correlation.statistics.completedClientPorts = {40'000, 2'000, 50'002};
    return correlation;
}

const VerdictChange* changeOf(const WhatIf& whatIf, std::string_view rule)
{
    const auto it = std::ranges::find(whatIf.verdicts, rule, &VerdictChange::rule);
    return it == whatIf.verdicts.end() ? nullptr : &*it;
}

WhatIf ask(const std::vector<SettingChange>& changes)
{
    static const auto catalogue = RuleCatalogue::shipped();
    return whatIf(catalogue, ingress(), recorded(), changes);
}

} // namespace

class TestWhatIf : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void aNarrowRangeClearsTheConflictAndSparesTheFailedPorts();
    void reservedPortsDoTheSame();
    void aShorterConnectTimeoutEndsAttemptsEarlierAndWith504();
    void aTypedFactDecidesWhatWasUnknown();
    void noChangeChangesNothing();
};

void TestWhatIf::aNarrowRangeClearsTheConflictAndSparesTheFailedPorts()
{
    const auto answer = ask({{EvidenceId{0}, {}, "net.ipv4.ip_local_port_range", "32768 60999"}});
    const auto* const change = changeOf(answer, "PORT-001");
    QVERIFY(change);
    QCOMPARE(change->before, std::optional{Verdict::Fires});
    QCOMPARE(change->after, std::optional{Verdict::Clear});
    QCOMPARE(answer.recorded.failedConnections, std::uint64_t{2});
    QCOMPARE(answer.recorded.failedPortsStillUsable, std::uint64_t{0});
    QCOMPARE(answer.recorded.completedPortsStillUsable, std::uint64_t{2});
}

void TestWhatIf::reservedPortsDoTheSame()
{
    const auto answer = ask({{EvidenceId{0}, {}, "net.ipv4.ip_local_reserved_ports", "30000-32767"}});
    QVERIFY(changeOf(answer, "PORT-001"));
    QCOMPARE(answer.recorded.failedPortsStillUsable, std::uint64_t{0});
    QCOMPARE(answer.recorded.completedPortsStillUsable, std::uint64_t{3});
}

void TestWhatIf::aShorterConnectTimeoutEndsAttemptsEarlierAndWith504()
{
    const auto answer = ask({{EvidenceId{1}, {}, "proxy_connect_timeout", "5s"}});
    QVERIFY(changeOf(answer, "HS-007"));
    QVERIFY(changeOf(answer, "HS-008"));
    // ip-sysctl.rst: four retries give up after 31 s
    QCOMPARE(answer.recorded.giveUpBefore, std::optional<Duration>{31s});
    QVERIFY(answer.recorded.isKernelFirstBefore);
    QCOMPARE(answer.recorded.giveUpAfter, std::optional<Duration>{5s});
    QVERIFY(!answer.recorded.isKernelFirstAfter);
}

void TestWhatIf::aTypedFactDecidesWhatWasUnknown()
{
    const auto answer = ask({{EvidenceId{}, {}, "client/timeout", "30s"}});
    const auto* const change = changeOf(answer, "KA-008");
    QVERIFY(change);
    QCOMPARE(change->before, std::optional{Verdict::Unknown});
    QCOMPARE(change->after, std::optional{Verdict::Fires});
}

void TestWhatIf::noChangeChangesNothing()
{
    QVERIFY(ask({}).verdicts.empty());
}

QTEST_APPLESS_MAIN(TestWhatIf)
#include "tst_whatif.moc"
