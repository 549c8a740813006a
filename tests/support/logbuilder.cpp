// SPDX-FileCopyrightText: The Halfshake authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "tests/support/logbuilder.h"

namespace halfshake::test {

namespace {

std::string list(const UpstreamGroups& groups, std::string UpstreamTry::* value)
{
    if (groups.empty())
        return "-";
    std::string text;
    for (std::size_t group = 0; group < groups.size(); ++group) {
        text += group > 0 ? " : " : "";
        for (std::size_t i = 0; i < groups[group].size(); ++i)
            text += (i > 0 ? ", " : "") + groups[group][i].*value;
    }
    return text;
}

} // namespace

std::string combinedLine(const AccessEntry& entry)
{
    return entry.clientAddress + " - - [" + entry.time + "] \"" + entry.request + "\" " + entry.status + " 141 \"-\" \""
        + entry.userAgent + '"';
}

std::string upstreamInfoLine(const AccessEntry& entry)
{
    return combinedLine(entry) + " 218 " + entry.requestTime + " [" + entry.upstreamName + "] [] "
        + list(entry.groups, &UpstreamTry::address) + ' ' + list(entry.groups, &UpstreamTry::length) + ' '
        + list(entry.groups, &UpstreamTry::seconds) + ' ' + list(entry.groups, &UpstreamTry::status) + ' '
        + entry.requestId;
}

std::string errorLogLine(const ErrorLogEntry& entry)
{
    return entry.time + " [" + entry.level + "] 31#31: *" + std::to_string(entry.connection) + ' ' + entry.message
        + ", client: 10.20.1.5, server: shop.example.test, request: \"" + entry.request + "\", upstream: \""
        + entry.upstream + "\", host: \"shop.example.test\"";
}

std::string joinedLines(const std::vector<std::string>& lines)
{
    std::string text;
    for (const auto& line : lines)
        text += line + '\n';
    return text;
}

} // namespace halfshake::test
