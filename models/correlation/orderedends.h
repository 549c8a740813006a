// SPDX-FileCopyrightText: The Halfshake authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "models/base/timepoint.h"

#include <cstdint>
#include <limits>
#include <optional>
#include <span>
#include <vector>

namespace halfshake {

/// When a request would have ended if a certain connection had carried one of its attempts.
struct PossibleEnd
{
    static constexpr std::uint32_t known = std::numeric_limits<std::uint32_t>::max();

    TimePoint earliest;
    TimePoint latest;
    /// Into Wire::connections; carries one attempt only. \c known: the end is certain, whatever the connection.
    std::uint32_t connection = known;
};

/// A proxy writes its log lines in the order in which requests end. Of all ways to give each request one of its
/// possible ends, those that explain most requests in that order remain.
///
/// \a inFileOrder: the possible ends of each request; none where nothing is known. Returns the span of the ends that
/// remain; nothing where none was given or none remains.
[[nodiscard]] std::vector<std::optional<PossibleEnd>> orderedEnds(
    std::span<const std::vector<PossibleEnd>> inFileOrder);

} // namespace halfshake
