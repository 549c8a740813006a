// SPDX-FileCopyrightText: The Halfshake authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "models/base/diagnosticlog.h"
#include "models/base/jobcontext.h"
#include "models/base/strongindex.h"
#include "models/capture/captureinterface.h"
#include "models/capture/connectionattempt.h"
#include "models/capture/impliedsetting.h"
#include "models/capture/packettable.h"
#include "models/capture/vantagepoint.h"
#include "models/io/bytesource.h"
#include "models/io/probe.h"

#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace halfshake {

/// A client payload that begins with an HTTP/1 request line: ties log lines to reused connections.
struct HttpRequestMark
{
    EvidenceTime time;
    std::uint32_t attempt = 0; ///< Into Capture::attempts.
    std::uint32_t packet = 0; ///< Counted from 1.
    std::uint64_t targetHash = 0; ///< hashText() of the request target; 0 where the request line is cut off.
    std::uint64_t requestIdHash = 0; ///< hashText() of the X-Request-ID header; 0 where it was not seen.
    std::uint16_t responseStatus = 0; ///< Of the response that followed; 0 = none was seen.
    EvidenceTime responseTime; ///< First byte of that response, where there is a status.
};

/// Counts over every record of the file, as tshark counts them (headers quoted in ICMP errors excepted);
/// those about repeats are after folding duplicates.
struct CaptureCounts
{
    std::uint64_t packets = 0;
    std::uint64_t tcpPackets = 0;
    std::uint64_t duplicatePackets = 0;
    std::uint64_t syn = 0;
    std::uint64_t synAck = 0;
    std::uint64_t rst = 0;
    std::uint64_t synRetransmissions = 0;
    std::uint64_t synAckRetransmissions = 0;
    std::uint64_t synAckReissues = 0;
    std::uint64_t dataSegments = 0; ///< With payload, of all connections.
    std::uint64_t dataRetransmissions = 0;
    std::uint64_t icmpErrors = 0;
    std::uint64_t undecodable = 0;
};

/// What was read from one capture. Immutable once handed out.
struct Capture
{
    EvidenceId evidence;
    std::string format; ///< "pcap", "pcap (nanoseconds)", "pcapng"
    std::vector<CaptureInterface> interfaces;
    PacketTable packets;
    std::vector<ConnectionAttempt> attempts; ///< By start.
    std::vector<HandshakeEvent> events;
    std::vector<HttpRequestMark> requests; ///< By time.
    std::vector<ImpliedSetting> impliedSettings; ///< By host: what its ladders say about its kernel.
    CaptureCounts counts;
    VantagePoint vantage = VantagePoint::Unknown; ///< Of most attempts; one host can be the client of some and the
                                                  ///< server of others, see ConnectionAttempt::vantage.
    std::vector<std::string> vantageSignals; ///< What voted, in words of the field: "SYN sent with TTL 64".
    EvidenceTimeRange range; ///< First to last packet.
    DiagnosticLog diagnostics;
    std::shared_ptr<const ByteSource> bytes; ///< For looking at packets again.
};

[[nodiscard]] ProbeResult probeCapture(const ProbeInput& input);

/// Reads a whole capture. A truncated or damaged tail gives what was read before it, and a diagnostic.
/// Errors: UnknownFormat, CaptureDamaged where not even the first block can be read, Cancelled.
[[nodiscard]] Expected<std::shared_ptr<const Capture>> readCapture(
    std::shared_ptr<const ByteSource> source, EvidenceId evidence, JobContext& job);

} // namespace halfshake
