// SPDX-FileCopyrightText: The Halfshake authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "models/base/timeformat.h"

#include <QDateTime>
#include <QTest>
#include <QTimeZone>

#include <limits>
#include <random>

using namespace halfshake;
using namespace std::chrono_literals;

Q_DECLARE_METATYPE(std::chrono::nanoseconds)

class TestTimeFormat : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void instantsAreWrittenToTheNanosecond_data();
    void instantsAreWrittenToTheNanosecond();
    void evidenceTimesAreWrittenAlike();
    void calendarDatesAgreeWithQt();
    void durationsAreWrittenForPeople_data();
    void durationsAreWrittenForPeople();
};

void TestTimeFormat::instantsAreWrittenToTheNanosecond_data()
{
    QTest::addColumn<std::chrono::nanoseconds>("sinceEpoch");
    QTest::addColumn<QByteArray>("text");

    using std::chrono::nanoseconds;
    QTest::newRow("epoch") << nanoseconds{0} << QByteArray("1970-01-01T00:00:00.000000000Z");
    QTest::newRow("a nanosecond before") << nanoseconds{-1} << QByteArray("1969-12-31T23:59:59.999999999Z");
    // date -u -d @1795408183.438389
    QTest::newRow("the case") << nanoseconds{1'795'408'183'438'389'000} << QByteArray("2026-11-23T04:29:43.438389000Z");
    QTest::newRow("leap day") << nanoseconds{951'782'400s} << QByteArray("2000-02-29T00:00:00.000000000Z");
    QTest::newRow("no leap day in 1900") << nanoseconds{-2'203'891'200s}
                                         << QByteArray("1900-03-01T00:00:00.000000000Z");
    QTest::newRow("earliest") << nanoseconds::min() << QByteArray("1677-09-21T00:12:43.145224192Z");
    QTest::newRow("latest") << nanoseconds::max() << QByteArray("2262-04-11T23:47:16.854775807Z");
}

void TestTimeFormat::instantsAreWrittenToTheNanosecond()
{
    QFETCH(const std::chrono::nanoseconds, sinceEpoch);
    QFETCH(const QByteArray, text);
    QCOMPARE(QByteArray::fromStdString(toIsoString(TimePoint{sinceEpoch})), text);
}

void TestTimeFormat::evidenceTimesAreWrittenAlike()
{
    QCOMPARE(toIsoString(EvidenceTime{-1ns}), toIsoString(TimePoint{-1ns}));
}

void TestTimeFormat::calendarDatesAgreeWithQt()
{
    std::mt19937_64 random{1677};
    for (int i = 0; i < 3000; ++i) {
        const auto time = static_cast<std::int64_t>(random()) / 1'000'000 * 1'000'000;
        const auto expected =
            QDateTime::fromMSecsSinceEpoch(time / 1'000'000, QTimeZone::UTC).toString(Qt::ISODateWithMs);
        auto text = QString::fromStdString(toIsoString(TimePoint{std::chrono::nanoseconds{time}}));
        QCOMPARE(text.remove(23, 6), expected);
    }
}

void TestTimeFormat::durationsAreWrittenForPeople_data()
{
    QTest::addColumn<std::chrono::nanoseconds>("duration");
    QTest::addColumn<QByteArray>("text");

    using std::chrono::nanoseconds;
    QTest::newRow("nothing") << nanoseconds{0} << QByteArray("0 ns");
    QTest::newRow("nanoseconds") << 999ns << QByteArray("999 ns");
    QTest::newRow("microseconds") << nanoseconds{850us} << QByteArray("850 \xC2\xB5s");
    QTest::newRow("with decimals") << 1'234ns << QByteArray("1.234 \xC2\xB5s");
    QTest::newRow("milliseconds") << nanoseconds{12'400us} << QByteArray("12.4 ms");
    QTest::newRow("decimals after a zero") << nanoseconds{12'040us} << QByteArray("12.04 ms");
    QTest::newRow("rounded") << 12'345'678ns << QByteArray("12.346 ms");
    QTest::newRow("rounded into the next unit") << 999'999'999ns << QByteArray("1 s");
    QTest::newRow("rounded below the next unit") << 999'999'499ns << QByteArray("999.999 ms");
    QTest::newRow("seconds") << nanoseconds{31'624ms} << QByteArray("31.624 s");
    QTest::newRow("negative") << nanoseconds{-31'624ms} << QByteArray("-31.624 s");
    QTest::newRow("an hour") << nanoseconds{1h} << QByteArray("3600 s");
    QTest::newRow("longest") << nanoseconds::max() << QByteArray("9223372036.855 s");
    QTest::newRow("most negative") << nanoseconds::min() << QByteArray("-9223372036.855 s");
}

void TestTimeFormat::durationsAreWrittenForPeople()
{
    QFETCH(const std::chrono::nanoseconds, duration);
    QFETCH(const QByteArray, text);
    QCOMPARE(QByteArray::fromStdString(toHumanString(duration)), text);
}

QTEST_APPLESS_MAIN(TestTimeFormat)

#include "tst_timeformat.moc"
