// SPDX-FileCopyrightText: The Halfshake authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "models/capture/translationfinder.h"

#include "models/capture/duplicatefilter.h"
#include "models/capture/hashing.h"

#include <chrono>
#include <cstdlib>

namespace halfshake {

namespace {

/// What address translation leaves as it is.
std::uint64_t identityOf(const PacketView& view)
{
    const TcpSegment& tcp = view.tcp;
    std::uint64_t hash = mixed(0, std::uint64_t{tcp.sequence} << 32 | tcp.acknowledgment);
    hash = mixed(hash, std::uint64_t{tcp.timestampValue} << 32 | tcp.timestampEcho);
    return mixed(hash, std::uint64_t{tcp.payloadLength} << 32 | std::uint64_t{tcp.flags} << 16 | view.ipIdentification);
}

} // namespace

std::uint32_t TranslationFinder::add(const PacketView& view, EvidenceTime time, std::uint32_t attempt)
{
    const std::uint64_t identity = identityOf(view);
    Sighting& sighting = m_sightings[identity % slots];
    const bool isOtherLeg = sighting.identity == identity && sighting.attempt != none && sighting.attempt != attempt
        && std::chrono::abs(time - sighting.time) <= DuplicateFilter::window
        && std::abs(int{sighting.hopLimit} - int{view.hopLimit}) == 1;
    const std::uint32_t other = sighting.attempt;
    if (isOtherLeg)
        return other;
    sighting = {.identity = identity, .time = time, .attempt = attempt, .hopLimit = view.hopLimit};
    return none;
}

} // namespace halfshake
