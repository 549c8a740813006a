// SPDX-FileCopyrightText: The Halfshake authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "models/correlation/attemptlinker.h"

#include "models/correlation/linkwriter.h"
#include "models/correlation/startlag.h"
#include "models/correlation/startnarrowing.h"

#include <algorithm>
#include <optional>

namespace halfshake {

namespace {

/// A connection found for certain places its neighbours, which may make another one certain, and so on: in practice
/// nothing is gained after a few rounds.
constexpr int mostRounds = 4;

/// When the attempts reached the wire, or may have.
Openings openingsOf(
    const LinkingInput& input, const Linking& linking, const std::vector<MatchedConnection>& connections)
{
    Openings openings;
    openings.certain.resize(input.requests.attempts.size());
    openings.possible.resize(input.requests.attempts.size());
    for (std::size_t a = 0; a < openings.certain.size(); ++a) {
        const auto& match = linking.requests[a];
        if (match.isFound() && match.margin >= certainMargin)
            openings.certain[a] = input.wire.requests[match.request].opening;
    }
    const auto startOf = [&](std::uint32_t connection) { return input.wire.connections[connection].start; };
    for (std::size_t i = 0; i < connections.size(); ++i) {
        const auto& match = connections[i];
        if (!match.isFound() || match.isReused)
            continue;
        const auto attempt = input.failed[i].attempt;
        if (match.margin >= certainMargin) {
            openings.certain[attempt] = startOf(match.connection);
            continue;
        }
        auto& possible = openings.possible[attempt];
        possible.push_back({match.connection, startOf(match.connection)});
        for (const auto rival : match.rivals)
            possible.push_back({rival, startOf(rival)});
    }
    return openings;
}

/// The logs that another proxy wrote: requests to the same upstreams can be read, and none is of this log.
std::vector<bool> foreignLogs(const LinkingInput& input, const std::vector<MatchedRequest>& matches)
{
    constexpr std::uint32_t enough = 20;
    std::vector<std::uint32_t> expected(input.requests.logs.size());
    std::vector<std::uint32_t> found(input.requests.logs.size());
    for (std::size_t a = 0; a < matches.size(); ++a) {
        const auto& attempt = input.requests.attempts[a];
        const auto& row = input.requests.attemptRow(attempt);
        if (row.hasFailed() || !row.endpoint)
            continue;
        const auto& servers = input.route.serversOf(*row.endpoint);
        const auto isReadable = [&](const Endpoint& server) { return input.route.isReadable(server); };
        const auto log = input.requests.mostPrecise(attempt).log;
        expected[log] += std::ranges::any_of(servers, isReadable) ? 1u : 0u;
        found[log] += matches[a].isFound() ? 1u : 0u;
    }
    std::vector<bool> isForeign;
    for (std::size_t l = 0; l < expected.size(); ++l)
        isForeign.push_back(expected[l] >= enough && found[l] == 0);
    return isForeign;
}

/// Whether every failed attempt that can have a connection has one beyond doubt: then nothing is left to learn.
bool isAllDecided(const LinkingInput& input, const Linking& linking, const std::vector<MatchedConnection>& connections)
{
    for (std::size_t i = 0; i < input.failed.size(); ++i) {
        const auto& request = linking.requests[input.failed[i].attempt];
        const bool isByRequest = request.isFound() && request.margin >= certainMargin;
        const bool isByConnection = connections[i].isFound() && connections[i].margin >= certainMargin;
        if (!isByRequest && !isByConnection)
            return false;
    }
    return true;
}

} // namespace

Linking linkAttempts(const LinkingInput& input)
{
    std::vector<ErrorClass> errorClasses(input.requests.attempts.size(), ErrorClass::None);
    for (const auto& failed : input.failed)
        errorClasses[failed.attempt] = failed.errorClass == ErrorClass::None ? ErrorClass::Other : failed.errorClass;

    Linking linking;
    linking.starts = startsOf(input.requests, input.clocks);
    std::vector<MatchedConnection> connections;
    Openings openings;
    for (int round = 0; round < mostRounds; ++round) {
        const RequestSearch search{.requests = input.requests,
            .wire = input.wire,
            .route = input.route,
            .isClockKnown = input.isClockKnown,
            .starts = linking.starts,
            .errorClasses = errorClasses};
        linking.requests = matchRequests(search);
        const auto lags = measureStartLags(search, linking.requests);
        const auto isForeign = foreignLogs(input, linking.requests);
        applyStartLags(input.requests, lags, linking.starts);
        connections = matchConnections({.requests = input.requests,
                                           .wire = input.wire,
                                           .route = input.route,
                                           .starts = linking.starts,
                                           .matchedRequests = linking.requests,
                                           .isForeign = isForeign},
            input.failed);
        if (isAllDecided(input, linking, connections))
            break;
        auto found = openingsOf(input, linking, connections);
        if (found == openings)
            break;
        openings = std::move(found);
        linking.starts = startsOf(input.requests, input.clocks);
        applyStartLags(input.requests, lags, linking.starts);
        narrowStarts(input.requests, input.clocks, openings, linking.starts);
    }

    const LinkWriter writer{input, linking};
    for (std::size_t i = 0; i < input.failed.size(); ++i)
        linking.links.push_back(writer.write(input.failed[i], connections[i]));
    return linking;
}

} // namespace halfshake
