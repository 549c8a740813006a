// SPDX-FileCopyrightText: The Halfshake authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "models/rules/proxynamespace.h"

#include "models/base/portset.h"

#include <algorithm>

namespace halfshake {

namespace {

bool isCompatible(const HostDump& dump, const ParameterScope& configuration)
{
    const auto agrees = [](const std::string& a, const std::string& b) { return a.empty() || b.empty() || a == b; };
    return agrees(dump.host, configuration.host) && agrees(dump.networkNamespace, configuration.networkNamespace);
}

bool canGiveAll(const Parameter* range, const std::vector<std::uint16_t>& ports)
{
    if (!range || !range->isReadable)
        return true; // not known to lack one
    const auto set = PortSet::parseRange(range->value);
    return !set || std::ranges::all_of(ports, [&set](std::uint16_t port) { return set->contains(port); });
}

} // namespace

std::vector<HostDump> proxyDumps(
    const ParameterStore& parameters, const Correlation& correlation, const ParameterFile* proxyConfiguration)
{
    const auto& statistics = correlation.statistics;
    const auto scope = proxyConfiguration ? parameters.scopeOf(proxyConfiguration->evidence) : ParameterScope{};
    auto dumps = hostDumps(parameters);
    std::erase_if(dumps, [&](const HostDump& dump) {
        const auto* const range = dump.find("net.ipv4.ip_local_port_range");
        return !isCompatible(dump, scope) || !canGiveAll(range, statistics.failedClientPorts)
            || !canGiveAll(range, statistics.completedClientPorts);
    });
    return dumps;
}

} // namespace halfshake
