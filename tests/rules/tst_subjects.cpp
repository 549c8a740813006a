// SPDX-FileCopyrightText: The Halfshake authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "models/rules/ruleengine.h"

#include <QTest>

#include <algorithm>
#include <map>

using namespace halfshake;
using namespace std::chrono_literals;

namespace {

Parameter setting(std::string key, std::string value, std::uint64_t line = 1)
{
    Parameter parameter;
    parameter.key = std::move(key);
    parameter.value = std::move(value);
    parameter.place.line = line;
    return parameter;
}

/// Evidence put together by hand; labels are given in the order of the files.
class Incident
{
public:
    ParameterFile& add(ParameterFileKind kind, const std::string& label)
    {
        auto& file = *m_files.emplace_back(std::make_shared<ParameterFile>());
        file.evidence = EvidenceId{static_cast<std::uint32_t>(m_files.size() - 1)};
        file.kind = kind;
        m_scopes[file.evidence] = {.host = {}, .networkNamespace = {}, .label = label};
        return file;
    }
    ParameterFile& addDump(const std::string& label, std::vector<Parameter> settings)
    {
        auto& dump = add(ParameterFileKind::SysctlDump, label);
        dump.parameters = std::move(settings);
        return dump;
    }
    void setHost(const ParameterFile& file, const std::string& host) { m_scopes[file.evidence].host = host; }

    [[nodiscard]] ParameterStore store() const
    {
        for (const auto& file : m_files) {
            for (auto& parameter : file->parameters)
                parameter.place.evidence = file->evidence;
        }
        return {{m_files.begin(), m_files.end()}, m_scopes};
    }
    [[nodiscard]] std::vector<Subject> subjects() const { return subjectsOf(store(), correlation); }

    Correlation correlation;

private:
    std::vector<std::shared_ptr<ParameterFile>> m_files;
    std::map<EvidenceId, ParameterScope> m_scopes;
};

const Subject& subject(const std::vector<Subject>& subjects, RuleSubject kind)
{
    return *std::ranges::find(subjects, kind, &Subject::kind);
}

std::string value(const Subject& subject, std::string_view expression)
{
    return toString(Expression::parse(expression)->evaluate(subject.variables).value);
}

std::vector<Parameter> dumpSettings(std::string range, std::string retries)
{
    return {setting("net.ipv4.ip_local_port_range", std::move(range), 210),
        setting("net.ipv4.tcp_syn_retries", std::move(retries), 220),
        setting("kernel.osrelease", "6.18.44-fc-v657", 3)};
}

void addConfiguration(Incident& incident)
{
    auto& configuration = incident.add(ParameterFileKind::NginxConfiguration, "nginx.conf");
    configuration.parameters = {setting("proxy_connect_timeout", "40s", 12)};
    configuration.parameters[0].layer = ParameterLayer::Proxy;
}

} // namespace

class TestSubjects : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void everyDumpIsANodeAndANetworkNamespace();
    void settingsHaveTypesAndPlaces();
    void unreadableSettingsAreUnknownNotAbsent();
    void clusterSettingsAreSharedByAllSubjects();
    void nodePortsAreUnknownWithoutAListOfServices();
    void workloadsAreManifests();
    void proxyTimesAreRead();
    void theOnlyDumpIsTheProxys();
    void thePortsSeenTellWhichDumpIsTheProxys();
    void aDumpThatCannotGiveThePortsIsNotTheProxys();
    void dumpsThatCouldAllBeTheProxysCountAsFarAsTheyAgree();
    void aStatedHostTellsWhichDumpIsTheProxys();
    void gapsTellHowOftenASynAckWasRepeated_data();
    void gapsTellHowOftenASynAckWasRepeated();
    void withoutACaptureThereIsNoPath();
};

void TestSubjects::everyDumpIsANodeAndANetworkNamespace()
{
    Incident incident;
    incident.addDump("ingress.txt", dumpSettings("1024\t65535", "4"));
    incident.addDump("pod-a.txt", dumpSettings("32768\t60999", "6"));
    std::string labels;
    for (const auto& each : incident.subjects())
        labels += std::to_string(static_cast<int>(each.kind)) + each.label + ' ';
    QCOMPARE(labels, std::string("0ingress.txt 1ingress.txt 0pod-a.txt 1pod-a.txt "));
}

void TestSubjects::settingsHaveTypesAndPlaces()
{
    Incident incident;
    auto settings = dumpSettings("1024\t65535", "4");
    settings.push_back(setting("net.ipv4.tcp_syn_retries", "5", 230));
    settings.push_back(setting("net.ipv4.ip_local_reserved_ports", "", 211));
    incident.addDump("ingress.txt", settings);
    const auto subjects = incident.subjects();
    const auto& node = subject(subjects, RuleSubject::Node);
    QCOMPARE(value(node, "sysctl['net.ipv4.tcp_syn_retries']"), std::string("5")); // the last one holds, as in sysctl
    QCOMPARE(value(node, "sysctl['net.ipv4.ip_local_reserved_ports']"), std::string("\"\""));
    QCOMPARE(value(node, "ports(sysctl['net.ipv4.ip_local_port_range'])"), std::string("1024-65535"));
    QCOMPARE(value(node, "kernelVersion"), std::string("6.18.44"));
    const auto used = Expression::parse("sysctl['net.ipv4.tcp_syn_retries']")->evaluate(node.variables).used;
    QCOMPARE(used.size(), std::size_t{1});
    QCOMPARE(toString(used[0].origin()->place), std::string("E1:230"));
    QCOMPARE(used[0].origin()->object, (ObjectRef{ObjectKind::Parameter, {}, 3}));
}

void TestSubjects::unreadableSettingsAreUnknownNotAbsent()
{
    Incident incident;
    auto denied = setting("net.ipv4.tcp_syn_retries", "");
    denied.isReadable = false;
    incident.addDump("ingress.txt", {denied});
    const auto subjects = incident.subjects();
    const auto& node = subject(subjects, RuleSubject::Node);
    QCOMPARE(value(node, "sysctl['net.ipv4.tcp_syn_retries']"),
        std::string("unknown(net.ipv4.tcp_syn_retries of ingress.txt (not readable))"));
    QCOMPARE(value(node, "'net.ipv4.tcp_syn_retries' in sysctl"), std::string("true"));
}

void TestSubjects::clusterSettingsAreSharedByAllSubjects()
{
    Incident incident;
    incident.addDump("ingress.txt", dumpSettings("1024\t65535", "4"));
    auto& objects = incident.add(ParameterFileKind::KubernetesObjects, "services.yaml");
    objects.listsServices = true;
    objects.nodePorts = {{30'080, "TCP", "order/order-api", "http", {.evidence = EvidenceId{1}, .line = 14}},
        {30'053, "UDP", "kube-system/dns", "", {.evidence = EvidenceId{1}, .line = 40}}};
    objects.parameters = {
        setting("kube-proxy/mode", "ipvs", 90), setting("kube-apiserver/service-node-port-range", "30000-31000", 91)};
    for (auto& parameter : objects.parameters)
        parameter.layer = ParameterLayer::Orchestrator;
    const auto subjects = incident.subjects();
    const auto& node = subject(subjects, RuleSubject::Node);
    QCOMPARE(value(node, "k8s.present"), std::string("true"));
    QCOMPARE(value(node, "k8s.nodePorts"), std::string("30080"));
    QCOMPARE(value(node, "k8s.nodePortRange"), std::string("30000-31000"));
    QCOMPARE(value(node, "k8s.proxyMode"), std::string("\"ipvs\""));
    const auto ports =
        Expression::parse("k8s.services.filter(s, s.protocol == 'TCP').map(s, s.port)")->evaluate(node.variables);
    const auto& items = *std::get<std::shared_ptr<const ValueList>>(ports.value.variant());
    QCOMPARE(items.size(), std::size_t{1});
    QCOMPARE(items[0].origin()->name, std::string("NodePort of order/order-api (http)"));
    QCOMPARE(items[0].origin()->object, (ObjectRef{ObjectKind::Line, EvidenceId{1}, 13}));
}

void TestSubjects::nodePortsAreUnknownWithoutAListOfServices()
{
    Incident incident;
    incident.addDump("ingress.txt", dumpSettings("1024\t65535", "4"));
    incident.add(ParameterFileKind::KubectlNodes, "nodes.txt");
    const auto subjects = incident.subjects();
    const auto& node = subject(subjects, RuleSubject::Node);
    QCOMPARE(value(node, "k8s.present"), std::string("true"));
    QCOMPARE(value(node, "k8s.nodePorts"), std::string("unknown(k8s.nodePorts)"));
    auto& services = incident.add(ParameterFileKind::KubectlServices, "services.txt");
    services.listsServices = true;
    const auto listed = incident.subjects();
    QCOMPARE(value(subject(listed, RuleSubject::Node), "k8s.nodePorts"), std::string("nothing"));
}

void TestSubjects::workloadsAreManifests()
{
    Incident incident;
    auto& objects = incident.add(ParameterFileKind::KubernetesObjects, "ingress.yaml");
    auto& workload = objects.workloads.emplace_back();
    workload.kind = "DaemonSet";
    workload.name = "kube-system/nginx";
    workload.isHostNetwork = true;
    workload.sysctlWrites = {
        {"net.ipv4.ip_local_port_range", "1024 65535", "init-sysctl", true, {.evidence = EvidenceId{0}, .line = 33}}};
    workload.place = {.evidence = EvidenceId{0}, .line = 2};
    const auto subjects = incident.subjects();
    const auto& manifest = subject(subjects, RuleSubject::Manifest);
    QCOMPARE(manifest.label, std::string("DaemonSet kube-system/nginx"));
    QCOMPARE(value(manifest, "pod.hostNetwork && pod.kind == 'DaemonSet'"), std::string("true"));
    const auto write =
        Expression::parse("pod.sysctlWrites['net.ipv4.ip_local_port_range']")->evaluate(manifest.variables);
    QCOMPARE(toString(write.value), std::string("\"1024 65535\""));
    QCOMPARE(toString(write.used.at(0).origin()->place), std::string("E1:33"));
}

void TestSubjects::proxyTimesAreRead()
{
    Incident incident;
    auto& configuration = incident.add(ParameterFileKind::NginxConfiguration, "nginx.conf");
    configuration.parameters = {setting("proxy_connect_timeout", "5s", 12),
        setting("server/shop/location//slow/proxy_connect_timeout", "1m", 30), setting("proxy_read_timeout", "60", 13)};
    auto& configMap = incident.add(ParameterFileKind::KubernetesObjects, "configmap.yaml");
    configMap.parameters = {setting("ingress-nginx/proxy-connect-timeout", "40", 7)};
    for (auto* const file : {&configuration, &configMap}) {
        for (auto& parameter : file->parameters)
            parameter.layer = ParameterLayer::Proxy;
    }
    std::vector<Subject> proxies;
    for (const auto& each : incident.subjects()) {
        if (each.kind == RuleSubject::Proxy)
            proxies.push_back(each);
    }
    QCOMPARE(proxies.size(), std::size_t{2});
    QCOMPARE(value(proxies[0], "nginx.proxyConnectTimeout"), std::string("60s"));
    QCOMPARE(value(proxies[0], "nginx.proxyReadTimeout"), std::string("60s"));
    QCOMPARE(value(proxies[0], "nginx.proxySendTimeout"), std::string("unknown(nginx.proxySendTimeout)"));
    QCOMPARE(value(proxies[1], "nginx.proxyConnectTimeout"), std::string("40s"));
    QCOMPARE(value(proxies[1], "sysctl"), std::string("unknown(sysctl)"));
}

void TestSubjects::theOnlyDumpIsTheProxys()
{
    Incident incident;
    incident.addDump("a.txt", dumpSettings("1024\t65535", "4"));
    addConfiguration(incident);
    const auto subjects = incident.subjects();
    const auto& proxy = subject(subjects, RuleSubject::Proxy);
    QCOMPARE(proxy.label, std::string("nginx.conf in a.txt"));
    QCOMPARE(value(proxy, "sysctl['net.ipv4.tcp_syn_retries']"), std::string("4"));
}

void TestSubjects::thePortsSeenTellWhichDumpIsTheProxys()
{
    Incident incident;
    incident.addDump("ingress.txt", dumpSettings("32768\t60999", "6")); // misleading name
    incident.addDump("pod.txt", dumpSettings("1024\t65535", "4"));
    addConfiguration(incident);
    incident.correlation.statistics.hasCapture = true;
    incident.correlation.statistics.failedClientPorts = {30'256};
    incident.correlation.statistics.completedClientPorts = {40'000, 50'002};
    const auto subjects = incident.subjects();
    QCOMPARE(subject(subjects, RuleSubject::Proxy).label, std::string("nginx.conf in pod.txt"));
    QCOMPARE(subject(subjects, RuleSubject::Path).label, std::string("pod.txt"));
    QCOMPARE(value(subject(subjects, RuleSubject::Path), "sysctl['net.ipv4.tcp_syn_retries']"), std::string("4"));
}

void TestSubjects::aDumpThatCannotGiveThePortsIsNotTheProxys()
{
    Incident incident;
    incident.addDump("pod.txt", dumpSettings("32768\t60999", "6"));
    addConfiguration(incident);
    incident.correlation.statistics.completedClientPorts = {30'256};
    const auto subjects = incident.subjects();
    const auto& proxy = subject(subjects, RuleSubject::Proxy);
    QCOMPARE(proxy.label, std::string("nginx.conf"));
    QCOMPARE(
        value(proxy, "sysctl['net.ipv4.tcp_syn_retries']"), std::string("unknown(sysctl['net.ipv4.tcp_syn_retries'])"));
}

void TestSubjects::dumpsThatCouldAllBeTheProxysCountAsFarAsTheyAgree()
{
    Incident incident;
    incident.addDump("a.txt", dumpSettings("32768\t60999", "4"));
    incident.addDump("b.txt", dumpSettings("32768\t60999", "6"));
    addConfiguration(incident);
    incident.correlation.statistics.completedClientPorts = {40'000};
    const auto subjects = incident.subjects();
    const auto& proxy = subject(subjects, RuleSubject::Proxy);
    QCOMPARE(value(proxy, "sysctl['net.ipv4.ip_local_port_range']"), std::string("\"32768\\t60999\""));
    QCOMPARE(value(proxy, "kernelVersion"), std::string("6.18.44"));
    QCOMPARE(value(proxy, "sysctl['net.ipv4.tcp_syn_retries']"),
        std::string("unknown(net.ipv4.tcp_syn_retries of the proxy's network namespace, which may be a.txt, b.txt)"));
}

void TestSubjects::aStatedHostTellsWhichDumpIsTheProxys()
{
    Incident incident;
    const auto& first = incident.addDump("a.txt", dumpSettings("32768\t60999", "4"));
    const auto& second = incident.addDump("b.txt", dumpSettings("32768\t60999", "6"));
    addConfiguration(incident);
    incident.setHost(first, "node-1");
    incident.setHost(second, "node-2");
    const auto store = incident.store();
    incident.setHost(*store.files().back(), "node-2");
    const auto subjects = incident.subjects();
    QCOMPARE(subject(subjects, RuleSubject::Proxy).label, std::string("nginx.conf in b.txt"));
}

void TestSubjects::gapsTellHowOftenASynAckWasRepeated_data()
{
    QTest::addColumn<qint64>("milliseconds");
    QTest::addColumn<QByteArray>("repetition");
    const QByteArray none = "unknown(capture.synAckRepetition)";
    // measured gaps of tcp-handshakes 1.7 and of the recorded incidents
    QTest::newRow("not repeated") << qint64{0} << QByteArray("0");
    QTest::newRow("first") << qint64{1020} << QByteArray("1");
    QTest::newRow("second") << qint64{2080} << QByteArray("2");
    QTest::newRow("third") << qint64{4080} << QByteArray("3");
    QTest::newRow("fourth") << qint64{8600} << QByteArray("4");
    QTest::newRow("fifth") << qint64{16'640} << QByteArray("5");
    QTest::newRow("between the rungs") << qint64{5300} << none;
    QTest::newRow("too early") << qint64{15'000} << none;
}

void TestSubjects::gapsTellHowOftenASynAckWasRepeated()
{
    QFETCH(qint64, milliseconds);
    QFETCH(QByteArray, repetition);
    Incident incident;
    incident.correlation.statistics.hasCapture = true;
    incident.correlation.statistics.longestSynAckGap = std::chrono::milliseconds{milliseconds};
    const auto subjects = incident.subjects();
    QCOMPARE(value(subject(subjects, RuleSubject::Path), "capture.synAckRepetition"), repetition.toStdString());
}

void TestSubjects::withoutACaptureThereIsNoPath()
{
    Incident incident;
    incident.addDump("ingress.txt", dumpSettings("1024\t65535", "4"));
    const auto subjects = incident.subjects();
    QVERIFY(std::ranges::find(subjects, RuleSubject::Path, &Subject::kind) == subjects.end());
}

QTEST_APPLESS_MAIN(TestSubjects)
#include "tst_subjects.moc"
