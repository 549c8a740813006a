// SPDX-FileCopyrightText: The Halfshake authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "models/logs/wrappertimes.h"

#include "models/logs/attempttimes.h"

#include <algorithm>
#include <chrono>
#include <span>

namespace halfshake {

namespace {

using std::chrono::milliseconds;

/// Between nginx writing a line and the runtime reading it, and what their clocks' cuts to milliseconds may add.
constexpr milliseconds pipeDelay{50};

/// Whether the runtime may have read the line right when it was written.
bool isPrompt(const ProxyRequest& request, EvidenceTime writtenAt)
{
    return writtenAt >= request.loggedAt - pipeDelay && writtenAt <= request.loggedAt + request.resolution + pipeDelay;
}

bool isBuffered(const ProxyLog& log, const std::vector<std::optional<EvidenceTime>>& writtenAt)
{
    std::size_t stated = 0;
    std::size_t prompt = 0;
    for (std::size_t i = 0; i < writtenAt.size(); ++i) {
        const auto& written = writtenAt[i];
        if (!written)
            continue;
        ++stated;
        if (isPrompt(log.requests[i], *written))
            ++prompt;
    }
    return prompt * 20 < stated * 19;
}

void narrow(ProxyLog& log, ProxyRequest& request, EvidenceTime writtenAt)
{
    const auto end = std::min(request.loggedAt + request.resolution, writtenAt + pipeDelay);
    const auto start = std::max(request.loggedAt, writtenAt - pipeDelay);
    if (request.resolution < std::chrono::seconds{1} || start >= end)
        return;
    request.loggedAt = start;
    request.resolution = end - start;
    const auto attempts = std::span{log.upstreamAttempts}.subspan(request.firstAttempt, request.attemptCount);
    if (std::ranges::any_of(attempts, &UpstreamAttempt::isStartKnown))
        setStartIntervals(attempts, request);
}

} // namespace

void narrowByWrapperTimes(ProxyLog& log, const std::vector<std::optional<EvidenceTime>>& writtenAt)
{
    if (isBuffered(log, writtenAt))
        return;
    for (std::size_t i = 0; i < writtenAt.size(); ++i) {
        if (const auto& written = writtenAt[i])
            narrow(log, log.requests[i], *written);
    }
}

} // namespace halfshake
