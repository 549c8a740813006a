// SPDX-FileCopyrightText: The Halfshake authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "models/capture/capture.h"
#include "models/capture/followedstream.h"
#include "models/capture/packetdetails.h"
#include "tests/fuzz/check.h"

#include <algorithm>
#include <cstdint>
#include <string>
#include <string_view>

using namespace halfshake;

namespace {

constexpr std::uint64_t mostPacketsLookedAt = 40;

void append32(std::string& bytes, std::uint32_t value)
{
    for (int shift = 0; shift < 32; shift += 8)
        bytes += static_cast<char>(value >> shift & 0xff);
}

/// Turns the input into a well-formed pcap, so that the search soon reaches decoders and tracker: after a byte for the
/// link type each packet is a byte for the time that passed, one for its length, and that many bytes.
std::string asPackets(std::string_view input)
{
    constexpr std::uint32_t linkTypes[] = {1, 1, 0, 101, 113, 239, 276, 276};
    std::string file;
    append32(file, 0xa1b2c3d4);
    append32(file, 2 | 4 << 16);
    append32(file, 0);
    append32(file, 0);
    append32(file, 262'144);
    append32(file, linkTypes[static_cast<std::uint8_t>(input.front()) % 8]);
    input.remove_prefix(1);
    std::uint32_t milliseconds = 1000;
    while (input.size() > 2) {
        milliseconds += static_cast<std::uint8_t>(input[0]) * 8U;
        const auto packet = input.substr(2, static_cast<std::uint8_t>(input[1]));
        append32(file, milliseconds / 1000);
        append32(file, milliseconds % 1000 * 1000);
        append32(file, static_cast<std::uint32_t>(packet.size()));
        append32(file, static_cast<std::uint32_t>(packet.size()));
        file += packet;
        input.remove_prefix(2 + packet.size());
    }
    return file;
}

void checkAttempts(const Capture& capture)
{
    std::uint32_t nextEvent = 0;
    for (const ConnectionAttempt& attempt : capture.attempts) {
        FUZZ_CHECK(attempt.start <= attempt.end);
        FUZZ_CHECK(attempt.firstPacket >= 1 && attempt.firstPacket <= capture.packets.size());
        FUZZ_CHECK(attempt.packetCount >= 1);
        FUZZ_CHECK(attempt.firstEvent == nextEvent);
        FUZZ_CHECK(attempt.otherLeg == ConnectionAttempt::noLeg || attempt.otherLeg < capture.attempts.size());
        nextEvent += attempt.eventCount;
    }
    FUZZ_CHECK(nextEvent == capture.events.size());
    FUZZ_CHECK(std::ranges::is_sorted(capture.attempts, {}, &ConnectionAttempt::start));
    FUZZ_CHECK(std::ranges::is_sorted(capture.requests, {}, &HttpRequestMark::time));
    for (const HttpRequestMark& request : capture.requests)
        FUZZ_CHECK(request.attempt < capture.attempts.size());
}

void checkStreams(const Capture& capture)
{
    constexpr std::size_t mostBytes = 4096;
    constexpr std::size_t mostFollowed = 8;
    for (std::uint32_t i = 0; i < std::min(capture.attempts.size(), mostFollowed); ++i) {
        const auto stream = followStream(capture, i, mostBytes);
        FUZZ_CHECK(stream.has_value());
        std::size_t bytes = 0;
        for (const auto& part : stream->parts)
            bytes += part.bytes.size();
        FUZZ_CHECK(bytes <= mostBytes);
    }
}

void checkPackets(const Capture& capture)
{
    std::uint64_t duplicates = 0;
    for (std::size_t i = 0; i < capture.packets.size(); ++i) {
        const auto row = capture.packets.row(i);
        FUZZ_CHECK(row.attempt == PacketTable::noAttempt || row.attempt < capture.attempts.size());
        FUZZ_CHECK(row.location.offset + row.location.capturedLength <= capture.bytes->size());
        FUZZ_CHECK(capture.range.contains(row.time));
        duplicates += row.isDuplicate ? 1 : 0;
    }
    FUZZ_CHECK(capture.counts.packets == capture.packets.size());
    FUZZ_CHECK(capture.counts.duplicatePackets <= duplicates);
    FUZZ_CHECK(capture.counts.tcpPackets <= capture.counts.packets);
    for (std::uint64_t number = 1; number <= std::min<std::uint64_t>(capture.packets.size(), mostPacketsLookedAt);
        ++number) {
        const auto details = packetDetails(capture, number);
        FUZZ_CHECK(details.has_value() && !details->layers.empty());
    }
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
    // The first byte chooses between a file as it is and packets that are put into one.
    std::string_view input(reinterpret_cast<const char*>(data), size);
    const bool isPackets = size > 2 && data[0] == 'P';
    JobContext job;
    const auto capture =
        readCapture(memorySource(isPackets ? asPackets(input.substr(1)) : std::string(input)), EvidenceId{0}, job);
    if (!capture)
        return 0;
    checkAttempts(**capture);
    checkPackets(**capture);
    checkStreams(**capture);
    return 0;
}
