// SPDX-FileCopyrightText: The Halfshake authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "models/logs/proxylog.h"
#include "tests/support/logbuilder.h"

#include <QTest>

using namespace halfshake;

class TestDetection : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void logsAreRecognisedWithAReason();
    void theRestOfTheLastLineDoesNotCount();
    void aMixedStreamNamesBothLogs();
    void aStrangeFormatThatBeginsLikeAnAccessLogIsWeaklyClaimed();
    void aFormatFromAConfigurationIsTried();
    void aTextWithOneLineOfALogIsNoLog();
    void otherTextsAreNotClaimed_data();
    void otherTextsAreNotClaimed();
};

namespace {

ProbeResult probe(const std::string& text, const ProxyLogOptions& options = {})
{
    return probeProxyLog({text, text.size()}, options);
}

} // namespace

void TestDetection::logsAreRecognisedWithAReason()
{
    std::vector<std::string> lines(98, test::upstreamInfoLine({}));
    lines.insert(lines.begin() + 20, 2, "something else");
    const auto result = probe(test::joinedLines(lines));
    QCOMPARE(result.reason, "98 of 100 lines fit ingress-nginx upstreaminfo");
    QVERIFY(result.confidence > 90);
    const auto errors = probe(test::joinedLines({test::errorLogLine({})}));
    QCOMPARE(errors.reason, "1 of 1 lines fit nginx error log");
    QVERIFY(errors.confidence > 90);
}

void TestDetection::theRestOfTheLastLineDoesNotCount()
{
    const auto text = test::joinedLines({test::combinedLine({}), test::combinedLine({})});
    const auto result = probeProxyLog({std::string_view{text}.substr(0, text.size() - 30), 1'000'000});
    QCOMPARE(result.reason, "1 of 1 lines fit nginx combined");
}

void TestDetection::aMixedStreamNamesBothLogs()
{
    const auto result = probe(test::joinedLines({test::upstreamInfoLine({}), test::errorLogLine({}),
        "I1123 04:29:17.838000       7 controller.go:168] \"Configuration changes detected\"", ""}));
    QCOMPARE(result.reason, "1 of 3 lines fit ingress-nginx upstreaminfo, 1 of 3 lines fit nginx error log");
    QVERIFY(result.confidence > 90);
}

void TestDetection::aStrangeFormatThatBeginsLikeAnAccessLogIsWeaklyClaimed()
{
    const auto line = test::combinedLine({}) + " 0.004 10.0.0.1:80 lots of more fields";
    const auto result = probe(test::joinedLines({line, line, line}));
    QCOMPARE(result.reason, "3 of 3 lines begin like an access log");
    QVERIFY(result.confidence > 30 && result.confidence < 60);
}

void TestDetection::aFormatFromAConfigurationIsTried()
{
    const auto text = test::joinedLines({"1795408157.838|502|10.0.0.1:80", "1795408158.838|200|10.0.0.1:80"});
    QCOMPARE(probe(text).confidence, std::uint8_t{0});
    const auto result = probe(text, {.formats = {{"truth", "$msec|$status|$upstream_addr"}}});
    QCOMPARE(result.reason, "2 of 2 lines fit truth");
}

void TestDetection::aTextWithOneLineOfALogIsNoLog()
{
    std::string text = "2026-11-23 04:29:17,838 ERROR com.shop.Cart: failed\n";
    for (int i = 0; i < 100; ++i)
        text += "net.ipv4.conf.eth" + std::to_string(i) + ".rp_filter = 1\n";
    QCOMPARE(probe(text).confidence, 0);
}

void TestDetection::otherTextsAreNotClaimed_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::newRow("nothing") << QByteArray{};
    QTest::newRow("blank lines") << QByteArray{"\n\n  \n"};
    QTest::newRow("sysctl") << QByteArray{"net.ipv4.ip_local_port_range = 1024\t65535\nnet.ipv4.tcp_syn_retries = 6\n"};
    QTest::newRow("YAML") << QByteArray{
        "apiVersion: v1\nkind: Service\nmetadata:\n  name: a\nspec:\n  ports:\n  - port: 80\n"};
    QTest::newRow("nginx.conf") << QByteArray{
        "http {\n  log_format main '$remote_addr - $remote_user [$time_local] \"$request\" $status';\n"
        "  access_log /var/log/nginx/access.log main;\n}\n"};
    QTest::newRow("CSV") << QByteArray{"time,status,request\n23/Nov/2026:04:29:43 +0000,200,GET / HTTP/1.1\n"};
    QTest::newRow("prose") << QByteArray{"The proxy said 502 - and then\n\tnothing more [until now].\n"};
    QTest::newRow("kernel log") << QByteArray{
        "[12345.678] TCP: request_sock_TCP: Possible SYN flooding on port 8080.\n"};
    QTest::newRow("klog only") << QByteArray{"I1123 04:29:17.838000       7 controller.go:168] \"Starting\"\n"};
    QTest::newRow("Kubernetes JSON") << QByteArray{
        R"({"apiVersion":"v1","kind":"List","items":[{"spec":{"clusterIP":"10.0.0.1"},"status":{}}]})"};
    QTest::newRow("binary") << QByteArray{"\xD4\xC3\xB2\xA1\x02\x00\x04\x00\x00\x00\x00\x00\n\x00\x01", 15};
}

void TestDetection::otherTextsAreNotClaimed()
{
    QFETCH(QByteArray, text);
    QCOMPARE(probe(text.toStdString()).confidence, std::uint8_t{0});
}

QTEST_APPLESS_MAIN(TestDetection)

#include "tst_detection.moc"
