// SPDX-FileCopyrightText: The Halfshake authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "models/diagnosis/diagnosis.h"
#include "models/rules/ruleengine.h"

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace halfshake::test {

/// A connection as the capture on the proxy's host saw it.
struct StoryConnection
{
    std::uint16_t clientPort = 40'000;
    std::string server = "10.244.1.11:8080";
    HandshakeOutcome outcome = HandshakeOutcome::Completed;
    int at = 0; ///< Seconds after the start.
    int length = 0; ///< Seconds.
    bool ignoresAck = false; ///< The server repeated its SYN/ACK after the ACK.
    bool isClosedByServer = false;
    std::uint16_t synRetransmissions = 0;
    std::uint32_t dataRetransmissions = 0;
};

/// A failed upstream attempt and the connection that carried it.
struct StoryAttempt
{
    ErrorClass errorClass = ErrorClass::SynExhausted;
    std::uint16_t status = 502;
    std::string upstream = "10.244.1.11:8080";
    std::optional<std::uint32_t> connection = {}; ///< As addConnection() numbered it.
    bool isReused = false;
    bool hasErrorEntry = false;
    std::optional<std::uint16_t> statusOnWire = {};
};

/// An incident put together by hand, with what correlation would have made of it.
class Story
{
public:
    Story();

    std::uint32_t addConnection(const StoryConnection& connection);
    /// Successful connections from odd ports on, one each second.
    void addCompleted(int count, std::uint16_t firstPort = 40'001, const std::string& server = "10.244.1.11:8080");
    void addAttempt(const StoryAttempt& attempt);
    void addSucceeded(int count, const std::string& upstream = "10.244.1.11:8080");
    void addErrorEntry(ErrorClass errorClass);

    void addDump(const std::string& range, const std::string& reserved = "");
    void addServices(const std::vector<std::uint16_t>& nodePorts);
    void addProxyMode(const std::string& mode);
    void addRewritingPod();
    /// The same connections from the inside of the server's host; those named never got there.
    void addServerCapture(const std::string& server, const std::vector<std::uint32_t>& missing = {});

    void withoutCapture();
    void withoutAccessLog();

    [[nodiscard]] std::vector<Cause> diagnose() const;
    /// "nodeport-collision confirmed 5/5" of the best cause.
    [[nodiscard]] std::string verdict() const;
    /// The same of one cause, without its name.
    [[nodiscard]] std::string verdictOf(const std::string& cause) const;

private:
    ParameterFile& addFile(ParameterFileKind kind, const std::string& label);
    [[nodiscard]] Correlation correlation() const;

    std::shared_ptr<Capture> m_capture;
    std::vector<std::shared_ptr<Capture>> m_serverCaptures;
    std::vector<std::pair<std::uint32_t, ObjectRef>> m_seenAtServer; ///< By connection.
    std::shared_ptr<ProxyLog> m_log;
    std::vector<Link> m_links;
    std::vector<std::shared_ptr<ParameterFile>> m_files;
    std::map<EvidenceId, ParameterScope> m_scopes;
    bool m_hasCapture = true;
    bool m_hasAccessLog = true;
};

} // namespace halfshake::test
