// SPDX-FileCopyrightText: The Halfshake authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "models/base/endpoint.h"

#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

namespace halfshake {

struct Capture;

/// A kernel setting that shows on the wire.
enum class WireSetting : std::uint8_t { SynRetries, SynLinearTimeouts, SynAckRetries };

/// "net.ipv4.tcp_syn_retries"
[[nodiscard]] std::string_view kernelParameterOf(WireSetting setting);

/// What the ladders of one host imply about one of its settings, to be compared with what a dump says.
struct ImpliedSetting
{
    WireSetting setting = WireSetting::SynRetries;
    IpAddress host;
    int least = 0;
    std::optional<int> most; ///< None where no ladder was seen to its end. An application that gives up before the
                             ///< kernel looks the same: only the duration in the log tells them apart.
    std::uint32_t attempts = 0; ///< How many say so.
    std::uint32_t firstAttempt = 0; ///< Into Capture::attempts.
};

/// By host and setting. Where ladders of one host contradict each other (several network namespaces behind one address,
/// a per-socket TCP_SYNCNT), the range spans what the longest one needs: \c most is none.
[[nodiscard]] std::vector<ImpliedSetting> impliedSettings(const Capture& capture);

} // namespace halfshake
