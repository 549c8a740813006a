// SPDX-FileCopyrightText: The Halfshake authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "models/rules/kerneldefault.h"

#include <algorithm>
#include <array>
#include <string>

namespace halfshake {

namespace {

constexpr Version firstKernel{};

/// A default that holds from one version on, until the next line of the same key.
struct KernelDefault
{
    std::string_view key;
    Version since;
    std::string_view text; ///< Where it is no number.
    std::int64_t number = 0;
};

constexpr std::array defaults{
    KernelDefault{"net.core.somaxconn", firstKernel, {}, 128},
    KernelDefault{"net.core.somaxconn", {5, 4, 0}, {}, 4096},
    KernelDefault{"net.ipv4.ip_local_port_range", firstKernel, "32768 60999"},
    KernelDefault{"net.ipv4.ip_local_reserved_ports", firstKernel, ""},
    KernelDefault{"net.ipv4.ip_unprivileged_port_start", {4, 11, 0}, {}, 1024},
    KernelDefault{"net.ipv4.tcp_abort_on_overflow", firstKernel, {}, 0},
    KernelDefault{"net.ipv4.tcp_fin_timeout", firstKernel, {}, 60},
    KernelDefault{"net.ipv4.tcp_keepalive_intvl", firstKernel, {}, 75},
    KernelDefault{"net.ipv4.tcp_keepalive_probes", firstKernel, {}, 9},
    KernelDefault{"net.ipv4.tcp_keepalive_time", firstKernel, {}, 7200},
    KernelDefault{"net.ipv4.tcp_migrate_req", {5, 14, 0}, {}, 0},
    KernelDefault{"net.ipv4.tcp_retries2", firstKernel, {}, 15},
    KernelDefault{"net.ipv4.tcp_syn_linear_timeouts", firstKernel, {}, 0},
    KernelDefault{"net.ipv4.tcp_syn_linear_timeouts", {6, 5, 0}, {}, 4},
    KernelDefault{"net.ipv4.tcp_syn_retries", firstKernel, {}, 6},
    KernelDefault{"net.ipv4.tcp_synack_retries", firstKernel, {}, 5},
    KernelDefault{"net.ipv4.tcp_syncookies", firstKernel, {}, 1},
    KernelDefault{"net.ipv4.tcp_timestamps", firstKernel, {}, 1},
    KernelDefault{"net.ipv4.tcp_tw_reuse", firstKernel, {}, 0},
    KernelDefault{"net.ipv4.tcp_tw_reuse", {4, 18, 0}, {}, 2},
};

} // namespace

std::optional<Value> kernelDefault(std::string_view key, const Version& kernel)
{
    std::optional<Value> value;
    for (const auto& entry : defaults) {
        if (entry.key != key || kernel < entry.since)
            continue;
        const bool isText = entry.text.data() != nullptr;
        value = isText ? Value{std::string(entry.text)} : Value{entry.number};
    }
    return value;
}

} // namespace halfshake
