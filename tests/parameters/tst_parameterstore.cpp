// SPDX-FileCopyrightText: The Halfshake authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "tests/parameters/readparameters.h"

#include <QTest>

#include <format>

using namespace halfshake;
using namespace halfshake::test;

namespace {

std::string serviceTable(std::string_view namespaceColumn, std::string_view space)
{
    return std::format("{}NAME   TYPE       CLUSTER-IP   EXTERNAL-IP   PORT(S)        AGE\n"
                       "{}web    NodePort   10.0.0.1     <none>        80:30080/TCP   3h\n",
        namespaceColumn, space);
}

std::string serviceManifest(std::string_view space)
{
    return std::format(
        "apiVersion: v1\nkind: Service\nmetadata: {{name: web, namespace: {}}}\nspec:\n  type: NodePort\n"
        "  ports:\n  - {{name: http, port: 80, nodePort: 30080}}\n  - {{port: 81, nodePort: 30001}}\n",
        space);
}

std::string nodePortsOf(const ParameterStore& store)
{
    std::string result;
    for (const auto& port : store.nodePorts())
        result += std::format("{} {} {} {};", port.port, port.service, port.portName, toString(port.place.evidence));
    return result;
}

} // namespace

class TestParameterStore : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void rowsFollowEvidenceAndFileOrder();
    void aParameterFindsItsRow();
    void theScopeFillsInWhatEvidenceDoesNotSay();
    void whatEvidenceSaysWinsOverTheScope();
    void onePortOfOneServiceCountsOnce();
    void oneNumberInTwoServicesCountsTwice();
    void protocolsHaveTheirOwnPorts();
    void anEmptyStoreAnswers();
};

void TestParameterStore::rowsFollowEvidenceAndFileOrder()
{
    const auto later = *readText("vm.swappiness = 60\nvm.overcommit_ratio = 50\n", EvidenceId{4});
    const auto earlier = *readText("net.core.somaxconn = 128\n", EvidenceId{1});
    const ParameterStore store{{later, nullptr, earlier}, {}};
    QCOMPARE(store.files().size(), std::size_t{2});
    QCOMPARE(store.parameters().size(), std::size_t{3});
    QCOMPARE(store.parameters()[0].key, "net.core.somaxconn");
    QCOMPARE(store.parameters()[2].key, "vm.overcommit_ratio");
    QCOMPARE(store.find(EvidenceId{4}, "vm.swappiness")->value, "60");
    QCOMPARE(store.find(EvidenceId{1}, "vm.swappiness"), nullptr);
}

void TestParameterStore::aParameterFindsItsRow()
{
    const auto file = *readText("net.core.somaxconn = 128\nvm.swappiness = 60\n");
    const ParameterStore store{{file}, {}};
    QCOMPARE(store.rowOf(*store.find(evidence, "vm.swappiness")), std::optional<std::uint32_t>{1});
    QCOMPARE(store.rowOf(file->parameters[1]), std::optional<std::uint32_t>{1});
    QCOMPARE(store.rowOf(Parameter{}), std::nullopt);
}

void TestParameterStore::theScopeFillsInWhatEvidenceDoesNotSay()
{
    const auto file = *readText("net.core.somaxconn = 128\n");
    const ParameterStore store{{file}, {{evidence, {.host = "node-1", .networkNamespace = "pod-a", .label = "dump"}}}};
    QCOMPARE(store.parameters()[0].host, "node-1");
    QCOMPARE(store.parameters()[0].networkNamespace, "pod-a");
    QCOMPARE(store.scopeOf(evidence).label, "dump");
    QCOMPARE(store.scopeOf(EvidenceId{99}).label, "");
}

void TestParameterStore::whatEvidenceSaysWinsOverTheScope()
{
    const auto file = *readText("kernel.hostname = node-2\nnet.core.netdev_max_backlog = 1000\n");
    const ParameterStore store{{file}, {{evidence, {.host = "node-1", .networkNamespace = "pod-a", .label = ""}}}};
    QCOMPARE(store.parameters()[0].host, "node-2");
    QCOMPARE(store.parameters()[0].networkNamespace, "host");
}

void TestParameterStore::onePortOfOneServiceCountsOnce()
{
    const auto table = *readText(serviceTable("NAMESPACE   ", "shop        "), EvidenceId{0});
    const auto manifest = *readText(serviceManifest("shop"), EvidenceId{1});
    const auto shortTable = *readText(serviceTable("", ""), EvidenceId{2});
    const ParameterStore store{{table, manifest, shortTable}, {}};
    QCOMPARE(nodePortsOf(store), "30001 shop/web  E2;30080 shop/web http E2;");
    QCOMPARE(store.nodePortSet("TCP").size(), 2u);
}

void TestParameterStore::oneNumberInTwoServicesCountsTwice()
{
    const auto one = *readText(serviceManifest("shop"), EvidenceId{0});
    const auto other = *readText(serviceManifest("stage"), EvidenceId{1});
    QCOMPARE(ParameterStore({one, other}, {}).nodePorts().size(), std::size_t{4});
}

void TestParameterStore::protocolsHaveTheirOwnPorts()
{
    const auto file = *readText("NAME   TYPE       CLUSTER-IP   EXTERNAL-IP   PORT(S)                     AGE\n"
                                "dns    NodePort   10.0.0.1     <none>        53:30053/UDP,54:30054/TCP   3h\n");
    const ParameterStore store{{file}, {}};
    QCOMPARE(toString(store.nodePortSet("TCP")), "30054");
    QCOMPARE(toString(store.nodePortSet("UDP")), "30053");
    QCOMPARE(store.nodePorts().size(), std::size_t{2});
}

void TestParameterStore::anEmptyStoreAnswers()
{
    const ParameterStore store;
    QVERIFY(store.parameters().empty() && store.nodePorts().empty() && store.workloads().empty());
    QVERIFY(store.nodePortSet("TCP").isEmpty());
    QCOMPARE(store.find(evidence, "vm.swappiness"), nullptr);
}

QTEST_GUILESS_MAIN(TestParameterStore)
#include "tst_parameterstore.moc"
