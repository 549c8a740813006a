// SPDX-FileCopyrightText: The Halfshake authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "tests/parameters/readparameters.h"

#include <QTest>

#include <format>
#include <span>

using namespace halfshake;
using namespace halfshake::test;

namespace {

/// "port/protocol service name@line;" of every NodePort.
std::string nodePortsOf(const ParameterFile& file)
{
    std::string result;
    for (const auto& port : file.nodePorts)
        result +=
            std::format("{}/{} {} {}@{};", port.port, port.protocol, port.service, port.portName, port.place.line);
    return result;
}

/// "key=value container i@line;" of every write.
std::string writesOf(const Workload& workload)
{
    std::string result;
    for (const auto& write : workload.sysctlWrites)
        result += std::format("{}={} {}{}@{};", write.key, write.value, write.container,
            write.isInitContainer ? " init" : "", write.place.line);
    return result;
}

/// Claims to be as large as it is told, and must not be read for that.
class VastSource final : public ByteSource
{
public:
    [[nodiscard]] std::uint64_t size() const override { return std::uint64_t{1} << 30; }
    [[nodiscard]] Expected<std::size_t> read(std::uint64_t, std::span<std::byte>) const override
    {
        return failure(DiagnosticCode::InternalError, {}, {"read"});
    }
};

/// The text that stands where \a place points.
std::string_view textAt(std::string_view text, const SourceRef& place, std::size_t length)
{
    return text.substr(static_cast<std::size_t>(place.byteOffset), length);
}

} // namespace

class TestKubernetesObjects : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void nodePortsOfAServiceHaveTheirPlace();
    void aServiceWithoutNodePortsHasNone();
    void aListInJsonListsServices();
    void aListOfOneKindNeedNotRepeatIt();
    void aSingleManifestDoesNotListServices();
    void aNumberThatIsNoPortIsDoubted();
    void initContainersThatWriteSysctlsAreFound();
    void everyKindWithAPodTemplateIsAWorkload_data();
    void everyKindWithAPodTemplateIsAWorkload();
    void sysctlsOfTheSecurityContextAreWrites();
    void theEnvironmentOfAContainerIsFilledIn();
    void placesInsideQuotedAndFoldedScriptsAreFound_data();
    void placesInsideQuotedAndFoldedScriptsAreFound();
    void aPatchOfAPodTemplateIsAWorkload();
    void podsWithoutHostNetworkOrSysctlsAreNoWorkloads();
    void theConfigMapOfIngressNginxIsProxySettings();
    void aConfigMapOfSomethingElseIsPassedOver();
    void kubeProxysConfigurationIsFlattened();
    void aConfigurationInsideAConfigMapHasItsOwnLines();
    void flagsOfComponentsAreParameters();
    void extraArgumentsOfKubeadmAreFlags_data();
    void extraArgumentsOfKubeadmAreFlags();
    void nodesTellTheirKernel();
    void annotationsOfAnIngressAreProxySettings();
    void oneBrokenDocumentDoesNotHideTheOthers();
    void aBrokenManifestIsAnErrorWithItsLine();
    void whatTheTerminalAddedIsPassedOver();
    void halvesOfACharacterInJsonDoNoHarm();
    void anchorsServeManyContainers();
    void aGigabyteIsRefusedAtOnce();
    void endlessScriptsAreDoubtedNotRead();
};

void TestKubernetesObjects::nodePortsOfAServiceHaveTheirPlace()
{
    const std::string text =
        "apiVersion: v1\nkind: Service\nmetadata:\n  name: order-api\n  namespace: order\nspec:\n"
        "  type: LoadBalancer\n  healthCheckNodePort: 32000\n  ports:\n  - name: https\n    port: 443\n"
        "    nodePort: 31410\n  - {port: 53, protocol: UDP, nodePort: 30053}\n";
    const auto file = readText(text);
    QVERIFY(file);
    QVERIFY((*file)->kind == ParameterFileKind::KubernetesObjects);
    QCOMPARE(nodePortsOf(**file),
        "31410/TCP order/order-api https@12;30053/UDP order/order-api @13;"
        "32000/TCP order/order-api healthCheckNodePort@8;");
    QCOMPARE(textAt(text, (*file)->nodePorts[0].place, 5), "31410");
    QCOMPARE(textAt(text, (*file)->nodePorts[1].place, 5), "30053");
    QVERIFY((*file)->nodePorts[0].place.evidence == evidence);
}

void TestKubernetesObjects::aServiceWithoutNodePortsHasNone()
{
    const auto file = readText("apiVersion: v1\nkind: Service\nmetadata: {name: a}\nspec:\n  type: ClusterIP\n"
                               "  ports: [{port: 80, nodePort: 30080}]\n---\napiVersion: v1\nkind: Service\n"
                               "metadata: {name: b}\nspec: {type: NodePort, ports: [{port: 80, nodePort: 0}]}\n");
    QVERIFY(file);
    QVERIFY((*file)->nodePorts.empty());
}

void TestKubernetesObjects::aListInJsonListsServices()
{
    const auto file = readText(R"({
    "apiVersion": "v1",
    "items": [
        {"apiVersion": "v1", "kind": "Service", "metadata": {"name": "a", "namespace": "x"},
         "spec": {"type": "NodePort", "ports": [{"name": "http", "nodePort": 30080, "port": 80, "protocol": "TCP"}]}},
        {"apiVersion": "v1", "kind": "Pod", "metadata": {"name": "p"}, "spec": {"containers": []}}
    ],
    "kind": "List",
    "metadata": {"resourceVersion": ""}
}
)");
    QVERIFY(file);
    QVERIFY((*file)->listsServices);
    QCOMPARE(nodePortsOf(**file), "30080/TCP x/a http@5;");
}

void TestKubernetesObjects::aListOfOneKindNeedNotRepeatIt()
{
    const auto last = readText(R"({"apiVersion":"v1","items":[{"metadata":{"name":"a","namespace":"x"},"spec":)"
                               R"({"type":"NodePort","ports":[{"nodePort":30080}]}}],"kind":"ServiceList"})");
    const auto first = readText(R"({"kind":"ServiceList","apiVersion":"v1","items":[{"metadata":{"name":"a",)"
                                R"("namespace":"x"},"spec":{"type":"NodePort","ports":[{"nodePort":30080}]}}]})");
    const auto empty = readText(R"({"kind":"ServiceList","apiVersion":"v1","items":[]})");
    QCOMPARE(nodePortsOf(**last), "30080/TCP x/a @1;");
    QCOMPARE(nodePortsOf(**first), "30080/TCP x/a @1;");
    QVERIFY((*last)->listsServices && (*first)->listsServices && (*empty)->listsServices);
}

void TestKubernetesObjects::aSingleManifestDoesNotListServices()
{
    const auto file = readText("apiVersion: v1\nkind: Service\nmetadata: {name: a}\nspec: {type: ClusterIP}\n");
    QVERIFY(!(*file)->listsServices);
}

void TestKubernetesObjects::aNumberThatIsNoPortIsDoubted()
{
    const auto file = readText("apiVersion: v1\nkind: Service\nmetadata: {name: a}\nspec:\n  type: NodePort\n  ports:\n"
                               "  - nodePort: 70000\n  - nodePort: http\n  - nodePort: 30001\n");
    QVERIFY(file);
    QCOMPARE(nodePortsOf(**file), "30001/TCP default/a @9;");
    QCOMPARE((*file)->diagnostics.count(DiagnosticCode::ParameterLineMalformed), 2u);
    QCOMPARE((*file)->diagnostics.entries()[0].where.line, 7u);
}

void TestKubernetesObjects::initContainersThatWriteSysctlsAreFound()
{
    const std::string text =
        "apiVersion: apps/v1\nkind: DaemonSet\nmetadata: {name: c, namespace: n}\nspec:\n  template:\n"
        "    spec:\n      hostNetwork: true\n      initContainers:\n      - name: tune\n"
        "        command:\n        - /bin/sh\n        - -c\n        - |\n"
        "          mount -o remount,rw /proc/sys\n          sysctl -w net.core.somaxconn=65535\n"
        "          sysctl -w net.ipv4.ip_local_port_range=\"1024 65535\"\n      containers:\n"
        "      - name: main\n        command: [sysctl, -w, vm.swappiness=1]\n        lifecycle:\n"
        "          postStart: {exec: {command: [sh, -c, 'echo 1 > /proc/sys/net/ipv4/ip_forward']}}\n";
    const auto file = readText(text);
    QVERIFY(file);
    QCOMPARE((*file)->workloads.size(), std::size_t{1});
    const auto& workload = (*file)->workloads[0];
    QCOMPARE(workload.kind, "DaemonSet");
    QCOMPARE(workload.name, "n/c");
    QVERIFY(workload.isHostNetwork);
    QCOMPARE(workload.place.line, 1u);
    QCOMPARE(writesOf(workload),
        "net.core.somaxconn=65535 tune init@15;net.ipv4.ip_local_port_range=1024 65535 tune init@16;"
        "vm.swappiness=1 main@19;net.ipv4.ip_forward=1 main@21;");
    QCOMPARE(textAt(text, workload.sysctlWrites[1].place, 28), "net.ipv4.ip_local_port_range");
    QCOMPARE(textAt(text, workload.sysctlWrites[2].place, 13), "vm.swappiness");
    QCOMPARE(textAt(text, workload.sysctlWrites[3].place, 29), "/proc/sys/net/ipv4/ip_forward");
}

void TestKubernetesObjects::everyKindWithAPodTemplateIsAWorkload_data()
{
    QTest::addColumn<QByteArray>("kind");
    QTest::addColumn<QByteArray>("before");
    for (const char* const kind :
        {"DaemonSet", "Deployment", "StatefulSet", "ReplicaSet", "ReplicationController", "Job", "Rollout"})
        QTest::newRow(kind) << QByteArray(kind) << QByteArray("spec: {template: {spec: ");
    QTest::newRow("Pod") << QByteArray("Pod") << QByteArray("spec: ");
    QTest::newRow("PodTemplate") << QByteArray("PodTemplate") << QByteArray("template: {spec: ");
    QTest::newRow("CronJob") << QByteArray("CronJob") << QByteArray("spec: {jobTemplate: {spec: {template: {spec: ");
}

void TestKubernetesObjects::everyKindWithAPodTemplateIsAWorkload()
{
    QFETCH(QByteArray, kind);
    QFETCH(QByteArray, before);
    std::string text = "apiVersion: x/v1\nkind: " + kind.toStdString() + "\nmetadata: {name: a}\n"
        + before.toStdString() + "{hostNetwork: true, containers: [{name: c}]}";
    text.append(static_cast<std::size_t>(before.count('{')), '}');
    const auto file = readText(text);
    QVERIFY(file);
    QCOMPARE((*file)->workloads.size(), std::size_t{1});
    QCOMPARE((*file)->workloads[0].kind, kind.toStdString());
    QCOMPARE((*file)->workloads[0].name, "default/a");
    QVERIFY((*file)->workloads[0].isHostNetwork);
}

void TestKubernetesObjects::sysctlsOfTheSecurityContextAreWrites()
{
    const auto file =
        readText("apiVersion: v1\nkind: Pod\nmetadata: {name: a}\nspec:\n  securityContext:\n    sysctls:\n"
                 "    - name: net.core.somaxconn\n      value: \"1024\"\n"
                 "    - {name: net/ipv4/ip_local_port_range, value: 1024 65535}\n  containers: [{name: c}]\n");
    QVERIFY(file);
    QCOMPARE(
        writesOf((*file)->workloads.at(0)), "net.core.somaxconn=1024 @7;net.ipv4.ip_local_port_range=1024 65535 @9;");
    QVERIFY(!(*file)->workloads[0].isHostNetwork);
}

void TestKubernetesObjects::theEnvironmentOfAContainerIsFilledIn()
{
    const auto file = readText("apiVersion: v1\nkind: Pod\nmetadata: {name: a}\nspec:\n  containers:\n  - name: c\n"
                               "    env: [{name: RANGE, value: 1024 65535}, {name: SECRET, valueFrom: {}}]\n"
                               "    command: [sysctl, -w, net.ipv4.ip_local_port_range=$(RANGE)]\n"
                               "    args: [net.core.somaxconn=$(SECRET)]\n");
    QVERIFY(file);
    QCOMPARE(writesOf((*file)->workloads.at(0)),
        "net.ipv4.ip_local_port_range=1024 65535 c@8;net.core.somaxconn=$(SECRET) c@9;");
}

void TestKubernetesObjects::placesInsideQuotedAndFoldedScriptsAreFound_data()
{
    QTest::addColumn<QByteArray>("script");
    QTest::addColumn<int>("line");
    QTest::newRow("literal with trailing newlines")
        << QByteArray("|+\n      true\n      sysctl -w vm.swappiness=1\n\n") << 8;
    QTest::newRow("folded") << QByteArray(">-\n      true;\n      sysctl -w vm.swappiness=1\n") << 8;
    QTest::newRow("double quotes over lines") << QByteArray("\"true\\n\\\n        sysctl -w vm.swappiness=1\"\n") << 7;
    QTest::newRow("double quotes") << QByteArray("\"true\\nsysctl -w vm.swappiness=1\"\n") << 6;
    QTest::newRow("single quotes") << QByteArray("'sysctl -w vm.swappiness=1'\n") << 6;
    QTest::newRow("plain") << QByteArray("sysctl -w vm.swappiness=1\n") << 6;
    QTest::newRow("second of two") << QByteArray(
        "\"sysctl -n vm.swappiness\\n\\\n        sysctl -w vm.swappiness=1\"\n")
                                   << 7;
}

void TestKubernetesObjects::placesInsideQuotedAndFoldedScriptsAreFound()
{
    QFETCH(QByteArray, script);
    QFETCH(int, line);
    const auto file =
        readText("apiVersion: v1\nkind: Pod\nspec:\n  containers:\n  - command:\n    - " + script.toStdString());
    QVERIFY(file);
    QCOMPARE((*file)->workloads.size(), std::size_t{1});
    QCOMPARE((*file)->workloads[0].sysctlWrites.size(), std::size_t{1});
    QCOMPARE((*file)->workloads[0].sysctlWrites[0].place.line, static_cast<std::uint64_t>(line));
}

void TestKubernetesObjects::aPatchOfAPodTemplateIsAWorkload()
{
    const auto file =
        readText("{\n\t\"spec\": {\n\t\t\"template\": {\n\t\t\t\"spec\": {\n\t\t\t\t\"initContainers\": [{\n"
                 "\t\t\t\t\t\"name\": \"sysctl\",\n\t\t\t\t\t\"command\": [\"sh\", \"-c\", "
                 "\"sysctl -w net.ipv4.ip_local_port_range='1024 65000'\"]\n}]}}}}\n");
    QVERIFY(file);
    QCOMPARE((*file)->workloads.at(0).kind, "Patch");
    QCOMPARE((*file)->workloads.at(0).name, "");
    QCOMPARE(writesOf((*file)->workloads.at(0)), "net.ipv4.ip_local_port_range=1024 65000 sysctl init@7;");
}

void TestKubernetesObjects::podsWithoutHostNetworkOrSysctlsAreNoWorkloads()
{
    const auto file = readText("apiVersion: v1\nkind: Pod\nmetadata: {name: a}\nspec:\n  hostNetwork: false\n"
                               "  containers: [{name: c, command: [sh, -c, sysctl -a]}]\n");
    QVERIFY(file);
    QVERIFY((*file)->workloads.empty());
}

void TestKubernetesObjects::theConfigMapOfIngressNginxIsProxySettings()
{
    const auto file = readText("apiVersion: v1\nkind: ConfigMap\nmetadata: {name: anything}\ndata:\n"
                               "  proxy-connect-timeout: \"40\"\n  log-format-upstream: '$remote_addr \"$request\"'\n");
    QVERIFY(file);
    QCOMPARE(valueOf(**file, "ingress-nginx/proxy-connect-timeout"), "40");
    QCOMPARE(lineOf(**file, "ingress-nginx/proxy-connect-timeout"), 5u);
    QCOMPARE(valueOf(**file, "ingress-nginx/log-format-upstream"), "$remote_addr \"$request\"");
    QVERIFY((*file)->parameters[0].layer == ParameterLayer::Proxy);
    QVERIFY((*file)->parameters[0].provenance == ParameterProvenance::Declared);
}

void TestKubernetesObjects::aConfigMapOfSomethingElseIsPassedOver()
{
    const auto file = readText("apiVersion: v1\nkind: ConfigMap\nmetadata: {name: game}\ndata: {lives: \"3\"}\n");
    QVERIFY(file);
    QVERIFY((*file)->parameters.empty());
}

void TestKubernetesObjects::kubeProxysConfigurationIsFlattened()
{
    const auto file =
        readText("apiVersion: kubeproxy.config.k8s.io/v1alpha1\nkind: KubeProxyConfiguration\nmode: ipvs\n"
                 "nodePortAddresses: [10.0.0.0/8, 192.168.0.0/16]\nconntrack:\n  maxPerCore: 65536\n"
                 "  min: 131072\nfeatureGates: {}\n");
    QVERIFY(file);
    QCOMPARE(valueOf(**file, "kube-proxy/mode"), "ipvs");
    QCOMPARE(lineOf(**file, "kube-proxy/mode"), 3u);
    QCOMPARE(valueOf(**file, "kube-proxy/nodePortAddresses"), "10.0.0.0/8,192.168.0.0/16");
    QCOMPARE(valueOf(**file, "kube-proxy/conntrack.maxPerCore"), "65536");
    QCOMPARE(lineOf(**file, "kube-proxy/conntrack.min"), 7u);
    QCOMPARE(valueOf(**file, "kube-proxy/kind"), "<absent>");
    QVERIFY((*file)->parameters[0].layer == ParameterLayer::Orchestrator);
}

void TestKubernetesObjects::aConfigurationInsideAConfigMapHasItsOwnLines()
{
    const std::string text =
        "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: kube-proxy, namespace: kube-system}\ndata:\n"
        "  config.conf: |-\n    apiVersion: kubeproxy.config.k8s.io/v1alpha1\n"
        "    kind: KubeProxyConfiguration\n    mode: \"\"\n    ipvs:\n      tcpTimeout: 0s\n"
        "  kubeconfig.conf: |-\n    apiVersion: v1\n    kind: Config\n";
    const auto file = readText(text);
    QVERIFY(file);
    QCOMPARE(valueOf(**file, "kube-proxy/mode"), "");
    QCOMPARE(lineOf(**file, "kube-proxy/mode"), 8u);
    QCOMPARE(valueOf(**file, "kube-proxy/ipvs.tcpTimeout"), "0s");
    QCOMPARE(lineOf(**file, "kube-proxy/ipvs.tcpTimeout"), 10u);
    QCOMPARE(textAt(text, findParameter(**file, "kube-proxy/mode")->place, 4), "mode");
}

void TestKubernetesObjects::flagsOfComponentsAreParameters()
{
    const auto file =
        readText("apiVersion: v1\nkind: Pod\nmetadata: {name: kube-apiserver-m1, namespace: kube-system}\n"
                 "spec:\n  nodeName: m1\n  containers:\n  - command:\n    - kube-apiserver\n"
                 "    - --service-node-port-range=20000-40000\n    - --allow-privileged\n---\n"
                 "apiVersion: apps/v1\nkind: DaemonSet\nmetadata: {name: kube-proxy}\nspec:\n  template:\n"
                 "    spec:\n      containers:\n      - command: [/usr/local/bin/kube-proxy, --proxy-mode, ipvs]\n");
    QVERIFY(file);
    QCOMPARE(valueOf(**file, "kube-apiserver/service-node-port-range"), "20000-40000");
    QCOMPARE(lineOf(**file, "kube-apiserver/service-node-port-range"), 9u);
    QCOMPARE(findParameter(**file, "kube-apiserver/service-node-port-range")->host, "m1");
    QCOMPARE(valueOf(**file, "kube-apiserver/allow-privileged"), "");
    QCOMPARE(valueOf(**file, "kube-proxy/mode"), "ipvs");
}

void TestKubernetesObjects::extraArgumentsOfKubeadmAreFlags_data()
{
    QTest::addColumn<QByteArray>("arguments");
    QTest::newRow("map") << QByteArray("{service-node-port-range: 20000-40000}");
    QTest::newRow("list") << QByteArray("[{name: service-node-port-range, value: 20000-40000}]");
}

void TestKubernetesObjects::extraArgumentsOfKubeadmAreFlags()
{
    QFETCH(QByteArray, arguments);
    const auto file =
        readText("apiVersion: kubeadm.k8s.io/v1beta3\nkind: ClusterConfiguration\nkubernetesVersion: v1.24.6\n"
                 "apiServer:\n  extraArgs: "
            + arguments.toStdString() + "\n");
    QVERIFY(file);
    QCOMPARE(valueOf(**file, "kube-apiserver/service-node-port-range"), "20000-40000");
    QCOMPARE(lineOf(**file, "kube-apiserver/service-node-port-range"), 5u);
    QCOMPARE(valueOf(**file, "kubernetes/version"), "v1.24.6");
}

void TestKubernetesObjects::nodesTellTheirKernel()
{
    const auto file =
        readText("apiVersion: v1\nkind: List\nitems:\n- kind: Node\n  metadata: {name: n1}\n  status: {nodeInfo: "
                 "{kernelVersion: 5.10.0, kubeletVersion: v1.24.6}}\n- kind: Node\n  metadata: {name: n2}\n  status:\n"
                 "    nodeInfo:\n      kernelVersion: 5.10.0\n");
    QVERIFY(file);
    QCOMPARE((*file)->kernelVersion, "5.10.0");
    QCOMPARE(valueOf(**file, "node/n1/kubeletVersion"), "v1.24.6");
    QCOMPARE(lineOf(**file, "node/n2/kernelVersion"), 11u);
    QCOMPARE(findParameter(**file, "node/n2/kernelVersion")->host, "n2");
    QVERIFY(!(*file)->listsServices);
}

void TestKubernetesObjects::annotationsOfAnIngressAreProxySettings()
{
    const auto file =
        readText("apiVersion: networking.k8s.io/v1\nkind: Ingress\nmetadata:\n  name: shop\n  namespace: s\n"
                 "  annotations:\n    nginx.ingress.kubernetes.io/proxy-connect-timeout: \"75\"\n"
                 "    kubernetes.io/ingress.class: nginx\n");
    QVERIFY(file);
    QCOMPARE((*file)->parameters.size(), std::size_t{1});
    QCOMPARE(valueOf(**file, "ingress/s/shop/proxy-connect-timeout"), "75");
    QCOMPARE(lineOf(**file, "ingress/s/shop/proxy-connect-timeout"), 7u);
}

void TestKubernetesObjects::oneBrokenDocumentDoesNotHideTheOthers()
{
    const auto file =
        readText("apiVersion: v1\nkind: Service\nmetadata: {name: a}\nspec: {type: NodePort, ports: "
                 "[{nodePort: 30001}]}\n---\nimage: {{ .Values.image }}\n  broken: [\n---\napiVersion: v1\n"
                 "kind: Service\nmetadata: {name: b}\nspec: {type: NodePort, ports: [{nodePort: 30002}]}\n");
    QVERIFY(file);
    QCOMPARE(nodePortsOf(**file), "30001/TCP default/a @4;30002/TCP default/b @12;");
    QCOMPARE((*file)->diagnostics.count(DiagnosticCode::ManifestMalformed), 1u);
    QVERIFY((*file)->diagnostics.entries()[0].where.line >= 6);
    QVERIFY((*file)->diagnostics.entries()[0].where.evidence == evidence);
}

void TestKubernetesObjects::aBrokenManifestIsAnErrorWithItsLine()
{
    const auto file = readText("apiVersion: v1\nkind: Service\nspec: [1, 2\n");
    QVERIFY(!file);
    QCOMPARE(file.error().code, DiagnosticCode::ManifestMalformed);
    QVERIFY(file.error().where.line >= 3);
    QVERIFY(file.error().where.evidence == evidence);
}

void TestKubernetesObjects::whatTheTerminalAddedIsPassedOver()
{
    const auto file =
        readText("[root@master ~]# kubectl get svc a -o yaml\nWarning: v1 is old\napiVersion: v1\n"
                 "kind: Service\nmetadata: {name: a}\nspec: {type: NodePort, ports: [{nodePort: 30001}]}\n"
                 "[root@master ~]# ");
    QVERIFY(file);
    QCOMPARE(nodePortsOf(**file), "30001/TCP default/a @6;");
    QVERIFY((*file)->diagnostics.isEmpty());
}

void TestKubernetesObjects::halvesOfACharacterInJsonDoNoHarm()
{
    const auto file =
        readText(R"({"apiVersion":"v1","kind":"Service","metadata":{"name":"a","annotations":)"
                 R"({"note":"\ud83d\ude00 ok"}},"spec":{"type":"NodePort","ports":[{"nodePort":30001}]}})");
    QVERIFY(file);
    QCOMPARE(nodePortsOf(**file), "30001/TCP default/a @1;");
}

void TestKubernetesObjects::anchorsServeManyContainers()
{
    const auto file = readText("apiVersion: v1\nkind: Pod\nmetadata: {name: a}\nspec:\n  containers:\n"
                               "  - &base\n    name: x\n    command: [sysctl, -w, vm.swappiness=1]\n"
                               "  - <<: *base\n    name: y\n");
    QVERIFY(file);
    QCOMPARE(writesOf((*file)->workloads.at(0)), "vm.swappiness=1 x@8;vm.swappiness=1 y@8;");
}

void TestKubernetesObjects::aGigabyteIsRefusedAtOnce()
{
    JobContext job;
    const auto file =
        readParameterFile(std::make_shared<VastSource>(), evidence, ParameterFileKind::KubernetesObjects, job);
    QVERIFY(!file);
    QCOMPARE(file.error().code, DiagnosticCode::ManifestTooLarge);
    QVERIFY(file.error().where.evidence == evidence);
}

void TestKubernetesObjects::endlessScriptsAreDoubtedNotRead()
{
    std::string script;
    for (int i = 0; i < 1000; ++i)
        script += "sysctl -w vm.swappiness=1; ";
    const auto pod = [](const std::string& argument) {
        return "apiVersion: v1\nkind: Pod\nmetadata: {name: a}\nspec:\n  hostNetwork: true\n  containers:\n"
               "  - command: [sh, -c, \""
            + argument + "\"]\n";
    };
    const auto many = readText(pod(script));
    QCOMPARE((*many)->workloads.at(0).sysctlWrites.size(), std::size_t{256});
    QCOMPARE((*many)->diagnostics.count(DiagnosticCode::ParameterLineMalformed), 1u);
    const auto tooLong = readText(pod(script + script + script));
    QVERIFY((*tooLong)->workloads.at(0).sysctlWrites.empty());
    QCOMPARE((*tooLong)->diagnostics.count(DiagnosticCode::ParameterLineMalformed), 1u);
}

QTEST_GUILESS_MAIN(TestKubernetesObjects)
#include "tst_kubernetesobjects.moc"
