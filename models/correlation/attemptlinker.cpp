// SPDX-FileCopyrightText: The Halfshake authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "models/correlation/attemptlinker.h"

#include "models/correlation/linkwriter.h"
#include "models/correlation/startnarrowing.h"

#include <optional>

namespace halfshake {

namespace {

/// A connection found for certain places its neighbours, which may make another one certain, and so on: in practice
/// nothing is gained after a few rounds.
constexpr int mostRounds = 4;

/// When the attempts reached the wire, where there is no doubt.
std::vector<std::optional<TimePoint>> certainOpenings(
    const LinkingInput& input, const Linking& linking, const std::vector<MatchedConnection>& connections)
{
    std::vector<std::optional<TimePoint>> openings(input.requests.attempts.size());
    for (std::size_t a = 0; a < openings.size(); ++a) {
        const auto& match = linking.requests[a];
        if (match.isFound() && match.margin >= certainMargin)
            openings[a] = input.wire.requests[match.request].opening;
    }
    for (std::size_t i = 0; i < connections.size(); ++i) {
        const auto& match = connections[i];
        if (match.isFound() && !match.isReused && match.margin >= certainMargin)
            openings[input.failed[i].attempt] = input.wire.connections[match.connection].start;
    }
    return openings;
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
    std::vector<std::optional<TimePoint>> openings(input.requests.attempts.size());
    for (int round = 0; round < mostRounds; ++round) {
        linking.requests = matchRequests({.requests = input.requests,
            .wire = input.wire,
            .route = input.route,
            .isClockKnown = input.isClockKnown,
            .starts = linking.starts,
            .errorClasses = errorClasses});
        connections = matchConnections({.requests = input.requests,
                                           .wire = input.wire,
                                           .route = input.route,
                                           .starts = linking.starts,
                                           .matchedRequests = linking.requests},
            input.failed);
        auto found = certainOpenings(input, linking, connections);
        if (found == openings)
            break;
        openings = std::move(found);
        linking.starts = startsOf(input.requests, input.clocks);
        narrowStarts(input.requests, input.clocks, openings, linking.starts);
    }

    const LinkWriter writer{input, linking};
    for (std::size_t i = 0; i < input.failed.size(); ++i)
        linking.links.push_back(writer.write(input.failed[i], connections[i]));
    return linking;
}

} // namespace halfshake
