// SPDX-FileCopyrightText: The Halfshake authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "models/capture/attemptstate.h"
#include "models/capture/flowtable.h"
#include "models/capture/vantagepoint.h"

#include <array>
#include <compare>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <unordered_map>
#include <utility>
#include <vector>

namespace halfshake {

/// Finds out where a capture was taken, attempt by attempt: one host is the server of some and the client of others
/// (reference: tcp-handshakes 1.6). Packet direction outweighs hop limits, these outweigh the rest.
class VantageEstimator
{
public:
    VantageEstimator(const Arena<AttemptState>& attempts, const FlowTable& flows);

    [[nodiscard]] VantagePoint ofAttempt(std::size_t attempt) const { return m_vantages[attempt]; }
    /// Of the whole file: Middle where most packets pass; Client already where a tenth of the packets is of connections
    /// that begin here, because that is a proxy; else Server.
    [[nodiscard]] VantagePoint ofCapture() const;
    /// What voted, most votes first: "SYN sent by this host: 607 attempts".
    [[nodiscard]] std::vector<std::string> signals() const;

private:
    /// How packets of one address arrive.
    struct AddressEvidence
    {
        std::uint32_t attempts = 0;
        std::uint32_t peers = 0; ///< Counted up to 2.
        std::uint32_t untouched = 0; ///< SYN or SYN/ACK with the hop limit a host sends.
        std::uint32_t decremented = 0;
        std::uint32_t sentHere = 0;
        std::uint32_t cameIn = 0;
        IpAddress firstPeer;

        [[nodiscard]] bool isHere() const { return sentHere > 0 && cameIn == 0; }
    };
    enum class SignalKind : std::uint8_t {
        None,
        ClientAnswersAtOnce,
        ServerAnswersAtOnce,
        BothAnswerLate,
        Translated,
        PassedOn,
        IcmpErrorSentHere,
        SynSentHere,
        SynAckSentHere,
        SynAckReceivedHere,
        ServerSendsFromHere,
        HostForwards,
        HopLimits,
        HopLimitsOfOthers,
        CommonAddress,
    };
    /// What spoke for a vantage point.
    struct Signal
    {
        SignalKind kind = SignalKind::None;
        std::uint8_t clientHopLimit = 0; ///< Of HopLimits; 0 where that end was silent.
        std::uint8_t serverHopLimit = 0;
        auto operator<=>(const Signal&) const = default;
    };
    struct Vote
    {
        VantagePoint vantage = VantagePoint::Unknown;
        Signal signal;
    };

    void collect(const AttemptState& state);
    void collectAddress(const IpAddress& address, const IpAddress& peer, const PassageState& passage);
    void findCommonAddress(std::size_t attemptCount);
    void findDelaySplit(const Arena<AttemptState>& attempts);
    [[nodiscard]] Vote vote(const AttemptState& state) const;
    [[nodiscard]] static std::optional<Vote> voteByTranslation(
        const AttemptState& state, const Arena<AttemptState>& attempts);
    [[nodiscard]] std::optional<Vote> voteByDirection(const AttemptState& state) const;
    [[nodiscard]] std::optional<Vote> voteByHopLimit(const AttemptState& state) const;
    [[nodiscard]] std::optional<Vote> voteByAddress(const AttemptState& state) const;

    [[nodiscard]] std::string textOf(const Signal& signal) const;

    const FlowTable& m_flows;
    std::unordered_map<IpAddress, AddressEvidence> m_addresses;
    std::optional<IpAddress> m_commonAddress;
    std::optional<Vote> m_delayVote;
    bool m_hasForwarding = false;
    std::vector<VantagePoint> m_vantages;
    std::array<std::uint64_t, 4> m_packets{}; ///< By VantagePoint.
    std::map<Signal, std::uint32_t> m_signals;
};

} // namespace halfshake
