// SPDX-FileCopyrightText: The Halfshake authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "models/base/timeformat.h"
#include "models/logs/applicationlogscanner.h"
#include "tests/logs/readtext.h"

#include <QTest>

using namespace halfshake;

class TestApplicationLog : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void firstLinesHaveTheirParts_data();
    void firstLinesHaveTheirParts();
    void otherLinesBeginNoEntry_data();
    void otherLinesBeginNoEntry();
    void aStackTraceIsOneEntry();
    void jsonEntriesAreRead();
    void theSecondLineOfJavaUtilLoggingHasTheLevel();
    void requestIdsAreFound_data();
    void requestIdsAreFound();
    void streamsKeepTheirTracesApart();
};

void TestApplicationLog::firstLinesHaveTheirParts_data()
{
    QTest::addColumn<QByteArray>("line");
    QTest::addColumn<QByteArray>("level");
    QTest::addColumn<QByteArray>("thread");
    QTest::addColumn<QByteArray>("logger");
    QTest::addColumn<QByteArray>("message");
    const auto row = [](const char* name, const char* line, const char* level, const char* thread, const char* logger,
                         const char* message) {
        QTest::newRow(name) << QByteArray{line} << QByteArray{level} << QByteArray{thread} << QByteArray{logger}
                            << QByteArray{message};
    };
    row("JULI",
        "23-Nov-2026 04:29:17.838 SEVERE [http-nio-8080-exec-1] org.apache.catalina.core.StandardWrapperValve.invoke "
        "Servlet.service() threw",
        "error", "http-nio-8080-exec-1", "org.apache.catalina.core.StandardWrapperValve.invoke",
        "Servlet.service() threw");
    row("Spring Boot 2",
        "2026-11-23 04:29:17.838  WARN 7 --- [nio-8080-exec-1] c.shop.Cart                              : it is late",
        "warn", "nio-8080-exec-1", "c.shop.Cart", "it is late");
    row("Spring Boot 3", "2026-11-23T04:29:17.838Z ERROR 7 --- [shop] [nio-8080-exec-1] c.shop.Cart : no: way", "error",
        "nio-8080-exec-1", "c.shop.Cart", "no: way");
    row("logback", "2026-11-23 04:29:17,838 [main] INFO  com.shop.Cart - started - now", "info", "main",
        "com.shop.Cart", "started - now");
    row("log4j", "2026-11-23 04:29:17,838 ERROR com.shop.Cart: failed", "error", "", "com.shop.Cart", "failed");
    row("Spark", "17/06/09 20:10:40 INFO spark.SecurityManager: Changing view acls to: yarn", "info", "",
        "spark.SecurityManager", "Changing view acls to: yarn");
    row("Python", "2026-11-23 04:29:17,838 - shop.cart - WARNING - no stock", "warn", "", "shop.cart", "no stock");
    row("brackets", "[2026-11-23 04:29:17,838] [ERROR] [main] com.shop.Cart - failed", "error", "main", "com.shop.Cart",
        "failed");
}

void TestApplicationLog::firstLinesHaveTheirParts()
{
    QFETCH(QByteArray, line);
    QFETCH(QByteArray, level);
    QFETCH(QByteArray, thread);
    QFETCH(QByteArray, logger);
    QFETCH(QByteArray, message);
    ApplicationLine result;
    QVERIFY(scanApplicationLine(std::string_view{line}, result));
    QCOMPARE(toString(result.level), std::string_view{level});
    QCOMPARE(result.thread, std::string_view{thread});
    QCOMPARE(result.logger, std::string_view{logger});
    QCOMPARE(result.message, std::string_view{message});
    const auto log = test::readText(line.toStdString() + '\n');
    QVERIFY(log);
    QCOMPARE((*log)->counts.applicationEntries, 1u);
    QVERIFY(test::isEveryLineCounted(**log));
}

void TestApplicationLog::otherLinesBeginNoEntry_data()
{
    QTest::addColumn<QByteArray>("line");
    QTest::newRow("access log") << QByteArray{R"(10.0.0.1 - - [23/Nov/2026:04:29:17 +0000] "GET / HTTP/1.1" 200 1)"};
    QTest::newRow("no level") << QByteArray{"2026-11-23 04:29:17 started"};
    QTest::newRow("no time") << QByteArray{"ERROR com.shop.Cart: failed"};
    QTest::newRow("Envoy") << QByteArray{R"([2026-11-23T04:29:17.838Z] "GET /INFO HTTP/1.1" 200 - 0 5 1 1 "-")"};
    QTest::newRow("W3C") << QByteArray{"2002-05-02 17:42:15 172.22.255.255 - 172.30.255.255 80 GET /a - 200 Mozilla"};
}

void TestApplicationLog::otherLinesBeginNoEntry()
{
    QFETCH(QByteArray, line);
    ApplicationLine result;
    QVERIFY(!scanApplicationLine(std::string_view{line}, result));
}

void TestApplicationLog::aStackTraceIsOneEntry()
{
    const auto log = test::readText(
        R"(2026-11-23 04:29:17.838 ERROR 7 --- [nio-8080-exec-1] o.a.c.c.C.[.[.[/].[dispatcherServlet] : Servlet.service() failed, req 1c8c66829a90105ef065f2e6514d2290

java.lang.NullPointerException: null
	at java.base/java.util.Objects.requireNonNull(Objects.java:208)
	at org.springframework.web.Dispatcher.go(Dispatcher.java:1)
	at app//com.shop.Cart.add(Cart.java:17) ~[classes/:na]
	... 30 common frames omitted
2026-11-23 04:29:18.000  INFO 7 --- [main] c.shop.Cart : next
2026-11-23 04:29:19.000 ERROR 7 --- [main] c.shop.Cart : jakarta.servlet.ServletException: outer
	at com.shop.Outer.run(Outer.java:3)
Caused by: java.net.ConnectException: Connection refused
	at java.base/sun.nio.ch.Net.pollConnect(Native Method)
	at com.shop.Stock.ask(Stock.java:99)
)");
    QVERIFY(log);
    QVERIFY(test::isEveryLineCounted(**log));
    const auto& counts = (*log)->counts;
    QCOMPARE(counts.applicationEntries, 3u);
    QCOMPARE(counts.continuationLines, 9u);
    QCOMPARE(counts.blankLines, 1u);
    const auto& entries = (*log)->applicationEntries;
    QCOMPARE((*log)->text(entries[0].exception), "java.lang.NullPointerException");
    QCOMPARE((*log)->text(entries[0].ownFrame), "com.shop.Cart.add(Cart.java:17)");
    QCOMPARE((*log)->text(entries[0].requestId), "1c8c66829a90105ef065f2e6514d2290");
    QCOMPARE(entries[0].lineCount, 6u);
    QVERIFY(!entries[1].exception.isValid());
    QCOMPARE((*log)->text(entries[2].exception), "jakarta.servlet.ServletException");
    QCOMPARE((*log)->text(entries[2].rootCause), "java.net.ConnectException");
    QCOMPARE((*log)->text(entries[2].ownFrame), "com.shop.Stock.ask(Stock.java:99)");
    QCOMPARE(toIsoString(entries[0].loggedAt), "2026-11-23T04:29:17.838000000Z");
}

void TestApplicationLog::jsonEntriesAreRead()
{
    const auto log = test::readText(
        R"({"@timestamp":"2026-11-23T04:29:17.838Z","@version":"1","message":"failed","logger_name":"com.shop.Cart","thread_name":"main","level":"ERROR","stack_trace":"java.lang.IllegalStateException: x\n\tat com.shop.Cart.add(Cart.java:17)\n"}
{"level":"info","ts":1795408157.838,"caller":"a.go:1","msg":"started"}
)");
    QVERIFY(log);
    QCOMPARE((*log)->counts.applicationEntries, 2u);
    const auto& entry = (*log)->applicationEntries[0];
    QCOMPARE((*log)->text(entry.logger), "com.shop.Cart");
    QCOMPARE((*log)->text(entry.exception), "java.lang.IllegalStateException");
    QCOMPARE((*log)->text(entry.ownFrame), "com.shop.Cart.add(Cart.java:17)");
    QVERIFY(entry.level == LogLevel::Error);
}

void TestApplicationLog::theSecondLineOfJavaUtilLoggingHasTheLevel()
{
    const auto log = test::readText("Nov 23, 2026 4:29:17 PM org.apache.coyote.AbstractProtocol start\n"
                                    "SEVERE: Starting failed\n"
                                    "Nov 3, 2026 12:29:17 AM org.apache.coyote.AbstractProtocol start\n"
                                    "INFO: Starting\n");
    QVERIFY(log);
    QCOMPARE((*log)->counts.applicationEntries, 2u);
    QVERIFY((*log)->applicationEntries[0].level == LogLevel::Error);
    QVERIFY((*log)->applicationEntries[1].level == LogLevel::Info);
    QCOMPARE(toIsoString((*log)->applicationEntries[0].loggedAt), "2026-11-23T16:29:17.000000000Z");
    QCOMPARE(toIsoString((*log)->applicationEntries[1].loggedAt), "2026-11-03T00:29:17.000000000Z");
}

void TestApplicationLog::requestIdsAreFound_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<QByteArray>("id");
    QTest::newRow("plain") << QByteArray{"req=1c8c66829a90105ef065f2e6514d2290 done"}
                           << QByteArray{"1c8c66829a90105ef065f2e6514d2290"};
    QTest::newRow("UUID") << QByteArray{"[1c8c6682-9a90-105e-f065-f2e6514d2290]"}
                          << QByteArray{"1c8c6682-9a90-105e-f065-f2e6514d2290"};
    QTest::newRow("longer") << QByteArray{"1c8c66829a90105ef065f2e6514d22901c8c"} << QByteArray{};
    QTest::newRow("part of a word") << QByteArray{"x1c8c66829a90105ef065f2e6514d2290"} << QByteArray{};
    QTest::newRow("none") << QByteArray{"deadbeef - - -"} << QByteArray{};
}

void TestApplicationLog::requestIdsAreFound()
{
    QFETCH(QByteArray, text);
    QFETCH(QByteArray, id);
    QCOMPARE(requestIdIn(std::string_view{text}), std::string_view{id});
}

void TestApplicationLog::streamsKeepTheirTracesApart()
{
    const auto log = test::readText(
        "2026-11-23T04:29:17.838Z stdout F 2026-11-23 04:29:17,838 ERROR com.shop.Cart: a.b.OneException\n"
        "2026-11-23T04:29:17.839Z stderr F 2026-11-23 04:29:17,839 ERROR com.shop.Cart: a.b.TwoException\n"
        "2026-11-23T04:29:17.840Z stdout F \tat com.shop.One.run(One.java:1)\n"
        "2026-11-23T04:29:17.841Z stderr F \tat com.shop.Two.run(Two.java:2)\n");
    QVERIFY(log);
    QCOMPARE((*log)->applicationEntries.size(), 2u);
    QCOMPARE((*log)->text((*log)->applicationEntries[0].ownFrame), "com.shop.One.run(One.java:1)");
    QCOMPARE((*log)->text((*log)->applicationEntries[1].ownFrame), "com.shop.Two.run(Two.java:2)");
}

QTEST_APPLESS_MAIN(TestApplicationLog)

#include "tst_applicationlog.moc"
