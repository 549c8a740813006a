// SPDX-FileCopyrightText: The Halfshake authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "tests/parameters/readparameters.h"

#include <QTest>

#include <format>

using namespace halfshake;
using namespace halfshake::test;

namespace {

std::string nodePortsOf(const ParameterFile& file)
{
    std::string result;
    for (const auto& port : file.nodePorts)
        result += std::format("{}/{} {}@{};", port.port, port.protocol, port.service, port.place.line);
    return result;
}

} // namespace

class TestKubectlTables : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void portsOfServicesAreNodePorts_data();
    void portsOfServicesAreNodePorts();
    void aTableWithoutNodePortsStillListsServices();
    void everyPortHasItsByte();
    void nodesTellTheirKernelAndRuntime();
    void nodesThatDisagreeGiveNoCommonKernel();
    void aRowThatDoesNotFitIsCounted();
    void aPodTableIsPassedOver();
};

void TestKubectlTables::portsOfServicesAreNodePorts_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<QByteArray>("expected");
    const auto row = [](const char* name, const char* text, const char* expected) {
        QTest::newRow(name) << QByteArray(text) << QByteArray(expected);
    };
    row("all namespaces, wide",
        "NAMESPACE     NAME         TYPE           CLUSTER-IP    EXTERNAL-IP    PORT(S)                      AGE   "
        "SELECTOR\n"
        "default       kubernetes   ClusterIP      172.21.0.1    <none>         443/TCP                      2y    "
        "<none>\n"
        "kube-system   lb           LoadBalancer   172.21.3.77   203.0.113.40   80:31410/TCP,443:32752/TCP   2y    "
        "app=i\n",
        "31410/TCP kube-system/lb@3;32752/TCP kube-system/lb@3;");
    row("one namespace",
        "NAME   TYPE       CLUSTER-IP   EXTERNAL-IP   PORT(S)                       AGE\n"
        "dns    NodePort   10.0.0.10    <none>        53:30053/UDP,53:30053/TCP     3d\n",
        "30053/UDP dns@2;30053/TCP dns@2;");
    row("blanks squeezed by a chat",
        "NAMESPACE NAME TYPE CLUSTER-IP EXTERNAL-IP PORT(S) AGE\nshop web NodePort 10.0.0.1 <none> 80:30080/TCP 5h\n",
        "30080/TCP shop/web@2;");
    row("get all",
        "NAME         READY   STATUS    RESTARTS   AGE\npod/a-1      1/1     Running   0          3h\n\n"
        "NAME         TYPE       CLUSTER-IP   EXTERNAL-IP   PORT(S)        AGE\n"
        "service/a    NodePort   10.0.0.1     <none>        80:30080/TCP   3h\n",
        "30080/TCP a@5;");
    row("with the command",
        "$ kubectl get svc -A\nNAMESPACE   NAME   TYPE       CLUSTER-IP   EXTERNAL-IP   PORT(S)        AGE\n"
        "x           a      NodePort   10.0.0.1     <pending>     80:30080/TCP   3h\n$ \n",
        "30080/TCP x/a@3;");
    row("pasted with tabs",
        "NAMESPACE\tNAME\tTYPE\tCLUSTER-IP\tEXTERNAL-IP\tPORT(S)\tAGE\nx\ta\tNodePort\t10.0.0.1\t<none>\t80:30080/"
        "TCP\t3h\n",
        "30080/TCP x/a@2;");
    row("windows line ends",
        "NAME   TYPE       CLUSTER-IP   EXTERNAL-IP   PORT(S)        AGE\r\n"
        "a      NodePort   10.0.0.1     <none>        80:30080/TCP   3h\r\n",
        "30080/TCP a@2;");
}

void TestKubectlTables::portsOfServicesAreNodePorts()
{
    QFETCH(QByteArray, text);
    QFETCH(QByteArray, expected);
    const auto file = readText(text.toStdString());
    QVERIFY(file);
    QVERIFY((*file)->kind == ParameterFileKind::KubectlServices);
    QCOMPARE(nodePortsOf(**file), expected.toStdString());
    QVERIFY((*file)->listsServices);
    QVERIFY((*file)->diagnostics.isEmpty());
}

void TestKubectlTables::aTableWithoutNodePortsStillListsServices()
{
    const auto file = readText("NAME         TYPE        CLUSTER-IP   EXTERNAL-IP   PORT(S)   AGE\n"
                               "kubernetes   ClusterIP   10.0.0.1     <none>        443/TCP   9d\n"
                               "headless     ClusterIP   None         <none>        <none>    9d\n");
    QVERIFY(file);
    QVERIFY((*file)->nodePorts.empty());
    QVERIFY((*file)->listsServices);
    QVERIFY((*file)->diagnostics.isEmpty());
}

void TestKubectlTables::everyPortHasItsByte()
{
    const std::string text = "NAME   TYPE       CLUSTER-IP   EXTERNAL-IP   PORT(S)                     AGE\n"
                             "a      NodePort   10.0.0.1     <none>        80:30080/TCP,81:30081/TCP   3h\n";
    const auto file = readText(text);
    QCOMPARE((*file)->nodePorts.at(1).place.byteOffset, text.find("81:30081"));
}

void TestKubectlTables::nodesTellTheirKernelAndRuntime()
{
    const auto file = readText("NAME  STATUS                     ROLES    AGE    VERSION   INTERNAL-IP   EXTERNAL-IP   "
                               "OS-IMAGE                        "
                               "KERNEL-VERSION   CONTAINER-RUNTIME\n"
                               "n1    Ready,SchedulingDisabled   <none>   118d   v1.24.6   10.0.0.1      <none>        "
                               "Debian GNU/Linux 12 (bookworm)  "
                               "6.1.0-18-amd64   containerd://1.7.2\n");
    QVERIFY(file);
    QVERIFY((*file)->kind == ParameterFileKind::KubectlNodes);
    QCOMPARE(valueOf(**file, "node/n1/kernelVersion"), "6.1.0-18-amd64");
    QCOMPARE(valueOf(**file, "node/n1/osImage"), "Debian GNU/Linux 12 (bookworm)");
    QCOMPARE(valueOf(**file, "node/n1/kubeletVersion"), "v1.24.6");
    QCOMPARE(valueOf(**file, "node/n1/containerRuntimeVersion"), "containerd://1.7.2");
    QCOMPARE((*file)->kernelVersion, "6.1.0-18-amd64");
    QCOMPARE((*file)->parameters[0].host, "n1");
    QVERIFY(!(*file)->listsServices);
}

void TestKubectlTables::nodesThatDisagreeGiveNoCommonKernel()
{
    const auto file = readText(
        "NAME  STATUS  ROLES   AGE  VERSION  INTERNAL-IP  EXTERNAL-IP  OS-IMAGE  KERNEL-VERSION  "
        "CONTAINER-RUNTIME\nn1    Ready   <none>  1d   v1.24.6  10.0.0.1     <none>       Talos     6.1.0           "
        "x://1\nn2    Ready   <none>  1d   v1.24.6  10.0.0.2     <none>       Talos     6.6.0           x://1\n");
    QVERIFY(file);
    QCOMPARE((*file)->kernelVersion, "");
    QCOMPARE(valueOf(**file, "node/n2/kernelVersion"), "6.6.0");
}

void TestKubectlTables::aRowThatDoesNotFitIsCounted()
{
    const auto file = readText("NAME   TYPE       CLUSTER-IP   EXTERNAL-IP   PORT(S)        AGE\n"
                               "No resources found in the namespace that was asked for\n"
                               "a      NodePort   10.0.0.1     <none>        80:99999/TCP   3h\n");
    QVERIFY(file);
    QVERIFY((*file)->nodePorts.empty());
    QCOMPARE((*file)->diagnostics.count(DiagnosticCode::ParameterLineMalformed), 2u);
}

void TestKubectlTables::aPodTableIsPassedOver()
{
    QCOMPARE(int{probeText("NAME   READY   STATUS    RESTARTS     AGE\na-1    1/1     Running   3 (5d ago)   9d\n")
                     .result.confidence},
        0);
}

QTEST_GUILESS_MAIN(TestKubectlTables)
#include "tst_kubectltables.moc"
