// SPDX-FileCopyrightText: The Halfshake authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "models/base/diagnosticlog.h"
#include "models/capture/capture.h"
#include "models/io/bytesource.h"
#include "models/io/lineindex.h"
#include "models/logs/proxylog.h"
#include "models/parameters/parameterfile.h"

#include <cstdint>
#include <memory>
#include <optional>
#include <string>

namespace halfshake {

/// What a piece of evidence is, decided by its content.
enum class EvidenceKind : std::uint8_t {
    Capture,
    ProxyLog,
    Parameters,
    Text, ///< Readable text in no format this program knows: shown, not analysed.
    Unknown ///< Could not be read or recognised.
};

enum class EvidenceState : std::uint8_t { Waiting, Reading, Read, Failed, Cancelled };

/// One input of the incident: a file, an archive member or pasted text, and what was read from it. Never changes once
/// handed out; a new state is a new object.
struct Evidence
{
    EvidenceId id;
    std::string path; ///< As given, "archive!member" for a member; "pasted text 1" for pasted text.
    std::string name; ///< Short: the last part of the path.
    std::uint64_t size = 0; ///< Bytes, unpacked.
    std::string sha256; ///< Of the unpacked bytes, lower-case hexadecimal; "" until known.
    EvidenceKind kind = EvidenceKind::Unknown;
    std::string format; ///< "pcapng", "ingress-nginx upstreaminfo", "sysctl dump"
    std::string kindReason; ///< Why the kind was chosen, for people.
    EvidenceState state = EvidenceState::Waiting;
    std::optional<Diagnostic> error; ///< Why there is no result.
    DiagnosticLog diagnostics; ///< What was skipped or doubted.
    std::uint64_t records = 0; ///< Packets, lines or parameters.
    std::optional<EvidenceTimeRange> range;

    std::shared_ptr<const ByteSource> bytes; ///< UTF-8 where the evidence is UTF-16.
    std::shared_ptr<const LineIndex> lines; ///< Of text evidence.
    std::shared_ptr<const Capture> capture;
    std::shared_ptr<const ProxyLog> log;
    std::shared_ptr<const ParameterFile> parameters;
};

/// "capture", "access_log", "error_log", "application_log", "kernel_log", "sysctl", "kubernetes",
/// "nginx_configuration", "text", "unknown"; as in the analysis schema.
[[nodiscard]] std::string kindName(const Evidence& evidence);

} // namespace halfshake
