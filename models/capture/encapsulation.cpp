// SPDX-FileCopyrightText: The Halfshake authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "models/capture/encapsulation.h"

#include <algorithm>
#include <limits>

namespace halfshake {

namespace {

// Hostile captures can carry a new tag on every packet; beyond this they are no longer told apart.
constexpr std::size_t mostEncapsulations = std::numeric_limits<EncapsulationTable::Id>::max();

std::uint64_t hashOf(const Encapsulation& encapsulation)
{
    std::uint64_t hash = 0xcbf2'9ce4'8422'2325;
    for (const std::uint64_t level : encapsulation.levels())
        hash = (hash ^ level) * 0x100'0000'01b3;
    return hash;
}

} // namespace

bool Encapsulation::operator==(const Encapsulation& other) const noexcept
{
    return std::ranges::equal(levels(), other.levels());
}

EncapsulationTable::EncapsulationTable() : m_encapsulations(1) { }

EncapsulationTable::Id EncapsulationTable::find(const Encapsulation& encapsulation)
{
    if (m_encapsulations[m_last] == encapsulation)
        return m_last;
    auto& candidates = m_byHash[hashOf(encapsulation)];
    for (const Id id : candidates) {
        if (m_encapsulations[id] == encapsulation)
            return m_last = id;
    }
    if (m_encapsulations.size() >= mostEncapsulations)
        return m_last;
    m_last = static_cast<Id>(m_encapsulations.size());
    candidates.push_back(m_last);
    m_encapsulations.push_back(encapsulation);
    return m_last;
}

bool EncapsulationTable::areNested(Id first, Id second) const
{
    if (first == second || first == plain || second == plain)
        return true;
    auto shorter = m_encapsulations[first].levels();
    auto longer = m_encapsulations[second].levels();
    if (shorter.size() > longer.size())
        std::swap(shorter, longer);
    if (shorter.size() == longer.size())
        return false;
    return std::ranges::equal(shorter, longer.first(shorter.size()))
        || std::ranges::equal(shorter, longer.last(shorter.size()));
}

} // namespace halfshake
