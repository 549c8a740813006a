// SPDX-FileCopyrightText: The Halfshake authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace halfshake {

/// The key as sysctl(8) prints it: dots between the parts, '/' for a dot inside one
/// ("net.ipv4.conf.eth0/100.rp_filter"). Accepts the form with slashes too; the first separator decides which it is
/// (procps sysctl.c, slashdot()).
[[nodiscard]] std::string sysctlKey(std::string_view written);

/// The key of /proc/sys/net/ipv4/ip_forward; nothing for a path elsewhere.
[[nodiscard]] std::optional<std::string> sysctlKeyOfPath(std::string_view path);

/// Two parts or more, and the first is one that Linux has: net, kernel, vm, fs, ...
[[nodiscard]] bool isLinuxSysctlKey(std::string_view key);

/// "key = value" or "key=value" with a key in one of its written forms.
struct SysctlStatement
{
    std::string_view key; ///< As written.
    std::string_view value; ///< Without white space at the ends.
};

/// Nothing where \a line does not start with one word, an equals sign and more than one part in the key.
[[nodiscard]] std::optional<SysctlStatement> parseSysctlStatement(std::string_view line);

} // namespace halfshake
