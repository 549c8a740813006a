// SPDX-FileCopyrightText: The Halfshake authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "models/correlation/upstreamroute.h"

#include "models/base/text.h"

#include <algorithm>
#include <utility>

namespace halfshake {

namespace {

/// A connection that sent something a server could read.
bool hasSpoken(const WireConnection& connection)
{
    return connection.attempt->clientBytes != 0 && connection.isOpeningSeen;
}

/// Who asked for what, by request id.
struct Asked
{
    Endpoint upstream;
    std::uint64_t clientHash; ///< Of $remote_addr.
};

/// The attempts at upstreams that no capture holds, by request id.
std::unordered_map<std::uint64_t, Asked> askedOf(
    const std::vector<LogIndex>& logs, const std::unordered_map<Endpoint, std::vector<Endpoint>>& captured)
{
    std::unordered_map<std::uint64_t, Asked> asked;
    for (const auto& index : logs) {
        for (const auto& attempt : index.log().upstreamAttempts) {
            if (!attempt.endpoint || captured.contains(*attempt.endpoint))
                continue;
            const auto& request = index.log().requests[attempt.request];
            if (const auto id = index.hash(request.requestId))
                asked.emplace(id, Asked{*attempt.endpoint, index.hash(request.clientAddress)});
        }
    }
    return asked;
}

} // namespace

UpstreamRoute::UpstreamRoute(const std::vector<LogIndex>& logs, const Wire& wire)
{
    addDirect(logs, wire);
    addTranslated(logs, wire);
    keepProvenProxies(logs, wire);
    addReadable(wire);
}

const std::vector<Endpoint>& UpstreamRoute::serversOf(const Endpoint& upstream) const
{
    static const std::vector<Endpoint> none;
    const auto it = m_servers.find(upstream);
    return it != m_servers.end() ? it->second : none;
}

void UpstreamRoute::addDirect(const std::vector<LogIndex>& logs, const Wire& wire)
{
    for (const auto& upstream : loggedUpstreams(logs)) {
        const auto& connections = wire.to(upstream);
        if (connections.empty())
            continue;
        m_servers[upstream].push_back(upstream);
        for (const auto connection : connections)
            m_proxies.insert(wire.connections[connection].attempt->client.address);
    }
}

void UpstreamRoute::addTranslated(const std::vector<LogIndex>& logs, const Wire& wire)
{
    const auto asked = askedOf(logs, m_servers);
    if (asked.empty())
        return;
    const auto upstreams = loggedUpstreams(logs);
    for (const auto& request : wire.requests) {
        const auto it = asked.find(request.requestIdHash);
        if (request.requestIdHash == 0 || it == asked.end())
            continue;
        // a request id that the client chose also stands on the connection from the client to the proxy
        const auto& attempt = *wire.connections[request.connection].attempt;
        const bool isFromClient = hashText(toString(attempt.client.address)) == it->second.clientHash;
        if (isFromClient || upstreams.contains(attempt.server) || isProxy(attempt.server.address))
            continue;
        m_proxies.insert(attempt.client.address);
        auto& servers = m_servers[it->second.upstream];
        if (!std::ranges::contains(servers, attempt.server))
            servers.push_back(attempt.server);
    }
}

void UpstreamRoute::keepProvenProxies(const std::vector<LogIndex>& logs, const Wire& wire)
{
    std::unordered_set<std::uint64_t> ids;
    std::unordered_set<std::uint64_t> targets;
    for (const auto& index : logs) {
        for (const auto& request : index.log().requests) {
            ids.insert(index.hash(request.requestId));
            targets.insert(index.hash(request.target));
        }
    }
    ids.erase(0);
    std::unordered_set<IpAddress> proven; // asked for what the logs have
    std::unordered_set<IpAddress> likely;
    std::unordered_set<IpAddress> readable;
    for (const auto& request : wire.requests) {
        const auto& address = wire.connections[request.connection].attempt->client.address;
        if (!m_proxies.contains(address) || request.targetHash == 0)
            continue;
        readable.insert(address);
        if (targets.contains(request.targetHash))
            likely.insert(address);
        if (ids.contains(request.requestIdHash))
            proven.insert(address);
    }
    if (!proven.empty())
        m_proxies = std::move(proven);
    else
        std::erase_if(m_proxies, [&](const IpAddress& address) {
            return readable.contains(address) && !likely.empty() && !likely.contains(address);
        });
}

void UpstreamRoute::addReadable(const Wire& wire)
{
    for (const auto& [server, connections] : wire.connectionsTo) {
        std::size_t spoken = 0;
        std::size_t readable = 0;
        for (const auto connection : connections) {
            if (!hasSpoken(wire.connections[connection]))
                continue;
            ++spoken;
            const auto requests = wire.requestsOf(wire.connections[connection]);
            const auto isText = [](const WireRequest& request) { return request.targetHash != 0; };
            readable += std::ranges::any_of(requests, isText) ? 1u : 0u;
        }
        if (readable != 0 && readable * 2 > spoken)
            m_readable.insert(server);
    }
}

} // namespace halfshake
