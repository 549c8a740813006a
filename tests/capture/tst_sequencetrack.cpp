// SPDX-FileCopyrightText: The Halfshake authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "models/capture/retransmission.h"
#include "models/capture/sequencenumber.h"

#include <QTest>

using namespace halfshake;
using namespace std::chrono_literals;

namespace {

constexpr EvidenceTime start{1000s};

SequenceTrack startedAt(std::uint32_t sequence)
{
    SequenceTrack track;
    track.startAt(sequence);
    return track;
}

} // namespace

class TestSequenceTrack : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void distanceGoesRoundTheCircle()
    {
        QCOMPARE(sequenceDistance(10, 15), 5);
        QCOMPARE(sequenceDistance(15, 10), -5);
        QCOMPARE(sequenceDistance(0xffff'fff0, 0x10), 32);
        QCOMPARE(sequenceDistance(0x10, 0xffff'fff0), -32);
    }

    void payloadInOrderIsNew()
    {
        auto track = startedAt(100);
        QVERIFY(track.addPayload(100, 50, start) == SegmentNovelty::New);
        QVERIFY(track.addPayload(150, 50, start) == SegmentNovelty::New);
        QCOMPARE(track.next(), 200U);
    }

    void payloadSentBeforeIsARetransmission()
    {
        auto track = startedAt(0xffff'ffe0);
        QVERIFY(track.addPayload(0xffff'ffe0, 64, start) == SegmentNovelty::New);
        QVERIFY(track.addPayload(0xffff'ffe0, 64, start + 200ms) == SegmentNovelty::Retransmission);
        QVERIFY(track.addPayload(0, 64, start + 200ms) == SegmentNovelty::Retransmission);
        QCOMPARE(track.next(), 64U);
    }

    void holeFilledAtOnceIsReordering()
    {
        auto track = startedAt(100);
        QVERIFY(track.addPayload(150, 50, start) == SegmentNovelty::New);
        QVERIFY(track.addPayload(100, 50, start + 1ms) == SegmentNovelty::OutOfOrder);
        QVERIFY(track.addPayload(100, 50, start + 2ms) == SegmentNovelty::Retransmission);
    }

    void holeFilledLateIsARetransmissionOfALostSegment()
    {
        auto track = startedAt(100);
        QVERIFY(track.addPayload(150, 50, start) == SegmentNovelty::New);
        QVERIFY(track.addPayload(100, 50, start + 205ms) == SegmentNovelty::Retransmission);
    }

    void oneByteBeforeTheNextIsAKeepAlive()
    {
        auto track = startedAt(100);
        QVERIFY(track.addPayload(100, 50, start) == SegmentNovelty::New);
        QVERIFY(track.addPayload(149, 1, start + 60s) == SegmentNovelty::KeepAlive);
        QCOMPARE(track.next(), 150U);
    }

    void unknownStartIsThatOfTheFirstPayload()
    {
        SequenceTrack track;
        QVERIFY(!track.isStarted());
        QVERIFY(track.addPayload(4711, 9, start) == SegmentNovelty::New);
        QCOMPARE(track.next(), 4720U);
    }

    void finTakesOneNumber()
    {
        auto track = startedAt(100);
        track.addFin(100);
        track.addFin(100);
        QCOMPARE(track.next(), 101U);
    }
};

QTEST_APPLESS_MAIN(TestSequenceTrack)
#include "tst_sequencetrack.moc"
