// SPDX-FileCopyrightText: The Halfshake authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "models/base/strongindex.h"

#include <compare>
#include <cstdint>

namespace halfshake {

/// What kind of thing an ObjectRef names.
enum class ObjectKind : std::uint8_t {
    None,
    Evidence, ///< index unused
    Packet, ///< index = packet number - 1 in the capture
    Connection, ///< index = row of Capture::attempts
    Request, ///< index = row of ProxyLog::requests
    UpstreamAttempt, ///< index = row of ProxyLog::upstreamAttempts
    ErrorEntry, ///< index = row of ProxyLog::errors
    Line, ///< index = line number - 1 in a text evidence
    Parameter, ///< index = row of ParameterStore::parameters of the snapshot; evidence invalid
    Finding, ///< index = row of FindingSet::findings; evidence invalid
    Cause, ///< index = row of Diagnosis::causes; evidence invalid
};

/// Names anything a user can click: the one typed id that travels between models and views.
struct ObjectRef
{
    ObjectKind kind = ObjectKind::None;
    EvidenceId evidence{};
    std::uint32_t index = 0;

    [[nodiscard]] constexpr bool isValid() const noexcept { return kind != ObjectKind::None; }
    constexpr auto operator<=>(const ObjectRef&) const noexcept = default;
};

} // namespace halfshake
