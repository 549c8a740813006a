// SPDX-FileCopyrightText: The Halfshake authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "models/logs/listgrammar.h"

#include <algorithm>
#include <limits>

namespace halfshake {

namespace {

constexpr std::string_view groupSeparator = " : ";

/// 2 for ", ", 1 for a comma alone, as some shippers leave it (no item contains commas); 0 for no separator.
std::size_t retrySeparatorLength(std::string_view text)
{
    if (!text.starts_with(','))
        return 0;
    return text.starts_with(", ") ? 2 : 1;
}

std::size_t itemLength(std::string_view text)
{
    const auto end = std::ranges::find_if(text, [](char character) { return character == ' ' || character == ','; });
    return static_cast<std::size_t>(end - text.begin());
}

/// Whether \a text begins with a separator after which the list ends: its last group is empty.
bool isLastGroupEmpty(std::string_view text)
{
    return text.starts_with(groupSeparator)
        && (text.size() == groupSeparator.size() || text[groupSeparator.size()] == ' ');
}

} // namespace

std::size_t upstreamListLength(std::string_view text)
{
    std::size_t position = 0;
    while (true) {
        position += itemLength(text.substr(position));
        const auto rest = text.substr(position);
        if (const auto separator = retrySeparatorLength(rest); separator != 0) {
            position += separator;
            continue;
        }
        if (!rest.starts_with(groupSeparator))
            return position;
        position += groupSeparator.size();
        if (isLastGroupEmpty(rest))
            return position;
    }
}

void parseUpstreamList(std::string_view text, UpstreamList& list)
{
    constexpr auto mostItems = std::numeric_limits<std::uint16_t>::max();
    const auto whole = text;
    list.items.clear();
    list.groups = text.empty() ? 0 : 1;
    while (!text.empty() && list.items.size() < mostItems && list.groups < mostItems) {
        const auto length = itemLength(text);
        const auto rest = text.substr(length);
        const bool isGroupEnd = rest.starts_with(groupSeparator) || rest == " :"; // its last blank trimmed by a shipper
        if (const bool isEmptyGroup = length == 0 && isGroupEnd; !isEmptyGroup)
            list.items.push_back({text.substr(0, length), static_cast<std::uint16_t>(list.groups - 1)});
        if (isGroupEnd) {
            ++list.groups;
            text = rest.substr(std::min(groupSeparator.size(), rest.size()));
        } else {
            const auto separator = retrySeparatorLength(rest);
            if (separator == 0 && !rest.empty()) { // no list: one odd item, which fits no other list
                list.items.assign(1, {whole, 0});
                list.groups = 1;
                return;
            }
            text = rest.substr(separator);
            if (separator != 0 && text.empty()) // cut after a separator
                list.items.push_back({text, static_cast<std::uint16_t>(list.groups - 1)});
        }
    }
}

bool haveSameShape(const UpstreamList& first, const UpstreamList& second)
{
    return first.groups == second.groups
        && std::ranges::equal(first.items, second.items, {}, &UpstreamList::Item::group, &UpstreamList::Item::group);
}

} // namespace halfshake
