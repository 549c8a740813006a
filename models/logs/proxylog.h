// SPDX-FileCopyrightText: The Halfshake authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "models/base/diagnosticlog.h"
#include "models/base/jobcontext.h"
#include "models/base/stringpool.h"
#include "models/io/bytesource.h"
#include "models/io/probe.h"
#include "models/logs/applicationentry.h"
#include "models/logs/errorentry.h"
#include "models/logs/kernelentry.h"
#include "models/logs/logformatdefinition.h"
#include "models/logs/proxyrequest.h"
#include "models/logs/upstreamattempt.h"

#include <chrono>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace halfshake {

/// How the zone of a log's timestamps is known.
enum class ZoneOrigin : std::uint8_t { Written, Assumed, Inferred, Typed };

struct ProxyLogCounts
{
    std::uint64_t lines = 0; ///< Physical, or records of a JSON document; always the sum of the eight below.
    std::uint64_t requests = 0;
    std::uint64_t errorEntries = 0;
    std::uint64_t applicationEntries = 0;
    std::uint64_t kernelEntries = 0;
    std::uint64_t continuationLines = 0; ///< Belong to the entry before them.
    std::uint64_t otherLines = 0; ///< Of other programs in the same stream: klog, the Go runtime.
    std::uint64_t blankLines = 0;
    std::uint64_t unparsedLines = 0;
    std::uint64_t misalignedRequests = 0;
    std::uint64_t partlyParsedRequests = 0;
};

/// What was read from one log: entries of a proxy's access and error log, of an application, of the kernel, alone or
/// mixed. Immutable once handed out.
struct ProxyLog
{
    EvidenceId evidence;
    std::string format; ///< "ingress-nginx upstreaminfo", "nginx combined", "nginx error log", "JSON", ...
    ZoneOrigin zoneOrigin = ZoneOrigin::Written;
    std::chrono::seconds assumedZone{0}; ///< East of UTC, for lines that state none; already applied.
    ProxyLogCounts counts;
    std::vector<ProxyRequest> requests; ///< In file order.
    std::vector<UpstreamAttempt> upstreamAttempts; ///< By request, then index.
    std::vector<ErrorEntry> errors; ///< In file order.
    std::vector<ApplicationEntry> applicationEntries; ///< In file order.
    std::vector<KernelEntry> kernelEntries; ///< In file order.
    StringPool strings;
    EvidenceTimeRange range; ///< Of the logged instants; end exclusive.
    DiagnosticLog diagnostics;
    std::shared_ptr<const ByteSource> bytes; ///< For looking at lines again; UTF-8 where the evidence is UTF-16.

    [[nodiscard]] std::string_view text(StringId id) const
    {
        return id.isValid() ? strings.view(id) : std::string_view{};
    }
};

/// Corrections of the user that change how lines are read.
struct ProxyLogOptions
{
    std::optional<std::chrono::seconds> zone = {}; ///< For timestamps without one; UTC is assumed otherwise.
    std::vector<LogFormatDefinition> formats = {}; ///< Candidates besides the built-in ones: see logFormatsIn().
    /// No line is later than a day after this, which gives years to stamps that have none: when the file was changed.
    std::optional<EvidenceTime> changedAt = {};
};

[[nodiscard]] ProbeResult probeProxyLog(const ProbeInput& input, const ProxyLogOptions& options = {});

/// Reads a whole log; every line is an entry, a continuation, blank, or counted as unparsed with its place.
/// Errors: LogFormatUnknown, Cancelled, FileNotReadable.
[[nodiscard]] Expected<std::shared_ptr<const ProxyLog>> readProxyLog(std::shared_ptr<const ByteSource> source,
    EvidenceId evidence, JobContext& job, const ProxyLogOptions& options = {});

} // namespace halfshake
