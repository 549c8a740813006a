// SPDX-FileCopyrightText: The Halfshake authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "models/diagnosis/diagnosis.h"
#include "models/diagnosis/serverhistory.h"
#include "models/rules/value.h"

#include <cstdint>
#include <map>
#include <optional>
#include <span>
#include <vector>

namespace halfshake {

/// What expressions see of a connection: connection.* in resources/causes/README.md.
class ConnectionVariables
{
public:
    ConnectionVariables(const DiagnosisInput& input, const ServerHistory& servers);

    /// Null where the reference names no connection of the captures.
    [[nodiscard]] const ConnectionAttempt* find(ObjectRef connection) const;

    /// How a failed attempt used a connection.
    struct Use
    {
        bool isReused = false;
        std::uint16_t status = 0; ///< That the log says was answered; 0 = none.
        std::optional<Duration> length{}; ///< How long the attempt lasted: what is answered later is not answered.
    };
    /// \a others are the same connection in other captures.
    [[nodiscard]] Value variablesOf(ObjectRef nearest, std::span<const ObjectRef> others, Use use) const;

private:
    [[nodiscard]] const Capture* captureOf(EvidenceId evidence) const;
    [[nodiscard]] std::span<const HttpRequestMark> requestsOf(ObjectRef connection) const;
    void addSighting(ObjectRef connection, Use use, ValueMap& variables) const;
    void addServerSighting(ObjectRef connection, Use use, ValueMap& variables) const;
    [[nodiscard]] bool isLastUnanswered(ObjectRef connection, Use use) const;
    void addServer(ObjectRef connection, ValueMap& variables) const;
    void addRequests(ObjectRef connection, Use use, ValueMap& variables) const;

    const DiagnosisInput& m_input;
    const ServerHistory& m_servers;
    std::map<ObjectRef, std::vector<HttpRequestMark>> m_requests; ///< Of connections that links name.
};

} // namespace halfshake
