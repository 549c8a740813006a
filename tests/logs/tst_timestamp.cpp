// SPDX-FileCopyrightText: The Halfshake authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "models/base/timeformat.h"
#include "models/logs/timestamp.h"

#include <QTest>

using namespace halfshake;
using namespace std::chrono_literals;

// Expected instants are those of GNU date -u.
class TestTimestamp : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void timeLocalIsBroughtToUtc();
    void timeIso8601IsBroughtToUtc();
    void fractionsGiveTheResolution();
    void epochUnitsAreToldBySize();
    void errorLogTimeStatesNoZone();
    void whatIsNoTimeIsNothing_data();
    void whatIsNoTimeIsNothing();
    void secondsKeepTheirDecimals();
    void aPrefixEndsBehindItsZone();
};

namespace {

std::string iso(const std::optional<LogInstant>& instant)
{
    return instant ? toIsoString(instant->time) : "none";
}

} // namespace

void TestTimestamp::timeLocalIsBroughtToUtc()
{
    QCOMPARE(iso(parseTimeLocal("23/Nov/2026:12:36:01 +0800")), "2026-11-23T04:36:01.000000000Z");
    QCOMPARE(iso(parseTimeLocal("01/Jan/2024:00:15:00 +0545")), "2023-12-31T18:30:00.000000000Z");
    QCOMPARE(iso(parseTimeLocal("29/Feb/2024:23:59:59 -0930")), "2024-03-01T09:29:59.000000000Z");
    QCOMPARE(parseTimeLocal("23/Nov/2026:12:36:01 +0800")->resolution, Duration{1s});
    QCOMPARE(parseTimeLocal("23/Nov/2026:12:36:01 +0800")->zone, 8h);
}

void TestTimestamp::timeIso8601IsBroughtToUtc()
{
    QCOMPARE(iso(parseIso8601("2026-11-23T12:36:01+08:00")), "2026-11-23T04:36:01.000000000Z");
    QCOMPARE(iso(parseIso8601("2026-11-23T04:36:01Z")), "2026-11-23T04:36:01.000000000Z");
    QCOMPARE(iso(parseIso8601("2026-11-23 04:36:01,250")), "2026-11-23T04:36:01.250000000Z");
    QVERIFY(!parseIso8601("2026-11-23 04:36:01,250")->zone);
}

void TestTimestamp::fractionsGiveTheResolution()
{
    const auto nanoseconds = parseIso8601("2026-11-23T11:31:46.450210094+08:00");
    QCOMPARE(iso(nanoseconds), "2026-11-23T03:31:46.450210094Z");
    QCOMPARE(nanoseconds->resolution, Duration{1ns});
    const auto tooMany = parseIso8601("2026-11-23T03:31:46.4502100941234Z");
    QCOMPARE(iso(tooMany), "2026-11-23T03:31:46.450210094Z");
    QCOMPARE(parseEpoch("1795408157.838")->resolution, Duration{1ms});
    QCOMPARE(iso(parseEpoch("1795408157.838")), "2026-11-23T04:29:17.838000000Z");
}

void TestTimestamp::epochUnitsAreToldBySize()
{
    QCOMPARE(iso(parseEpoch("1795408157")), "2026-11-23T04:29:17.000000000Z");
    QCOMPARE(iso(parseEpoch("1795408157838")), "2026-11-23T04:29:17.838000000Z");
    QCOMPARE(iso(parseEpoch("1795408157838123")), "2026-11-23T04:29:17.838123000Z");
    QCOMPARE(iso(parseEpoch("1795408157838123456")), "2026-11-23T04:29:17.838123456Z");
    QCOMPARE(iso(parseEpoch("9999999999999999999")), "none");
    QCOMPARE(iso(parseEpoch("99999999999")), "none");
}

void TestTimestamp::errorLogTimeStatesNoZone()
{
    const auto instant = parseErrorLogTime("2026/11/23 04:29:13");
    QCOMPARE(iso(instant), "2026-11-23T04:29:13.000000000Z");
    QVERIFY(!instant->zone);
}

void TestTimestamp::whatIsNoTimeIsNothing_data()
{
    QTest::addColumn<QByteArray>("text");
    for (const auto* text : {"", "-", "31/Feb/2026:12:36:01 +0800", "23/Nvo/2026:12:36:01 +0800",
             "23/Nov/2026:24:00:00 +0800", "23/Nov/2026:12:61:01 +0800", "23/Nov/2026:12:36:01 +0860",
             "23/Nov/0000:12:36:01 +0800", "2026-13-23T12:36:01Z", "2026-11-23T12:36:01Zjunk", "2026/11/23 4:29:13 ",
             "1795408157.", "12345678", "0.004", "1795408157.8x"})
        QTest::addRow("%s", text) << QByteArray{text};
}

void TestTimestamp::whatIsNoTimeIsNothing()
{
    QFETCH(QByteArray, text);
    QVERIFY(!parseAnyTime(text.toStdString()));
}

void TestTimestamp::secondsKeepTheirDecimals()
{
    QCOMPARE(parseSeconds("31.624"), Duration{31'624ms});
    QCOMPARE(parseSeconds("0.000"), Duration{0});
    QCOMPARE(parseSeconds("5"), Duration{5s});
    for (const auto* text : {"-", "", ".5", "1.2.3", "-0.001", "1e3", "9999999999", "0x10"})
        QVERIFY2(!parseSeconds(text), text);
}

void TestTimestamp::aPrefixEndsBehindItsZone()
{
    const auto prefix = parseIso8601Prefix("2026-11-23T11:31:47.000699997+08:00 stderr P 2026/11/23");
    QVERIFY(prefix);
    QCOMPARE(prefix->length, std::size_t{35});
    QCOMPARE(toIsoString(prefix->instant.time), "2026-11-23T03:31:47.000699997Z");
}

QTEST_APPLESS_MAIN(TestTimestamp)

#include "tst_timestamp.moc"
