// SPDX-FileCopyrightText: The Halfshake authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "models/capture/capture.h"
#include "models/logs/proxylog.h"

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace halfshake::test {

/// An address "10.0.0.1:80" as a value; the text must be one.
[[nodiscard]] Endpoint endpoint(std::string_view text);

/// A connection as the wire had it. Instants count from testStart() by the true clock.
struct BuiltConnection
{
    Endpoint client;
    Endpoint server;
    Duration at{0}; ///< First packet.
    Duration length{std::chrono::milliseconds{2}};
    HandshakeOutcome outcome = HandshakeOutcome::Completed;
    std::uint32_t initialSequenceNumber = 0; ///< 0: one of its own.
    std::vector<Duration> synRepeats = {}; ///< After the first SYN.
    std::vector<Duration> synAcks = {}; ///< After the first SYN; the second and later are repeats.
    std::optional<Duration> serverReset = {}; ///< After the first packet.
    std::optional<Duration> serverFin = {};
    VantagePoint vantage = VantagePoint::Client;
};

/// An HTTP request on a connection.
struct BuiltMark
{
    std::uint32_t connection = 0; ///< As BuiltCapture::add() numbered it.
    Duration at{0}; ///< From testStart().
    std::string target = {};
    std::string requestId = {};
    std::uint16_t status = 200; ///< Of the response; 0 for none.
    Duration responseAfter{std::chrono::milliseconds{1}};
};

/// Puts a Capture together value by value, by a clock that may be wrong.
class BuiltCapture
{
public:
    explicit BuiltCapture(EvidenceId evidence, Duration clockOffset = Duration{0});

    std::uint32_t add(const BuiltConnection& connection);
    void add(const BuiltMark& mark);
    void setLinkType(LinkType type);
    /// Adds \a delay to everything from now on: a capture point further down the path.
    void setPathDelay(Duration delay) { m_pathDelay = delay; }
    [[nodiscard]] std::shared_ptr<const Capture> build();

private:
    void addEvents(ConnectionAttempt& attempt, const BuiltConnection& connection);

    Capture m_capture;
    Duration m_clockOffset;
    Duration m_pathDelay{0};
    std::uint32_t m_packets = 0;
};

/// One try of a request as nginx logs it.
struct BuiltAttempt
{
    Endpoint upstream;
    Duration length{std::chrono::milliseconds{1}};
    std::optional<std::uint16_t> status = 200;
    ErrorClass errorClass = ErrorClass::None;
};

/// A request as nginx logs it. Its end follows from start and lengths.
struct BuiltRequest
{
    Duration at{0}; ///< Start, from testStart() by the true clock.
    std::vector<BuiltAttempt> attempts;
    std::string target = {};
    std::string requestId = {};
    std::string client = "10.20.0.5";
    std::uint16_t status = 200;
    Duration tail{0}; ///< From the end of the last attempt to the end of the request.
};

/// An entry of the error log.
struct BuiltError
{
    Duration at{0};
    ErrorClass errorClass = ErrorClass::SynExhausted;
    Endpoint upstream;
    std::string target;
    std::string client = "10.20.0.5";
};

/// Puts a ProxyLog together value by value, by a clock that may be wrong and as coarse as asked for.
class BuiltLog
{
public:
    BuiltLog(EvidenceId evidence, Duration resolution, Duration clockOffset = Duration{0});

    std::uint32_t add(const BuiltRequest& request);
    std::uint32_t add(const BuiltError& error);
    [[nodiscard]] std::shared_ptr<const ProxyLog> build();

private:
    ProxyLog m_log;
    Duration m_resolution;
    Duration m_clockOffset;
};

} // namespace halfshake::test
