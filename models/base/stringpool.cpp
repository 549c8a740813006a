// SPDX-FileCopyrightText: The Halfshake authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "models/base/stringpool.h"

#include <algorithm>
#include <cstring>

namespace halfshake {

namespace {

constexpr std::size_t blockSize = std::size_t{256} << 10;
constexpr std::size_t firstSlots = 64;

std::uint64_t mixed(std::uint64_t hash, std::uint64_t word)
{
    hash = (hash ^ word) * 0xFF51AFD7ED558CCD;
    return hash ^ (hash >> 32);
}

std::uint32_t hashOf(std::string_view text)
{
    std::uint64_t hash = text.size() * 0x9E3779B97F4A7C15;
    std::uint64_t word = 0;
    while (text.size() >= sizeof word) {
        std::memcpy(&word, text.data(), sizeof word);
        hash = mixed(hash, word);
        text.remove_prefix(sizeof word);
    }
    word = 0;
    if (!text.empty())
        std::memcpy(&word, text.data(), text.size());
    return static_cast<std::uint32_t>(mixed(hash, word));
}

} // namespace

StringPool::StringPool() : m_slots(firstSlots)
{
    intern({});
}

// views look into the blocks of their own pool, so a copy needs its own
StringPool::StringPool(const StringPool& other) : m_slots(other.m_slots), m_taken(other.m_taken)
{
    m_strings.reserve(other.m_strings.size());
    for (const auto text : other.m_strings)
        m_strings.push_back(keep(text));
}

StringPool& StringPool::operator=(const StringPool& other)
{
    if (this != &other)
        *this = StringPool{other};
    return *this;
}

std::string_view StringPool::keep(std::string_view text)
{
    if (text.empty())
        return "";
    if (text.size() > m_free) {
        const auto size = std::max(blockSize, text.size());
        m_next = m_blocks.emplace_back(std::make_unique_for_overwrite<char[]>(size)).get();
        m_free = size;
    }
    std::memcpy(m_next, text.data(), text.size());
    const std::string_view kept{m_next, text.size()};
    m_next += text.size();
    m_free -= text.size();
    return kept;
}

/// Where \a text is, or the empty place where it would be.
std::size_t StringPool::slotOf(std::string_view text, std::uint32_t hash) const
{
    const auto mask = m_slots.size() - 1;
    auto place = hash & mask;
    while (m_slots[place].id.isValid() && (m_slots[place].hash != hash || view(m_slots[place].id) != text))
        place = (place + 1) & mask;
    return place;
}

void StringPool::grow()
{
    std::vector<Slot> slots(m_slots.size() * 2);
    const auto mask = slots.size() - 1;
    for (const auto& slot : m_slots) {
        if (!slot.id.isValid())
            continue;
        auto place = slot.hash & mask;
        while (slots[place].id.isValid())
            place = (place + 1) & mask;
        slots[place] = slot;
    }
    m_slots = std::move(slots);
}

StringId StringPool::intern(std::string_view text)
{
    const auto hash = hashOf(text);
    auto place = slotOf(text, hash);
    if (m_slots[place].id.isValid())
        return m_slots[place].id;
    if (m_taken * 2 >= m_slots.size()) {
        grow();
        place = slotOf(text, hash);
    }
    m_slots[place] = {hash, add(text)};
    ++m_taken;
    return m_slots[place].id;
}

StringId StringPool::add(std::string_view text)
{
    const StringId id{static_cast<StringId::value_type>(m_strings.size())};
    m_strings.push_back(keep(text));
    return id;
}

StringId StringPool::find(std::string_view text) const
{
    return m_slots[slotOf(text, hashOf(text))].id;
}

} // namespace halfshake
