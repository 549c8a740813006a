// SPDX-FileCopyrightText: The Halfshake authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "models/base/timepoint.h"

#include <cstdint>

namespace halfshake {

/// How one pcapng interface counts time (if_tsresol, if_tsoffset).
class PcapngClock
{
public:
    PcapngClock() = default; ///< Microseconds since the epoch, as without options.
    /// \a resolution as in if_tsresol: the highest bit chooses powers of 2 over powers of 10.
    PcapngClock(std::uint8_t resolution, std::int64_t offsetSeconds);

    /// Saturates in the years 1823 and 2116, so that any two times have a difference. Time stamps with the highest bit
    /// set lie before the epoch.
    [[nodiscard]] EvidenceTime toTime(std::uint64_t ticks) const;

private:
    [[nodiscard]] std::int64_t toNanoseconds(std::uint64_t ticks) const;

    std::int64_t m_offsetSeconds = 0;
    std::uint8_t m_exponent = 6;
    bool m_isPowerOfTwo = false;
};

} // namespace halfshake
