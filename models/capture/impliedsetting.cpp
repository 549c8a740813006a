// SPDX-FileCopyrightText: The Halfshake authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "models/capture/impliedsetting.h"

#include "models/capture/backoffladder.h"
#include "models/capture/capture.h"

#include <algorithm>
#include <map>
#include <utility>

namespace halfshake {

namespace {

using Key = std::pair<IpAddress, WireSetting>;

class Collector
{
public:
    void add(WireSetting setting, const IpAddress& host, RetryRange range, std::uint32_t attempt)
    {
        const auto [it, isNew] = m_settings.try_emplace(Key{host, setting},
            ImpliedSetting{.setting = setting,
                .host = host,
                .least = range.least,
                .most = range.most,
                .attempts = 1,
                .firstAttempt = attempt});
        if (isNew)
            return;
        ImpliedSetting& known = it->second;
        ++known.attempts;
        known.least = std::max(known.least, range.least);
        if (!known.most)
            known.most = range.most;
        else if (range.most)
            known.most = std::max(*known.most, *range.most);
    }

    [[nodiscard]] std::vector<ImpliedSetting> take()
    {
        std::vector<ImpliedSetting> settings;
        for (auto& [key, setting] : m_settings) {
            if (setting.most && *setting.most < setting.least)
                setting.most.reset();
            settings.push_back(setting);
        }
        return settings;
    }

private:
    std::map<Key, ImpliedSetting> m_settings;
};

} // namespace

std::string_view kernelParameterOf(WireSetting setting)
{
    switch (setting) {
    case WireSetting::SynRetries:
        return "net.ipv4.tcp_syn_retries";
    case WireSetting::SynLinearTimeouts:
        return "net.ipv4.tcp_syn_linear_timeouts";
    case WireSetting::SynAckRetries:
        return "net.ipv4.tcp_synack_retries";
    }
    return {};
}

std::vector<ImpliedSetting> impliedSettings(const Capture& capture)
{
    Collector collector;
    for (std::uint32_t i = 0; i < capture.attempts.size(); ++i) {
        const ConnectionAttempt& attempt = capture.attempts[i];
        const bool isSecondSighting = attempt.otherLeg < i;
        if (isSecondSighting)
            continue;
        if (attempt.synRetransmissions > 0) {
            const BackoffLadder ladder = synLadder(capture, attempt);
            if (const auto range = synRetriesOf(ladder)) {
                collector.add(WireSetting::SynRetries, attempt.client.address, *range, i);
                const int linear = ladder.linearTimeouts;
                collector.add(WireSetting::SynLinearTimeouts, attempt.client.address,
                    {.least = linear, .most = ladder.isLinearKnown ? std::optional(linear) : std::nullopt}, i);
            }
        }
        if (attempt.synAckRetransmissions > 0) {
            if (const auto range = synAckRetriesOf(synAckLadder(capture, attempt)))
                collector.add(WireSetting::SynAckRetries, attempt.server.address, *range, i);
        }
    }
    return collector.take();
}

} // namespace halfshake
