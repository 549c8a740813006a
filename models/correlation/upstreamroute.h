// SPDX-FileCopyrightText: The Halfshake authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "models/correlation/logindex.h"
#include "models/correlation/wire.h"

#include <cstdint>
#include <unordered_map>
#include <unordered_set>
#include <vector>

namespace halfshake {

/// Where on the wire the upstream addresses of the logs are found.
///
/// A capture behind a service address shows the pod instead: such a translation is learnt from request ids that stand
/// in both.
class UpstreamRoute
{
public:
    UpstreamRoute(const std::vector<LogIndex>& logs, const Wire& wire);

    /// Servers on the wire that stand for a logged upstream; itself first. Empty where the captures hold none.
    [[nodiscard]] const std::vector<Endpoint>& serversOf(const Endpoint& upstream) const;
    /// Whether the proxy that wrote the logs opens connections from this host. Health checks and other proxies turn to
    /// the same upstreams; they are told apart where the captures show request ids.
    [[nodiscard]] bool isProxy(const IpAddress& address) const { return m_proxies.contains(address); }
    [[nodiscard]] bool knowsProxy() const { return !m_proxies.empty(); }
    /// Whether the captures show the text of requests to a server: then a request without its text went elsewhere.
    [[nodiscard]] bool isReadable(const Endpoint& server) const { return m_readable.contains(server); }

private:
    void addDirect(const std::vector<LogIndex>& logs, const Wire& wire);
    void addTranslated(const std::vector<LogIndex>& logs, const Wire& wire);
    void keepProvenProxies(const std::vector<LogIndex>& logs, const Wire& wire);
    void addReadable(const Wire& wire);

    std::unordered_map<Endpoint, std::vector<Endpoint>> m_servers;
    std::unordered_set<IpAddress> m_proxies;
    std::unordered_set<Endpoint> m_readable;
};

} // namespace halfshake
