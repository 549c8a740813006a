// SPDX-FileCopyrightText: The Halfshake authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "models/timeline/timeline.h"
#include "models/timeline/track.h"

#include <QTest>

#include <algorithm>
#include <random>

using namespace halfshake;
using namespace std::chrono_literals;

namespace {

constexpr TimePoint t0{1'795'408'140s};

TimelineEvent eventAt(Duration offset, EventClass eventClass = EventClass::Completed, Duration duration = 0ns)
{
    return {.start = t0 + offset, .duration = duration, .eventClass = eventClass};
}

Track trackOf(std::vector<TimelineEvent> events)
{
    return {TrackKind::FailedConnections, std::move(events)};
}

std::vector<TimelineEvent> randomEvents(std::mt19937& random, std::size_t count, int span)
{
    std::vector<TimelineEvent> events;
    for (std::size_t i = 0; i < count; ++i) {
        const auto eventClass = random() % 50 == 0 ? static_cast<EventClass>(random() % 6) : EventClass::Completed;
        const Duration length{random() % 10 == 0 ? random() % 500 : 0};
        events.push_back(eventAt(Duration{random() % static_cast<unsigned>(span)}, eventClass, length));
    }
    return events;
}

} // namespace

class TestTrack : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void eventsAreSortedAndEqualOnesKeepTheirOrder();
    void binsCoverEveryVisibleEventOnce_data();
    void binsCoverEveryVisibleEventOnce();
    void nothingVisibleGivesNoBins();
    void aBinShowsTheWorstOfItsEvents();
    void binsAgreeWithCountingEachEvent();
    void moreColumnsThanNanosecondsStillPartTheEvents();
    void theWholeOfTimeCanBeVisible();
    void slicesThatBeganBeforeTheViewOverlapIt();
    void overlappingStopsAfterTheMostWanted();
    void overlappingAgreesWithAskingEachEvent();
    void endlessSlicesOverlapEverythingAfterThem();
    void tracksAreFoundByKind();
};

void TestTrack::eventsAreSortedAndEqualOnesKeepTheirOrder()
{
    auto late = eventAt(5s);
    auto first = eventAt(1s);
    auto second = eventAt(1s);
    first.object.index = 1;
    second.object.index = 2;
    const auto track = trackOf({late, first, second});
    QCOMPARE(track.events().size(), std::size_t{3});
    QCOMPARE(track.events()[0].object.index, 1u);
    QCOMPARE(track.events()[1].object.index, 2u);
    QVERIFY(track.events()[2].start == t0 + 5s);
    QVERIFY(track.kind() == TrackKind::FailedConnections);
}

void TestTrack::binsCoverEveryVisibleEventOnce_data()
{
    QTest::addColumn<int>("columns");
    QTest::addColumn<int>("bins");

    QTest::newRow("one column per second") << 32 << 5;
    QTest::newRow("two events in one column") << 16 << 4;
    QTest::newRow("one column") << 1 << 1;
    QTest::newRow("no column") << 0 << 0;
}

void TestTrack::binsCoverEveryVisibleEventOnce()
{
    QFETCH(const int, columns);
    QFETCH(const int, bins);

    // the retransmissions of a SYN/ACK, doubling from one second; 40 s is out of view
    const auto track = trackOf({eventAt(1s), eventAt(3s), eventAt(2s), eventAt(7s), eventAt(15s), eventAt(40s)});
    const auto result = track.bins({t0, t0 + 32s}, static_cast<std::uint32_t>(columns));
    QCOMPARE(static_cast<int>(result.size()), bins);

    std::uint32_t events = 0;
    for (const auto& bin : result)
        events += bin.count;
    QCOMPARE(events, columns > 0 ? 5u : 0u);
}

void TestTrack::nothingVisibleGivesNoBins()
{
    const auto track = trackOf({eventAt(1s), eventAt(2s)});
    QVERIFY(track.bins({t0 + 1s, t0 + 1s}, 10).empty());
    QVERIFY(track.bins({t0 + 2s, t0 + 1s}, 10).empty());
    QVERIFY(track.bins({t0 + 3s, t0 + 9s}, 10).empty());
    QVERIFY(track.bins({t0 + 1s + 1ns, t0 + 2s}, 10).empty());
    QVERIFY(trackOf({}).bins({t0, t0 + 9s}, 10).empty());
}

void TestTrack::aBinShowsTheWorstOfItsEvents()
{
    std::vector<TimelineEvent> events;
    for (int i = 0; i < 1000; ++i)
        events.push_back(eventAt(Duration{i}));
    events[500].eventClass = EventClass::Refused;
    events[700].eventClass = EventClass::Failed;
    const auto track = trackOf(events);
    const auto bins = track.bins({t0, t0 + 1000ns}, 4);
    QCOMPARE(bins.size(), std::size_t{4});
    QVERIFY(bins[0].worst == EventClass::Completed);
    QVERIFY(bins[1].worst == EventClass::Completed);
    QVERIFY(bins[2].worst == EventClass::Failed);
    QVERIFY(bins[3].worst == EventClass::Completed);
    QVERIFY(track.bins({t0, t0 + 700ns}, 1).front().worst == EventClass::Refused);
    QVERIFY(track.bins({t0 + 700ns, t0 + 701ns}, 1).front().worst == EventClass::Failed);
}

void TestTrack::binsAgreeWithCountingEachEvent()
{
    std::mt19937 random{64};
    for (int run = 0; run < 200; ++run) {
        const auto track = trackOf(randomEvents(random, random() % 700, 5000));
        const TimeRange visible{t0 + Duration{random() % 3000}, t0 + Duration{3000 + random() % 3000}};
        const auto columns = 1 + static_cast<std::uint32_t>(random() % 300);
        const auto bins = track.bins(visible, columns);
        QVERIFY(bins.size() <= columns);

        auto end = visible.start;
        std::size_t shown = 0;
        for (const auto& bin : bins) {
            QVERIFY(bin.range.start >= end && bin.range.end <= visible.end);
            end = bin.range.end;
            const auto events = track.events().subspan(bin.first, bin.count);
            QVERIFY(std::ranges::all_of(events, [&](const auto& event) { return bin.range.contains(event.start); }));
            QVERIFY(bin.worst == std::ranges::max(events, {}, &TimelineEvent::eventClass).eventClass);
            shown += bin.count;
        }
        const auto expected =
            std::ranges::count_if(track.events(), [&](const auto& event) { return visible.contains(event.start); });
        QCOMPARE(shown, static_cast<std::size_t>(expected));
    }
}

void TestTrack::moreColumnsThanNanosecondsStillPartTheEvents()
{
    const auto track = trackOf({eventAt(0ns), eventAt(1ns), eventAt(1ns), eventAt(2ns)});
    const auto bins = track.bins({t0, t0 + 3ns}, 4000);
    QCOMPARE(bins.size(), std::size_t{3});
    QCOMPARE(bins[1].count, 2u);
}

void TestTrack::theWholeOfTimeCanBeVisible()
{
    auto first = eventAt(0s);
    first.start = TimePoint::min();
    auto last = eventAt(0s);
    last.start = TimePoint::max() - 1ns;
    const auto track = trackOf({last, eventAt(0s), first});
    const auto bins = track.bins({TimePoint::min(), TimePoint::max()}, 4'000'000'000);
    QCOMPARE(bins.size(), std::size_t{3});
    QVERIFY(bins.front().range.start == TimePoint::min());
    QVERIFY(bins.back().range.end == TimePoint::max());
    QCOMPARE(track.overlapping({TimePoint::min(), TimePoint::max()}, 10).size(), std::size_t{3});
}

void TestTrack::slicesThatBeganBeforeTheViewOverlapIt()
{
    const auto track = trackOf({
        eventAt(0s, EventClass::Completed, 10s),
        eventAt(1s, EventClass::Completed, 4s),
        eventAt(2s),
        eventAt(5s),
        eventAt(6s, EventClass::Completed, 100s),
        eventAt(7s),
    });
    // the slice that ends where the view starts is out; the instant there is in; the one at its end is out
    QVERIFY(track.overlapping({t0 + 5s, t0 + 7s}, 100) == std::vector<std::uint32_t>({0, 3, 4}));
    QVERIFY(track.overlapping({t0 + 20s, t0 + 21s}, 100) == std::vector<std::uint32_t>({4}));
    QVERIFY(track.overlapping({t0 + 5s, t0 + 5s}, 100).empty());
}

void TestTrack::overlappingStopsAfterTheMostWanted()
{
    std::mt19937 random{1};
    const auto track = trackOf(randomEvents(random, 1000, 1000));
    const auto all = track.overlapping({t0, t0 + 1000ns}, 10'000);
    QCOMPARE(all.size(), std::size_t{1000});
    const auto some = track.overlapping({t0, t0 + 1000ns}, 10);
    QVERIFY(std::ranges::equal(some, std::span{all}.first(10)));
    QVERIFY(track.overlapping({t0, t0 + 1000ns}, 0).empty());
}

void TestTrack::overlappingAgreesWithAskingEachEvent()
{
    std::mt19937 random{2};
    for (int run = 0; run < 200; ++run) {
        const auto track = trackOf(randomEvents(random, random() % 1500, 20'000));
        const auto start = t0 + Duration{random() % 20'000};
        const TimeRange visible{start, start + Duration{1 + random() % 300}};
        std::vector<std::uint32_t> expected;
        for (std::uint32_t i = 0; i < track.events().size(); ++i) {
            const auto& event = track.events()[i];
            const bool reachesInto = event.start + event.duration > visible.start;
            if (event.start < visible.end && (event.start >= visible.start || reachesInto))
                expected.push_back(i);
        }
        QVERIFY(track.overlapping(visible, 10'000) == expected);
    }
}

void TestTrack::endlessSlicesOverlapEverythingAfterThem()
{
    const auto track = trackOf({eventAt(0s, EventClass::Unknown, Duration::max())});
    QCOMPARE(track.overlapping({TimePoint::max() - 1ns, TimePoint::max()}, 10).size(), std::size_t{1});
}

void TestTrack::tracksAreFoundByKind()
{
    Timeline timeline;
    timeline.tracks.push_back(std::make_shared<Track>(TrackKind::Requests, std::vector<TimelineEvent>{}));
    timeline.tracks.push_back(std::make_shared<Track>(TrackKind::ErrorLog, std::vector<TimelineEvent>{eventAt(1s)}));
    QVERIFY(timeline.find(TrackKind::ErrorLog) == timeline.tracks[1].get());
    QVERIFY(timeline.find(TrackKind::SynRetransmissions) == nullptr);
}

QTEST_APPLESS_MAIN(TestTrack)

#include "tst_track.moc"
