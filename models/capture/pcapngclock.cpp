// SPDX-FileCopyrightText: The Halfshake authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "models/capture/pcapngclock.h"

#include <algorithm>
#include <array>
#include <limits>

namespace halfshake {

namespace {

constexpr std::uint64_t nanosecondsPerSecond = 1'000'000'000;
// Half of what 64 bits of nanoseconds hold: the difference of any two times still fits.
constexpr std::int64_t furthestSecond = std::numeric_limits<std::int64_t>::max() / 2 / 1'000'000'000 - 1;

constexpr auto powersOfTen = [] {
    std::array<std::uint64_t, 20> powers{};
    std::uint64_t power = 1;
    for (auto& entry : powers) {
        entry = power;
        power *= 10; // wraps after the last one that fits
    }
    return powers;
}();

struct SecondAndFraction
{
    std::uint64_t seconds = 0;
    std::uint64_t nanoseconds = 0;
};

SecondAndFraction splitDecimal(std::uint64_t ticks, unsigned exponent)
{
    if (exponent >= powersOfTen.size())
        return {};
    const std::uint64_t perSecond = powersOfTen[exponent];
    const std::uint64_t fraction = ticks % perSecond;
    return {
        ticks / perSecond, exponent <= 9 ? fraction * powersOfTen[9 - exponent] : fraction / powersOfTen[exponent - 9]};
}

SecondAndFraction splitBinary(std::uint64_t ticks, unsigned exponent)
{
    if (exponent >= 64)
        return {};
    const std::uint64_t seconds = ticks >> exponent;
    std::uint64_t fraction = ticks - (seconds << exponent);
    // 30 bits are finer than a nanosecond and leave room for the multiplication.
    const unsigned kept = std::min(exponent, 30U);
    fraction >>= exponent - kept;
    return {seconds, (fraction * nanosecondsPerSecond) >> kept};
}

} // namespace

PcapngClock::PcapngClock(std::uint8_t resolution, std::int64_t offsetSeconds)
    : m_offsetSeconds(std::clamp(offsetSeconds, -furthestSecond, furthestSecond))
    , m_exponent(resolution & 0x7f)
    , m_isPowerOfTwo((resolution & 0x80) != 0)
{
}

EvidenceTime PcapngClock::toTime(std::uint64_t ticks) const
{
    constexpr auto highestBit = std::uint64_t{1} << 63;
    // Written for a time before the epoch by tools that count in signed numbers.
    const std::int64_t sinceEpoch = (ticks & highestBit) != 0 ? -toNanoseconds(~ticks + 1) : toNanoseconds(ticks);
    const std::int64_t furthest = furthestSecond * std::int64_t{nanosecondsPerSecond};
    const std::int64_t offset = m_offsetSeconds * std::int64_t{nanosecondsPerSecond};
    return EvidenceTime{Duration{std::clamp(sinceEpoch + offset, -furthest, furthest)}};
}

std::int64_t PcapngClock::toNanoseconds(std::uint64_t ticks) const
{
    const auto [seconds, nanoseconds] =
        m_isPowerOfTwo ? splitBinary(ticks, m_exponent) : splitDecimal(ticks, m_exponent);
    const auto within = static_cast<std::int64_t>(std::min<std::uint64_t>(seconds, furthestSecond));
    return within * std::int64_t{nanosecondsPerSecond} + static_cast<std::int64_t>(nanoseconds);
}

} // namespace halfshake
