// SPDX-FileCopyrightText: The Halfshake authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "models/base/timepoint.h"
#include "models/logs/timestamp.h"

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace halfshake {

/// What container runtimes, shippers and log services put around a line.
enum class WrapperKind : std::uint8_t {
    Cri, ///< "2026-11-23T11:31:46.450210094+08:00 stdout F " (containerd, CRI-O); P marks a part of a line.
    DockerJson, ///< {"log":"...\n","stream":"stdout","time":"..."}; no newline at the end marks a part.
    KubectlPrefix, ///< "[pod/NAME/CONTAINER] " (kubectl logs --prefix)
    Compose, ///< "name-1  | " (docker compose logs)
    Syslog, ///< RFC 3164 and rsyslog's ISO variant: "Nov 23 11:31:45 host tag[pid]: ".
    Syslog5424, ///< "<171>1 2026-11-23T03:31:45Z host app - - - "
    Journal, ///< {"__REALTIME_TIMESTAMP":"...","MESSAGE":"..."} (journalctl -o json)
    JsonRecord, ///< {"labels":{...},"line":"...","timestamp":"..."} (logcli), {"@timestamp":"...","message":"..."}, ...
    Timestamp, ///< "2026-11-23T03:31:46.450200081Z " (kubectl logs --timestamps)
};

inline constexpr std::array allWrapperKinds{WrapperKind::Cri, WrapperKind::DockerJson, WrapperKind::KubectlPrefix,
    WrapperKind::Compose, WrapperKind::Syslog, WrapperKind::Syslog5424, WrapperKind::Journal, WrapperKind::JsonRecord,
    WrapperKind::Timestamp};

/// "CRI", "docker json-file", ...
[[nodiscard]] std::string_view toString(WrapperKind kind);

/// A line out of one wrapper.
struct PeeledLine
{
    std::string_view text; ///< Into the wrapped line, or into the buffer given.
    std::string_view stream; ///< "stdout", a pod, ...; "" where the wrapper names none.
    std::optional<EvidenceTime> writtenAt; ///< When the wrapper got the line; none where it says no exact time.
    bool isPart = false; ///< More of the same line follows in the same stream.
    std::string_view program = {}; ///< Of syslog and the journal: "kernel", "nginx"; "" elsewhere.
    std::optional<LogInstant> stamp = {}; ///< Of RFC 3164, which has no year: as if it were 2000.
};

/// Takes the wrapper off, or nothing where \a line has no such wrapper. \a buffer holds text whose escapes were undone.
[[nodiscard]] std::optional<PeeledLine> peel(WrapperKind kind, std::string_view line, std::string& buffer);

} // namespace halfshake
