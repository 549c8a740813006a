// SPDX-FileCopyrightText: The Halfshake authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "models/capture/handshaketracker.h"
#include "models/capture/packetdecoder.h"
#include "tests/support/capturebuilder.h"

#include <QTest>

using namespace halfshake;
using namespace halfshake::test;
using namespace std::chrono_literals;

class TestHandshakeTracker : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void attemptsBeyondTheLimitAreCountedAndOthersGoOn()
    {
        CaptureBuilder builder;
        for (const char* client : {"10.0.0.1:40000", "10.0.0.1:40001", "10.0.0.1:40002"})
            builder.connection(client, "10.0.0.2:80").syn();
        builder.connection("10.0.0.1:40000", "10.0.0.2:80").initialNumbers(7, 8).syn(); // a port used again
        builder.connection("10.0.0.1:40001", "10.0.0.2:80").wait(1ms).synAck();

        EncapsulationTable encapsulations;
        HandshakeTracker tracker(encapsulations, 2);
        PacketView view;
        std::vector<std::uint32_t> attempts;
        const CaptureFile file = builder.file();
        for (const auto& [time, bytes] : file.records) {
            const PacketRecord record{.time = time,
                .bytes = std::as_bytes(std::span(bytes)),
                .originalLength = static_cast<std::uint32_t>(bytes.size()),
                .linkType = file.linkType};
            QVERIFY(decodePacket(record, encapsulations, view) == DecodeTrouble::None);
            attempts.push_back(tracker.addSegment({.view = view, .key = flowKeyOf(view), .time = time, .number = 1}));
        }
        constexpr auto none = PacketTable::noAttempt;
        QCOMPARE(attempts, (std::vector<std::uint32_t>{0, 1, none, none, 1}));
        QCOMPARE(tracker.untrackedSegments(), 2U);
        QCOMPARE(tracker.attempts().size(), 2U);
    }
};

QTEST_APPLESS_MAIN(TestHandshakeTracker)
#include "tst_handshaketracker.moc"
