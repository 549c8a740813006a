// SPDX-FileCopyrightText: The Halfshake authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "models/figures/lanepainter.h"

#include <QImage>
#include <QTest>

using namespace halfshake;
using namespace std::chrono_literals;

namespace {

constexpr TimePoint t0{1'795'408'183s};

ObjectRef attempt(std::uint32_t row)
{
    return {ObjectKind::UpstreamAttempt, EvidenceId{0}, row};
}

TimelineEvent eventAt(Duration start, Duration duration, EventClass eventClass, std::uint32_t row)
{
    return {t0 + start, duration, eventClass, attempt(row)};
}

int pixelsOf(const QImage& image, const QColor& color)
{
    int count = 0;
    for (int y = 0; y < image.height(); ++y) {
        for (int x = 0; x < image.width(); ++x)
            count += image.pixelColor(x, y) == color ? 1 : 0;
    }
    return count;
}

QImage painted(const Track& track, TimeRange window)
{
    const LaneLayout layout(track);
    QImage image(800, 40, QImage::Format_RGB32);
    const auto style = FigureStyle::light();
    image.fill(style.background);
    QPainter painter(&image);
    LanePainter(track, layout, {QRectF(0, 0, 800, 40), window}).paint(painter, style, {});
    return image;
}

} // namespace

class TestLanePainter : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void overlappingSpansGetRowsOfTheirOwn();
    void aFailureAmongAMillionIsStillSeen();
    void theEventUnderThePointerIsFound();
    void aSpanThatBeganBeforeTheWindowIsDrawn();
};

void TestLanePainter::overlappingSpansGetRowsOfTheirOwn()
{
    const Track track(TrackKind::FailingUpstreamAttempts,
        {eventAt(0s, 31s, EventClass::Failed, 0), eventAt(4s, 31s, EventClass::Failed, 1),
            eventAt(40s, 1s, EventClass::Failed, 2)});
    const LaneLayout layout(track);
    QCOMPARE(layout.rowCount(), 2);
    QVERIFY(layout.rowOf(0) != layout.rowOf(1));
    QCOMPARE(layout.rowOf(2), layout.rowOf(0));
}

void TestLanePainter::aFailureAmongAMillionIsStillSeen()
{
    std::vector<TimelineEvent> events;
    for (std::uint32_t i = 0; i < 1'000'000; ++i)
        events.push_back(eventAt(i * 100us, 0s, i == 500'000 ? EventClass::Failed : EventClass::Completed, i));
    const Track track(TrackKind::Requests, std::move(events));
    const auto image = painted(track, {t0, t0 + 100s});
    QCOMPARE_GE(pixelsOf(image, FigureStyle::light().colorOf(EventClass::Failed)), 10);
}

void TestLanePainter::theEventUnderThePointerIsFound()
{
    const Track track(
        TrackKind::ErrorLog, {eventAt(10s, 0s, EventClass::Failed, 7), eventAt(50s, 0s, EventClass::Failed, 8)});
    const LaneLayout layout(track);
    const LaneView view{QRectF(0, 0, 1000, 40), {t0, t0 + 100s}};
    const LanePainter painter(track, layout, view);
    QCOMPARE(painter.eventAt({101, 20}), std::optional<std::uint32_t>(0));
    QCOMPARE(painter.eventAt({498, 20}), std::optional<std::uint32_t>(1));
    QVERIFY(!painter.eventAt({300, 20}));
}

void TestLanePainter::aSpanThatBeganBeforeTheWindowIsDrawn()
{
    const Track track(TrackKind::Requests, {eventAt(0s, 31s, EventClass::Failed, 0)});
    const auto image = painted(track, {t0 + 10s, t0 + 20s});
    QCOMPARE_GE(pixelsOf(image, FigureStyle::light().colorOf(EventClass::Failed)), 1000);
}

QTEST_MAIN(TestLanePainter)

#include "tst_lanepainter.moc"
