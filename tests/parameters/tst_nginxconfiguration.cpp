// SPDX-FileCopyrightText: The Halfshake authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "models/parameters/nginxdirectives.h"
#include "tests/parameters/readparameters.h"

#include <QTest>

using namespace halfshake;
using namespace halfshake::test;

class TestNginxConfiguration : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void directivesOfTheHttpLevelHavePlainKeys();
    void directivesOfBlocksCarryTheirBlock();
    void aLogFormatIsOneText();
    void luaBlocksAreOpaque();
    void quotesAndEscapesAreNginxs_data();
    void quotesAndEscapesAreNginxs();
    void theDumpOfNginxIsReadPastItsMessages();
    void includedFilesOfTheDumpAreAtTheTopLevel();
    void brokenTextIsReportedAndTheRestRead_data();
    void brokenTextIsReportedAndTheRestRead();
    void endlessNestingEnds();
    void longBlockNamesDoNotMultiply();
    void otherLanguagesAreNotTaken_data();
    void otherLanguagesAreNotTaken();
    void snippetsAreTaken_data();
    void snippetsAreTaken();
};

void TestNginxConfiguration::directivesOfTheHttpLevelHavePlainKeys()
{
    const std::string text = "worker_processes auto;\nevents { worker_connections 8192; }\nhttp {\n"
                             "  proxy_connect_timeout 40s; proxy_read_timeout 60s;\n"
                             "  proxy_next_upstream error timeout\n    http_502;\n  keepalive_timeout 75s;\n}\n";
    const auto file = readText(text);
    QVERIFY(file);
    QVERIFY((*file)->kind == ParameterFileKind::NginxConfiguration);
    QCOMPARE(valueOf(**file, "worker_processes"), "auto");
    QCOMPARE(valueOf(**file, "worker_connections"), "8192");
    QCOMPARE(valueOf(**file, "proxy_connect_timeout"), "40s");
    QCOMPARE(lineOf(**file, "proxy_read_timeout"), 4u);
    QCOMPARE(findParameter(**file, "proxy_read_timeout")->place.byteOffset, text.find("proxy_read"));
    QCOMPARE(valueOf(**file, "proxy_next_upstream"), "error timeout http_502");
    QCOMPARE(lineOf(**file, "proxy_next_upstream"), 5u);
    QCOMPARE(valueOf(**file, "keepalive_timeout"), "75s");
    QVERIFY((*file)->parameters[0].layer == ParameterLayer::Proxy);
    QVERIFY((*file)->parameters[0].provenance == ParameterProvenance::Persisted);
}

void TestNginxConfiguration::directivesOfBlocksCarryTheirBlock()
{
    const auto file =
        readText("http {\n upstream orders { server 10.0.0.1:8080 max_fails=0; server 10.0.0.2:8080;\n"
                 "  keepalive 320; keepalive_timeout 60s; }\n"
                 " server {\n  listen 80 backlog=511 reuseport;\n  server_name shop.example www.shop.example;\n"
                 "  location = /cart { proxy_pass http://orders; proxy_read_timeout 5s; }\n }\n"
                 " server { listen 8080; }\n}\n");
    QVERIFY(file);
    QCOMPARE(valueOf(**file, "upstream/orders/server"), "10.0.0.1:8080 max_fails=0");
    QCOMPARE((*file)->parameters[1].value, "10.0.0.2:8080");
    QCOMPARE(valueOf(**file, "upstream/orders/keepalive_timeout"), "60s");
    QCOMPARE(valueOf(**file, "server/shop.example/listen"), "80 backlog=511 reuseport");
    QCOMPARE(valueOf(**file, "server/shop.example/location/= /cart/proxy_read_timeout"), "5s");
    QCOMPARE(valueOf(**file, "server/8080/listen"), "8080");
}

void TestNginxConfiguration::aLogFormatIsOneText()
{
    const auto file = readText("http {\n  log_format main '$remote_addr [$time_local] '\n    '\"$request\" $status';\n"
                               "  log_format json escape=json '{\"s\":\"$status\"}';\n  access_log /a.log main;\n}\n");
    QVERIFY(file);
    QCOMPARE(valueOf(**file, "log_format/main"), "$remote_addr [$time_local] \"$request\" $status");
    QCOMPARE(lineOf(**file, "log_format/main"), 2u);
    QCOMPARE(valueOf(**file, "log_format/json"), "{\"s\":\"$status\"}");
    QCOMPARE(valueOf(**file, "log_format/json/escape"), "json");
    QCOMPARE(valueOf(**file, "access_log"), "/a.log main");
}

void TestNginxConfiguration::luaBlocksAreOpaque()
{
    const auto file =
        readText("http {\n init_by_lua_block {\n  local t = { a = '}' } -- } not the end\n  local s = \"\\\"}\"\n"
                 "  local long = [[ } ]]\n }\n keepalive_timeout 75s;\n}\n");
    QVERIFY(file);
    QCOMPARE(valueOf(**file, "keepalive_timeout"), "75s");
    QCOMPARE(lineOf(**file, "keepalive_timeout"), 7u);
    QVERIFY((*file)->diagnostics.isEmpty());
}

void TestNginxConfiguration::quotesAndEscapesAreNginxs_data()
{
    QTest::addColumn<QByteArray>("argument");
    QTest::addColumn<QByteArray>("expected");
    QTest::newRow("plain") << QByteArray("a") << QByteArray("a");
    QTest::newRow("double") << QByteArray("\"a ; { b\"") << QByteArray("a ; { b");
    QTest::newRow("single") << QByteArray("'a \"b\"'") << QByteArray("a \"b\"");
    QTest::newRow("escaped quote") << QByteArray("\"a \\\" b\"") << QByteArray("a \" b");
    QTest::newRow("tab") << QByteArray("'a\\tb'") << QByteArray("a\tb");
    QTest::newRow("other escape") << QByteArray("'a\\.b'") << QByteArray("a\\.b");
    QTest::newRow("variable in braces") << QByteArray("http://${name}/x") << QByteArray("http://${name}/x");
    QTest::newRow("hash inside") << QByteArray("a#b") << QByteArray("a#b");
}

void TestNginxConfiguration::quotesAndEscapesAreNginxs()
{
    QFETCH(QByteArray, argument);
    QFETCH(QByteArray, expected);
    const auto text = "set " + argument.toStdString() + ";\n";
    const auto syntax = parseNginxDirectives(text);
    QVERIFY(syntax.problems.empty());
    QCOMPARE(syntax.directives.size(), std::size_t{1});
    QCOMPARE(syntax.directives[0].arguments.at(0).text, expected.toStdString());
}

void TestNginxConfiguration::theDumpOfNginxIsReadPastItsMessages()
{
    const auto file = readText("$ nginx -T\nnginx: the configuration file /etc/nginx/nginx.conf syntax is ok\n"
                               "nginx: configuration file /etc/nginx/nginx.conf test is successful\n"
                               "# configuration file /etc/nginx/nginx.conf:\nhttp {\n  keepalive_timeout 75s;\n}\n");
    QVERIFY(file);
    QVERIFY((*file)->kind == ParameterFileKind::NginxConfiguration);
    QCOMPARE(lineOf(**file, "keepalive_timeout"), 6u);
    QVERIFY((*file)->diagnostics.isEmpty());
}

void TestNginxConfiguration::includedFilesOfTheDumpAreAtTheTopLevel()
{
    const auto file =
        readText("# configuration file /etc/nginx/nginx.conf:\nhttp { include conf.d/*.conf; }\n\n"
                 "# configuration file /etc/nginx/conf.d/a.conf:\nupstream a { server 10.0.0.1; keepalive 8; }\n"
                 "proxy_connect_timeout 5s;\n");
    QVERIFY(file);
    QCOMPARE(valueOf(**file, "upstream/a/keepalive"), "8");
    QCOMPARE(valueOf(**file, "proxy_connect_timeout"), "5s");
}

void TestNginxConfiguration::brokenTextIsReportedAndTheRestRead_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::newRow("brace too many") << QByteArray("http { keepalive_timeout 75s; } }\nworker_processes 1;\n");
    QTest::newRow("block not closed") << QByteArray("http { keepalive_timeout 75s;\nworker_processes 1;\n");
    QTest::newRow("semicolon missing") << QByteArray(
        "http { keepalive_timeout 75s; send_timeout 1s }\nworker_processes 1;\n");
    QTest::newRow("quote not closed") << QByteArray(
        "http { keepalive_timeout 75s; }\nworker_processes 1;\nset \"abc;\n");
}

void TestNginxConfiguration::brokenTextIsReportedAndTheRestRead()
{
    QFETCH(QByteArray, text);
    const auto file = readTextAs(text.toStdString(), ParameterFileKind::NginxConfiguration);
    QVERIFY(file);
    QCOMPARE(valueOf(**file, "keepalive_timeout"), "75s");
    QCOMPARE(valueOf(**file, "worker_processes"), "1");
    QVERIFY((*file)->diagnostics.count(DiagnosticCode::ParameterLineMalformed) >= 1);
}

void TestNginxConfiguration::endlessNestingEnds()
{
    std::string text = "keepalive_timeout 75s;";
    for (int i = 0; i < 1'000'000; ++i)
        text += "a{";
    const auto file = readTextAs(text, ParameterFileKind::NginxConfiguration);
    QVERIFY(file);
    QVERIFY(!(*file)->diagnostics.isEmpty());
}

void TestNginxConfiguration::longBlockNamesDoNotMultiply()
{
    std::string text = "upstream " + std::string(1'000'000, 'x') + " {\n";
    for (int i = 0; i < 1000; ++i)
        text += "keepalive 1;\n";
    const auto file = readTextAs(text + "}\n", ParameterFileKind::NginxConfiguration);
    QVERIFY(file);
    QCOMPARE((*file)->parameters.size(), std::size_t{1000});
    QVERIFY((*file)->parameters[0].key.size() < 1000);
}

void TestNginxConfiguration::otherLanguagesAreNotTaken_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::newRow("bind") << QByteArray(
        "options { directory \"/var/cache/bind\"; recursion yes; };\nzone \"a\" { type master; };\n");
    QTest::newRow("C") << QByteArray("int main(void) { int server = 0; if (server) { return 1; } return 0; }\n");
    QTest::newRow("CSS") << QByteArray("body { color: red; margin: 0; }\n.server { width: 10px; }\n");
    QTest::newRow("access log") << QByteArray("10.0.0.1 - - [23/Nov/2026:04:29:00 +0000] \"GET / HTTP/1.1\" 200 5 "
                                              "\"-\" \"Mozilla/5.0 (X11; Linux x86_64) a\"\n");
    QTest::newRow("error log") << QByteArray("2026/11/23 04:29:00 [error] 7#7: *1 connect() failed (110: Connection "
                                             "timed out) while connecting to upstream, "
                                             "client: 10.0.0.1, server: _, upstream: \"http://10.0.0.2:80/\"\n");
}

void TestNginxConfiguration::otherLanguagesAreNotTaken()
{
    QFETCH(QByteArray, text);
    QCOMPARE(int{probeText(text.toStdString()).result.confidence}, 0);
}

void TestNginxConfiguration::snippetsAreTaken_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::newRow("upstream") << QByteArray("upstream a { server 10.0.0.1:80; }\n");
    QTest::newRow("server") << QByteArray("# managed\nserver {\n  listen 80;\n  location / { root /srv; }\n}\n");
    QTest::newRow("log_format") << QByteArray("log_format main '$remote_addr $status';\n");
    QTest::newRow("timeouts") << QByteArray("proxy_connect_timeout 5s;\nproxy_read_timeout 60s;\n");
}

void TestNginxConfiguration::snippetsAreTaken()
{
    QFETCH(QByteArray, text);
    QVERIFY(probeText(text.toStdString()).kind == ParameterFileKind::NginxConfiguration);
    QVERIFY(probeText(text.toStdString()).result.confidence > 0);
}

QTEST_GUILESS_MAIN(TestNginxConfiguration)
#include "tst_nginxconfiguration.moc"
