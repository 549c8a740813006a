// SPDX-FileCopyrightText: The Halfshake authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace halfshake {

enum class SysctlLineKind : std::uint8_t {
    Blank, ///< Nothing, a comment, or a shell prompt with the command that was copied along.
    Statement, ///< "key = value", "/proc/sys/net/ipv4/ip_forward:1"
    Denied, ///< "sysctl: permission denied on key 'fs.protected_fifos'"
    Unreadable, ///< "sysctl: reading key "net.ipv6.conf.all.stable_secret"": nobody can read it.
    Complaint, ///< Other messages of sysctl.
    HostHeader, ///< "==> node-1 <==", "node-1 | CHANGED | rc=0 >>": what follows is of that host.
    BsdStatement, ///< "kern.ostype: FreeBSD"
    CommandFailure, ///< "exec of "sysctl" failed: ...": the command did not run.
    Other
};

/// What one line of a dump is.
struct SysctlLine
{
    SysctlLineKind kind = SysctlLineKind::Other;
    std::string key; ///< As sysctl prints it.
    std::string_view value; ///< Without white space at the ends.
    std::string_view host; ///< Of a header, or in front of each line as pdsh and clush do ("node-1: key = value").
};

[[nodiscard]] SysctlLine parseSysctlLine(std::string_view line);

} // namespace halfshake
