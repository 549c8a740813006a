// SPDX-FileCopyrightText: The Halfshake authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "models/base/expected.h"
#include "models/capture/capture.h"

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

namespace halfshake {

/// What client and server said to each other, in order and without what was sent again: plain HTTP/1 as it was written.
struct FollowedStream
{
    /// Bytes one side sent without a word of the other in between.
    struct Part
    {
        bool isFromClient = false;
        EvidenceTime time; ///< Of the packet that brought its first byte.
        std::uint32_t packet = 0; ///< That packet, counted from 1.
        std::uint64_t missingBefore = 0; ///< Bytes that were not captured, lost or beyond the snap length.
        std::string bytes;
    };

    std::vector<Part> parts;
    bool isCut = false; ///< There is more: the limit was reached.
};

/// Follows Capture::attempts[attempt] for at most \a mostBytes. Errors: FileNotReadable, FileChangedSinceImport.
[[nodiscard]] Expected<FollowedStream> followStream(
    const Capture& capture, std::uint32_t attempt, std::size_t mostBytes = std::size_t{1} << 20);

} // namespace halfshake
