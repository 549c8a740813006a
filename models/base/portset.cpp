// SPDX-FileCopyrightText: The Halfshake authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "models/base/portset.h"

#include "models/base/text.h"

#include <algorithm>

namespace halfshake {

namespace {

/// "8080" or "9148-9150"; blanks around the numbers are tolerated.
std::optional<PortRange> parsePorts(std::string_view text)
{
    const auto dash = text.find('-');
    const auto first = toInteger<std::uint16_t>(trimmed(text.substr(0, dash)));
    const auto last = dash == std::string_view::npos ? first : toInteger<std::uint16_t>(trimmed(text.substr(dash + 1)));
    if (!first || !last || *first > *last)
        return {};
    return PortRange{*first, *last};
}

std::uint32_t countOf(PortRange range)
{
    return std::uint32_t{range.last} - range.first + 1;
}

} // namespace

PortSet::PortSet(std::vector<PortRange> ranges) : m_ranges(std::move(ranges))
{
    std::erase_if(m_ranges, [](PortRange range) { return range.first > range.last; });
    std::ranges::sort(m_ranges);
    std::vector<PortRange> merged;
    for (const auto range : m_ranges) {
        if (!merged.empty() && range.first <= merged.back().last + 1)
            merged.back().last = std::max(merged.back().last, range.last);
        else
            merged.push_back(range);
    }
    m_ranges = std::move(merged);
}

std::optional<PortSet> PortSet::parseList(std::string_view text)
{
    std::vector<PortRange> ranges;
    auto rest = trimmed(text);
    while (!rest.empty()) { // a comma at the end is taken, as proc_do_large_bitmap does
        const auto comma = std::min(rest.find(','), rest.size());
        const auto range = parsePorts(rest.substr(0, comma));
        if (!range)
            return {};
        ranges.push_back(*range);
        rest.remove_prefix(std::min(comma + 1, rest.size()));
    }
    return PortSet{std::move(ranges)};
}

std::optional<PortSet> PortSet::parseRange(std::string_view text)
{
    text = trimmed(text);
    std::optional<PortRange> range;
    if (text.contains('-')) {
        range = parsePorts(text);
    } else if (const auto ends = words(text); ends.size() == 2) {
        const auto first = toInteger<std::uint16_t>(ends[0]);
        const auto last = toInteger<std::uint16_t>(ends[1]);
        if (first && last && *first <= *last)
            range = PortRange{*first, *last};
    }
    if (!range)
        return {};
    return PortSet{{*range}};
}

bool PortSet::contains(std::uint16_t port) const
{
    const auto it = std::ranges::lower_bound(m_ranges, port, {}, &PortRange::last);
    return it != m_ranges.end() && it->first <= port;
}

std::uint32_t PortSet::size() const
{
    std::uint32_t ports = 0;
    for (const auto range : m_ranges)
        ports += countOf(range);
    return ports;
}

PortSet PortSet::minus(const PortSet& other) const
{
    PortSet result;
    auto cut = other.m_ranges.begin();
    for (const auto range : m_ranges) {
        std::uint32_t next = range.first; // wider than a port: one past 65535 must not wrap
        while (cut != other.m_ranges.end() && cut->last < range.first)
            ++cut;
        for (auto it = cut; it != other.m_ranges.end() && it->first <= range.last; ++it) {
            if (it->first > next)
                result.m_ranges.push_back(
                    {static_cast<std::uint16_t>(next), static_cast<std::uint16_t>(it->first - 1)});
            next = std::uint32_t{it->last} + 1;
        }
        if (next <= range.last)
            result.m_ranges.push_back({static_cast<std::uint16_t>(next), range.last});
    }
    return result;
}

PortSet PortSet::overlap(const PortSet& other) const
{
    PortSet result;
    auto left = m_ranges.begin();
    auto right = other.m_ranges.begin();
    while (left != m_ranges.end() && right != other.m_ranges.end()) {
        const PortRange both{std::max(left->first, right->first), std::min(left->last, right->last)};
        if (both.first <= both.last)
            result.m_ranges.push_back(both);
        if (left->last < right->last)
            ++left;
        else
            ++right;
    }
    return result;
}

PortSet PortSet::unite(const PortSet& other) const
{
    auto ranges = m_ranges;
    ranges.insert(ranges.end(), other.m_ranges.begin(), other.m_ranges.end());
    return PortSet{std::move(ranges)};
}

std::uint32_t PortSet::countWithParityOf(std::uint16_t port) const
{
    std::uint32_t ports = 0;
    for (const auto range : m_ranges) {
        const std::uint32_t startsAlike = range.first % 2 == port % 2 ? 1 : 0;
        ports += (countOf(range) + startsAlike) / 2;
    }
    return ports;
}

std::string toString(const PortSet& ports)
{
    std::string text;
    for (const auto range : ports.ranges()) {
        if (!text.empty())
            text += ", ";
        text += std::to_string(range.first);
        if (range.last != range.first)
            text += '-' + std::to_string(range.last);
    }
    return text;
}

} // namespace halfshake
