// SPDX-FileCopyrightText: The Halfshake authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "models/base/strongindex.h"

#include <cstdint>
#include <string>

namespace halfshake {

/// A place in a piece of evidence: where a value was read or a problem was met.
struct SourceRef
{
    EvidenceId evidence{};
    std::uint64_t line = 0; ///< Counted from 1; 0 where the place is no line.
    std::uint64_t packet = 0; ///< Counted from 1 as in Wireshark; 0 where the place is no packet.
    std::uint64_t byteOffset = 0; ///< From the start of the (unpacked) evidence.

    auto operator<=>(const SourceRef&) const noexcept = default;
};

/// "E3", "E3:210" for a line, "E1#4711" for a packet.
[[nodiscard]] std::string toString(const SourceRef& place);

/// "E1" for the first piece of evidence, "" for none.
[[nodiscard]] std::string toString(EvidenceId evidence);

} // namespace halfshake
