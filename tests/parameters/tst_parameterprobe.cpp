// SPDX-FileCopyrightText: The Halfshake authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "tests/parameters/readparameters.h"

#include <QTest>

using namespace halfshake;
using namespace halfshake::test;

class TestParameterProbe : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void whatIsNotOursIsLeftAlone_data();
    void whatIsNotOursIsLeftAlone();
    void kernelLogsPropertiesAndTypedValuesAreRecognised();
    void minifiedAndIndentedJsonAreRecognised();
    void aManifestAfterACommentIsRecognised();
    void aHeadCutInsideALineIsRecognised();
    void everyKindHasAName();
};

void TestParameterProbe::whatIsNotOursIsLeftAlone_data()
{
    QTest::addColumn<QByteArray>("text");
    const auto row = [](const char* name, const char* text) { QTest::newRow(name) << QByteArray(text); };
    row("nothing", "");
    row("blank lines", "\n\n\n");
    row("prose", "We saw that net.ipv4.ip_local_port_range = 1024 65535 on all nodes.\nThat is bad, I think.\n");
    row("dotted yaml", "server.port: 8080\nspring.application.name: orders\n");
    row("compose", "version: \"3\"\nservices:\n  web:\n    image: nginx\n");
    row("helm chart", "apiVersion: v2\nname: shop\nversion: 1.0.0\n");
    row("json log",
        "{\"time\":\"2026\",\"kind\":\"request\",\"apiVersion\":\"v1\"}\n"
        "{\"time\":\"2026\",\"kind\":\"request\",\"apiVersion\":\"v1\"}\n");
    row("audit log",
        "{\"kind\":\"Event\",\"apiVersion\":\"audit.k8s.io/v1\",\"level\":\"Metadata\"}\n"
        "{\"kind\":\"Event\",\"apiVersion\":\"audit.k8s.io/v1\",\"level\":\"Metadata\"}\n");
    row("docker log",
        "{\"log\":\"apiVersion: v1\\n\",\"stream\":\"stdout\",\"time\":\"2026-11-23T04:29:00Z\"}\n"
        "{\"log\":\"kind: Service\\n\",\"stream\":\"stdout\",\"time\":\"2026-11-23T04:29:00Z\"}\n");
    row("container log of manifests",
        "2026-11-23T04:29:00.000000000Z stdout F apiVersion: v1\n"
        "2026-11-23T04:29:00.000000000Z stdout F kind: Service\n");
    row("other json", "{\"packets\": 17, \"syn\": 3}\n");
    row("csv", "time,node,from,to\n2024-03-10T01:12:44+08:00,n1,v1.22.15,v1.24.6\n");
    row("access log",
        "10.0.0.1 - - [23/Nov/2026:04:29:00 +0000] \"GET /?net.core.x=1 HTTP/1.1\" 200 5 \"-\" \"curl\"\n");
    row("diff of a manifest", "--- a/svc.yaml\n+++ b/svc.yaml\n@@ -1,2 +1,2 @@\n-kind: Service\n+kind: Pod\n");
    row("ini", "[net]\ncore.somaxconn = 5\n[vm]\nswappiness = 1\n");
}

void TestParameterProbe::whatIsNotOursIsLeftAlone()
{
    QFETCH(QByteArray, text);
    const auto probe = probeText(text.toStdString());
    QVERIFY2(probe.result.confidence == 0, std::string{toString(probe.kind)}.c_str());
}

void TestParameterProbe::kernelLogsPropertiesAndTypedValuesAreRecognised()
{
    QVERIFY(probeText("[    0.000000] Linux version 6.1.0\n[    1.000000] kernel.core_pattern = core\n").kind
        == ParameterFileKind::KernelMessages);
    QVERIFY(probeText("Feb  4 09:34:10 node-1 kernel: [12.5] eth0: Link is Down\n").kind
        == ParameterFileKind::KernelMessages);
    QVERIFY(probeText("server.port=8080\nserver.tomcat.threads.max=400\nspring.application.name=orders\n").kind
        == ParameterFileKind::ApplicationProperties);
    QVERIFY(probeText("load-balancer/idle-timeout = 350s\n").kind == ParameterFileKind::TypedValues);
    QVERIFY(
        probeText("listener: tcp/80 -> ingress\nestablished-timeout: 320\n").kind == ParameterFileKind::TypedValues);
}

void TestParameterProbe::minifiedAndIndentedJsonAreRecognised()
{
    QVERIFY(probeText(R"({"apiVersion":"v1","items":[],"kind":"List"})").kind == ParameterFileKind::KubernetesObjects);
    QVERIFY(probeText("{\n  \"apiVersion\": \"v1\",\n  \"kind\": \"Service\"\n}\n").kind
        == ParameterFileKind::KubernetesObjects);
    QVERIFY(probeText("\n[\n  {\"apiVersion\": \"v1\", \"kind\": \"Service\"}\n]\n").kind
        == ParameterFileKind::KubernetesObjects);
}

void TestParameterProbe::aManifestAfterACommentIsRecognised()
{
    QVERIFY(probeText("# Source: chart/templates/svc.yaml\n---\n# x\nkind: Service\napiVersion: v1\n").kind
        == ParameterFileKind::KubernetesObjects);
}

void TestParameterProbe::aHeadCutInsideALineIsRecognised()
{
    std::string text;
    for (int i = 0; text.size() < (std::size_t{600} << 10); ++i)
        text += "net.ipv4.conf.eth" + std::to_string(i) + ".rp_filter = 0\n";
    QVERIFY(probeText(text).kind == ParameterFileKind::SysctlDump);
    QVERIFY(probeText(text).result.confidence >= 90);
}

void TestParameterProbe::everyKindHasAName()
{
    for (std::uint8_t kind = 0; kind < parameterFileKindCount; ++kind) {
        QVERIFY(!toString(static_cast<ParameterFileKind>(kind)).empty());
        QVERIFY(!identifierOf(static_cast<ParameterFileKind>(kind)).contains(' '));
    }
    QCOMPARE(std::string{toString(ParameterFileKind::SysctlDump)}, "sysctl dump");
    QCOMPARE(std::string{identifierOf(ParameterFileKind::SysctlDump)}, "sysctl");
    QCOMPARE(std::string{identifierOf(ParameterFileKind::KubectlNodes)}, "kubernetes");
    QCOMPARE(std::string{identifierOf(ParameterFileKind::NginxConfiguration)}, "nginx_configuration");
}

QTEST_GUILESS_MAIN(TestParameterProbe)
#include "tst_parameterprobe.moc"
