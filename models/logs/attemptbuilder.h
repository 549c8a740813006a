// SPDX-FileCopyrightText: The Halfshake authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "models/base/stringpool.h"
#include "models/logs/listgrammar.h"
#include "models/logs/logfield.h"
#include "models/logs/proxyrequest.h"
#include "models/logs/upstreamattempt.h"

#include <array>
#include <cstdint>
#include <optional>
#include <vector>

namespace halfshake {

/// Turns the $upstream_* lists of one request into attempts.
class AttemptBuilder
{
public:
    AttemptBuilder(StringPool& strings, std::vector<UpstreamAttempt>& attempts)
        : m_strings(strings), m_knownPeers{}, m_attempts(attempts)
    {
    }

    /// Appends the attempts of \a request, which is row \a row and has its own times and status already, and notes in
    /// it which they are. Lists of different shape are not zipped: the request is marked misaligned and gets one
    /// attempt with the last status and the last address.
    void append(const AccessFields& fields, ProxyRequest& request, std::uint32_t row);

private:
    void readLists(const AccessFields& fields);
    [[nodiscard]] const UpstreamList* canonicalList() const;
    [[nodiscard]] bool areAligned(const UpstreamList& canonical) const;
    void appendAligned(const UpstreamList& canonical, const ProxyRequest& request, std::uint32_t row);
    void appendLast(const AccessFields& fields, ProxyRequest& request, std::uint32_t row);
    void appendMisaligned(std::uint32_t row);
    void setPeer(UpstreamAttempt& attempt, std::string_view text);
    void inferLastStatus(const ProxyRequest& request, std::size_t first);
    void classify(const ProxyRequest& request, std::size_t first);

    /// The endpoint of an upstream that came before, by its id.
    struct KnownPeer
    {
        StringId upstream;
        std::optional<Endpoint> endpoint;
    };

    StringPool& m_strings;
    std::array<KnownPeer, 256> m_knownPeers;
    std::vector<UpstreamAttempt>& m_attempts;
    UpstreamList m_addresses;
    UpstreamList m_statuses;
    UpstreamList m_responseTimes;
    UpstreamList m_connectTimes;
    UpstreamList m_headerTimes;
    UpstreamList m_responseLengths;
};

} // namespace halfshake
