// SPDX-FileCopyrightText: The Halfshake authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>
#include <vector>

namespace halfshake {

/// The value of an $upstream_* variable: one item per try, tries of one upstream group separated by ", ", groups by
/// " : " (internal redirects: X-Accel-Redirect, error_page). A group may be empty.
///
///     list  = "-" | group *( " : " group )
///     group = [ item *( ", " item ) ]
///
/// Source: nginx src/http/ngx_http_upstream.c, ngx_http_upstream_addr_variable and its siblings.
struct UpstreamList
{
    struct Item
    {
        std::string_view text; ///< Into the parsed text. Empty for a group nginx entered without reaching a peer.
        std::uint16_t group = 0;
    };

    std::vector<Item> items;
    std::uint16_t groups = 0; ///< The last ones may be empty.

    /// nginx had nothing to say: "-", or nothing at all.
    [[nodiscard]] bool isEmpty() const { return items.empty() || (items.size() == 1 && items.front().text == "-"); }
};

/// Reads a whole text as a list into \a list, reusing its memory.
void parseUpstreamList(std::string_view text, UpstreamList& list);

/// How much of \a text is the list it begins with, where a blank follows the list.
[[nodiscard]] std::size_t upstreamListLength(std::string_view text);

/// As many items in the same groups: only then belong items of the same position together.
[[nodiscard]] bool haveSameShape(const UpstreamList& first, const UpstreamList& second);

} // namespace halfshake
