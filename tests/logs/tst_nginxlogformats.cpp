// SPDX-FileCopyrightText: The Halfshake authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "models/logs/nginxlogformats.h"

#include <QTest>

using namespace halfshake;

class TestNginxLogFormats : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void directivesAreJoinedFromTheirArguments();
    void commentsAndOtherDirectivesAreNoFormats();
    void escapesOfTheConfigurationAreUndone();
    void aConfigMapHoldsTheFormat_data();
    void aConfigMapHoldsTheFormat();
    void brokenConfigurationsEnd();
};

void TestNginxLogFormats::directivesAreJoinedFromTheirArguments()
{
    const auto formats = logFormatsIn(R"(
http {
    log_format main '$remote_addr - $remote_user [$time_local] '
                    '"$request" $status';
    log_format js escape=json '{"t":"$msec","s":$status}';
    log_format bare $msec;
    access_log /var/log/nginx/access.log main;
})");
    QCOMPARE(formats.size(), std::size_t{3});
    QCOMPARE(
        formats[0], (LogFormatDefinition{"main", R"($remote_addr - $remote_user [$time_local] "$request" $status)"}));
    QCOMPARE(formats[1], (LogFormatDefinition{"js", R"({"t":"$msec","s":$status})", ValueEscape::Json}));
    QCOMPARE(formats[2], (LogFormatDefinition{"bare", "$msec"}));
}

void TestNginxLogFormats::commentsAndOtherDirectivesAreNoFormats()
{
    QVERIFY(logFormatsIn("# log_format x '$msec';\nset $log_format 'x';\nadd_header a log_format;").empty());
    QVERIFY(logFormatsIn("net.ipv4.tcp_syn_retries = 6\n").empty());
    QVERIFY(logFormatsIn("").empty());
}

void TestNginxLogFormats::escapesOfTheConfigurationAreUndone()
{
    const auto formats = logFormatsIn(R"(log_format a "\"$request\" \'$status\' \\ \t$msec ${host}x";)");
    QCOMPARE(formats.size(), std::size_t{1});
    QCOMPARE(formats[0].text, "\"$request\" '$status' \\ \t$msec ${host}x");
    const auto unquoted = logFormatsIn("log_format a ${msec}s_$status;");
    QCOMPARE(unquoted[0].text, "${msec}s_$status");
}

void TestNginxLogFormats::aConfigMapHoldsTheFormat_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::newRow("single quotes") << QByteArray{"data:\n  log-format-upstream: '{\"t\": \"$msec\", \"s\": $status}'\n"
                                                 "  log-format-escape-json: \"true\"\n"};
    QTest::newRow("double quotes") << QByteArray{
        "data:\n  log-format-escape-json: 'true'\n"
        "  log-format-upstream: \"{\\\"t\\\": \\\"$msec\\\", \\\"s\\\": $status}\"\n"};
    QTest::newRow("folded") << QByteArray{
        "data:\n  log-format-upstream: >-\n    {\"t\": \"$msec\",\n    \"s\": $status}\n"
        "  log-format-escape-json: \"true\"\n"};
    QTest::newRow("JSON") << QByteArray{
        R"({"data": {"log-format-escape-json": "true", "log-format-upstream": "{\"t\": \"$msec\", \"s\": $status}"}})"};
}

void TestNginxLogFormats::aConfigMapHoldsTheFormat()
{
    QFETCH(QByteArray, text);
    const auto bytes = text.toStdString();
    const auto formats = logFormatsIn(bytes);
    QCOMPARE(formats.size(), std::size_t{1});
    QCOMPARE(formats[0].text, R"({"t": "$msec", "s": $status})");
    QCOMPARE(formats[0].escape, ValueEscape::Json);
}

void TestNginxLogFormats::brokenConfigurationsEnd()
{
    for (const std::string_view text : {"log_format", "log_format x '$msec", "log_format x '$msec' {", "log_format ;",
             "log-format-upstream:", "log-format-upstream: >", "log-format-upstream: \"$msec\\", "'", "\\", "${"})
        QVERIFY(logFormatsIn(text).size() <= 1);
}

QTEST_APPLESS_MAIN(TestNginxLogFormats)

#include "tst_nginxlogformats.moc"
