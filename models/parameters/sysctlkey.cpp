// SPDX-FileCopyrightText: The Halfshake authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "models/parameters/sysctlkey.h"

#include "models/base/text.h"

#include <algorithm>

namespace halfshake {

namespace {

constexpr std::string_view procSys = "/proc/sys/";

std::string withDotsAndSlashesSwapped(std::string_view text)
{
    std::string result{text};
    for (char& c : result) {
        if (c == '/')
            c = '.';
        else if (c == '.')
            c = '/';
    }
    return result;
}

} // namespace

std::string sysctlKey(std::string_view written)
{
    const auto separator = written.find_first_of("./");
    if (separator != std::string_view::npos && written[separator] == '/')
        return withDotsAndSlashesSwapped(written);
    return std::string{written};
}

std::optional<std::string> sysctlKeyOfPath(std::string_view path)
{
    if (!path.starts_with(procSys) || path.size() == procSys.size())
        return {};
    return withDotsAndSlashesSwapped(path.substr(procSys.size()));
}

bool isLinuxSysctlKey(std::string_view key)
{
    static constexpr std::string_view roots[] = {"abi", "cachefiles", "crypto", "debug", "dev", "fs", "fscache",
        "kernel", "lnet", "net", "sunrpc", "user", "vm", "xen"};
    const auto separator = key.find_first_of("./");
    return separator != std::string_view::npos && separator + 1 < key.size()
        && std::ranges::contains(roots, key.substr(0, separator));
}

std::optional<SysctlStatement> parseSysctlStatement(std::string_view line)
{
    const auto equals = line.find('=');
    if (equals == std::string_view::npos)
        return {};
    const auto key = trimmed(line.substr(0, equals));
    const auto separator = key.find_first_of("./");
    if (separator == 0 || separator == std::string_view::npos || key.find_first_of(" \t\"'`<>{}()[]|;,") != key.npos)
        return {};
    return SysctlStatement{.key = key, .value = trimmed(line.substr(equals + 1))};
}

} // namespace halfshake
