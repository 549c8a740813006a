// SPDX-FileCopyrightText: The Halfshake authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace halfshake {

struct XmlAttribute
{
    std::string_view name;
    std::string value; ///< Entities filled in.
    std::uint64_t line = 0; ///< Counted from 1.
    std::size_t offset = 0; ///< Of the name's first byte.
};

/// An opening or empty element tag.
struct XmlTag
{
    std::string_view name;
    std::vector<XmlAttribute> attributes;
};

/// The opening tags of a text that is XML or close to it, in order. Comments, declarations and what is cut off are
/// passed over; nesting is not looked at. Names refer to \a text.
[[nodiscard]] std::vector<XmlTag> scanXmlTags(std::string_view text);

} // namespace halfshake
