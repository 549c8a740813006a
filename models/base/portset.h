// SPDX-FileCopyrightText: The Halfshake authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace halfshake {

/// A range of TCP ports, both ends included as in the kernel.
struct PortRange
{
    std::uint16_t first = 0;
    std::uint16_t last = 0;

    auto operator<=>(const PortRange&) const noexcept = default;
};

/// A set of ports as disjoint ascending ranges. Values; no operation throws.
class PortSet
{
public:
    PortSet() = default;
    explicit PortSet(std::vector<PortRange> ranges); ///< In any order, overlapping allowed.

    /// Reads the kernel's forms: "32768 60999" (ip_local_port_range) is NOT a list and needs parseRange;
    /// "8080,9148-9150" and "" (ip_local_reserved_ports), with blanks tolerated.
    [[nodiscard]] static std::optional<PortSet> parseList(std::string_view text);
    /// "32768 60999", "32768<tab>60999", "30000-32767".
    [[nodiscard]] static std::optional<PortSet> parseRange(std::string_view text);

    [[nodiscard]] bool contains(std::uint16_t port) const;
    [[nodiscard]] std::uint32_t size() const; ///< Number of ports.
    [[nodiscard]] bool isEmpty() const { return m_ranges.empty(); }
    [[nodiscard]] const std::vector<PortRange>& ranges() const { return m_ranges; }

    [[nodiscard]] PortSet minus(const PortSet& other) const;
    [[nodiscard]] PortSet overlap(const PortSet& other) const;
    [[nodiscard]] PortSet unite(const PortSet& other) const;
    /// Only the ports of the same parity as \a port. connect() walks the parity of the range's lower end first
    /// (Linux net/ipv4/inet_hashtables.c, __inet_hash_connect).
    [[nodiscard]] std::uint32_t countWithParityOf(std::uint16_t port) const;

    bool operator==(const PortSet&) const = default;

private:
    std::vector<PortRange> m_ranges;
};

/// "30000-32767", "8080, 9148-9150"; "" for the empty set.
[[nodiscard]] std::string toString(const PortSet& ports);

} // namespace halfshake
