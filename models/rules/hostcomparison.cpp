// SPDX-FileCopyrightText: The Halfshake authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "models/rules/hostcomparison.h"

#include "models/rules/scalar.h"
#include "models/rules/settingcomparison.h"
#include "models/rules/sourcedvalue.h"

#include <algorithm>
#include <array>
#include <map>
#include <set>
#include <string>
#include <utility>
#include <vector>

namespace halfshake {

namespace {

constexpr std::size_t mostDifferences = 500;
constexpr std::size_t mostNamedHosts = 8;

bool isCompared(std::string_view key)
{
    return (key.starts_with("net.") || key.starts_with("fs.") || key.starts_with("vm.")) && !isVolatileKey(key);
}

/// One dump for each host that is known by name.
std::vector<const HostDump*> oneDumpPerHost(std::span<const HostDump> dumps)
{
    std::map<std::string_view, const HostDump*> byHost;
    for (const auto& dump : dumps) {
        if (dump.host.empty())
            continue;
        auto& chosen = byHost[dump.host];
        if (!chosen || (dump.isInitialNamespace && !chosen->isInitialNamespace))
            chosen = &dump;
    }
    std::vector<const HostDump*> result;
    for (const auto& [host, dump] : byHost)
        result.push_back(dump);
    return result;
}

/// A key on all hosts.
struct Comparison
{
    const Parameter* first = nullptr;
    const HostDump* firstHost = nullptr;
    std::vector<std::pair<const HostDump*, const Parameter*>> others; ///< That differ from the first.
};

std::string describe(const HostDump& host, const Parameter& parameter)
{
    return host.host + ": " + parameter.value;
}

ValueList valuesOf(const ParameterStore& parameters, const Comparison& comparison)
{
    ValueList values;
    values.push_back(sourced(describe(*comparison.firstHost, *comparison.first), parameters, *comparison.first));
    for (const auto& [host, parameter] : comparison.others) {
        if (values.size() == mostNamedHosts)
            break;
        values.push_back(sourced(describe(*host, *parameter), parameters, *parameter));
    }
    return values;
}

} // namespace

bool isVolatileKey(std::string_view key)
{
    static constexpr std::array<std::string_view, 9> prefixes{"kernel.random.", "net.ipv4.conf.", "net.ipv6.conf.",
        "net.ipv4.neigh.", "net.ipv6.neigh.", "fs.binfmt_misc.", "fs.quota.", "net.mptcp.", "net.vrf."};
    static constexpr std::array<std::string_view, 36> keys{"fs.aio-nr", "fs.dentry-state", "fs.epoll.max_user_watches",
        "fs.file-max", "fs.file-nr", "fs.inode-nr", "fs.inode-state", "fs.inotify.max_user_watches",
        "fs.mqueue.queues_max", "net.core.netdev_rss_key", "net.ipv4.inet_peer_threshold", "net.ipv4.route.gc_thresh",
        "net.ipv4.route.max_size", "net.ipv4.tcp_fastopen_key", "net.ipv4.tcp_max_orphans",
        "net.ipv4.tcp_max_syn_backlog", "net.ipv4.tcp_max_tw_buckets", "net.ipv4.tcp_mem", "net.ipv4.tcp_rmem",
        "net.ipv4.tcp_wmem", "net.ipv4.udp_mem", "net.netfilter.nf_conntrack_buckets",
        "net.netfilter.nf_conntrack_count", "net.netfilter.nf_conntrack_expect_max", "net.netfilter.nf_conntrack_max",
        "net.nf_conntrack_max", "vm.admin_reserve_kbytes", "vm.compact_memory", "vm.lowmem_reserve_ratio",
        "vm.min_free_kbytes", "vm.nr_hugepages", "vm.nr_hugepages_mempolicy", "vm.numa_zonelist_order",
        "vm.stat_refresh", "vm.user_reserve_kbytes", "vm.watermark_boost_factor"};
    static_assert(std::ranges::is_sorted(keys));
    return std::ranges::binary_search(keys, key)
        || std::ranges::any_of(prefixes, [key](std::string_view prefix) { return key.starts_with(prefix); });
}

ValueMap hostVariables(const ParameterStore& parameters, std::span<const HostDump> dumps)
{
    const auto hosts = oneDumpPerHost(dumps);
    if (hosts.size() < 2)
        return {};
    std::map<std::string_view, Comparison> byKey;
    ValueList kernels;
    for (const auto* const host : hosts) {
        for (const auto& parameter : host->settings) {
            if (!parameter.isReadable || !isCompared(parameter.key))
                continue;
            auto& comparison = byKey[parameter.key];
            if (!comparison.first) {
                comparison.first = &parameter;
                comparison.firstHost = host;
            } else if (!isSameSetting(comparison.first->value, parameter.value)) {
                comparison.others.emplace_back(host, &parameter);
            }
        }
        if (const auto* const release = host->find("kernel.osrelease")) {
            if (const auto version = parseVersion(release->value))
                kernels.push_back(sourced(*version, parameters, *release));
        }
    }
    ValueList differences;
    ValueList values;
    for (const auto& [key, comparison] : byKey) {
        if (comparison.others.empty() || differences.size() == mostDifferences)
            continue;
        auto hostValues = valuesOf(parameters, comparison);
        values.insert(values.end(), hostValues.begin(), hostValues.end());
        differences.push_back(Value::map({{"key", std::string(key)}, {"values", Value::list(std::move(hostValues))},
            {"hosts", static_cast<std::int64_t>(comparison.others.size()) + 1}}));
    }
    return {{"hosts",
        Value::map({{"count", static_cast<std::int64_t>(hosts.size())}, {"kernels", Value::list(std::move(kernels))},
            {"differences", Value::list(std::move(differences))}, {"values", Value::list(std::move(values))}})}};
}

} // namespace halfshake
