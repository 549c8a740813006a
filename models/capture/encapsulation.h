// SPDX-FileCopyrightText: The Halfshake authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <unordered_map>
#include <vector>

namespace halfshake {

/// One level of what a packet is wrapped in.
enum class EncapsulationKind : std::uint8_t { Vlan, Mpls, Pppoe, Ppp, Ipip, Gre, Erspan, Vxlan, Geneve, Gtp };

/// VLAN tags and tunnels around the innermost IP header, outermost first.
class Encapsulation
{
public:
    static constexpr std::size_t deepest = 12;

    /// \a id is the VLAN id, VNI, key or label; what is nested deeper than \c deepest is not told apart.
    void add(EncapsulationKind kind, std::uint32_t id) noexcept
    {
        if (m_size < deepest)
            m_levels[m_size++] = std::uint64_t{static_cast<std::uint8_t>(kind)} << 32 | id;
    }
    [[nodiscard]] bool isPlain() const noexcept { return m_size == 0; }
    [[nodiscard]] std::span<const std::uint64_t> levels() const noexcept { return std::span(m_levels).first(m_size); }
    [[nodiscard]] bool operator==(const Encapsulation& other) const noexcept;

private:
    std::array<std::uint64_t, deepest> m_levels;
    std::uint8_t m_size = 0;
};

/// Numbers the encapsulations of one capture, so that packets carry two bytes for it; 0 is none.
class EncapsulationTable
{
public:
    using Id = std::uint16_t;
    static constexpr Id plain = 0;

    EncapsulationTable();

    [[nodiscard]] Id intern(const Encapsulation& encapsulation)
    {
        return encapsulation.isPlain() ? plain : find(encapsulation);
    }

    /// Whether both can be the same packet at different places on its way: wrapped and unwrapped, or with one more tag.
    [[nodiscard]] bool areNested(Id first, Id second) const;

    [[nodiscard]] const Encapsulation& operator[](Id id) const { return m_encapsulations[id]; }

private:
    [[nodiscard]] Id find(const Encapsulation& encapsulation);

    std::vector<Encapsulation> m_encapsulations;
    std::unordered_map<std::uint64_t, std::vector<Id>> m_byHash;
    Id m_last = plain;
};

} // namespace halfshake
