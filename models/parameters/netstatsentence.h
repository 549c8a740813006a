// SPDX-FileCopyrightText: The Halfshake authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <optional>
#include <string_view>

namespace halfshake {

/// A counter that netstat -s tells in words.
struct NetstatCounter
{
    std::string_view name; ///< "ListenOverflows"
    std::string_view value;
};

/// The counter of a line in netstat's section \a section ("Tcp", "TcpExt"): "120 times the listen queue of a socket
/// overflowed", or "TCPSynRetrans: 112" as net-tools prints what it has no words for. Wordings of net-tools 1.60
/// to 2.10.
[[nodiscard]] std::optional<NetstatCounter> parseNetstatSentence(std::string_view section, std::string_view line);

} // namespace halfshake
