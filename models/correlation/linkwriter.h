// SPDX-FileCopyrightText: The Halfshake authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "models/correlation/attemptlinker.h"

#include <unordered_map>
#include <vector>

namespace halfshake {

/// A margin from which the second best does not count: odds of 1 to 5.
inline constexpr double certainMargin = 1.6;

/// Turns what was matched into links, with the reasons for them or the reason for none.
class LinkWriter
{
public:
    LinkWriter(const LinkingInput& input, const Linking& linking) : m_input(&input), m_linking(&linking) { }

    [[nodiscard]] Link write(const FailedAttempt& failed, const MatchedConnection& match) const;

private:
    [[nodiscard]] const UpstreamAttempt& rowOf(const FailedAttempt& failed) const;
    [[nodiscard]] Link begun(const FailedAttempt& failed) const;
    void writeRequest(Link& link, const FailedAttempt& failed, const MatchedRequest& match) const;
    void writeConnection(Link& link, const FailedAttempt& failed, const MatchedConnection& match) const;
    void setConnection(Link& link, std::uint32_t connection) const;
    void addCommonReasons(Link& link, const FailedAttempt& failed, const WireConnection& connection) const;
    [[nodiscard]] ObjectRef nearest(std::uint32_t connection) const;
    [[nodiscard]] bool isClockKnown(const FailedAttempt& failed) const;
    [[nodiscard]] NoLinkReason whyNone(const FailedAttempt& failed) const;
    [[nodiscard]] NoLinkReason whyNotFound(const FailedAttempt& failed, const std::vector<Endpoint>& servers) const;

    const LinkingInput* m_input;
    const Linking* m_linking;
};

} // namespace halfshake
