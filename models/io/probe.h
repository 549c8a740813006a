// SPDX-FileCopyrightText: The Halfshake authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace halfshake {

/// What a recogniser sees: never the file's name, only its content.
struct ProbeInput
{
    std::string_view head; ///< The first up to 512 KiB.
    std::uint64_t size = 0; ///< Of the whole evidence.
};

/// How sure a recogniser is that it can read an evidence, in percent, and why, for people.
struct ProbeResult
{
    std::uint8_t confidence = 0; ///< 0 = not mine; 100 = magic number.
    std::string reason; ///< "pcapng section header", "98 of 100 lines fit upstreaminfo".
};

} // namespace halfshake
