// SPDX-FileCopyrightText: The Halfshake authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "models/rules/settingcomparison.h"

#include "models/base/portset.h"
#include "models/base/text.h"

#include <algorithm>
#include <cstdint>

namespace halfshake {

namespace {

/// "1" of "1 # on"; the whole text where it is no number.
std::string_view withoutTrailingComment(std::string_view text)
{
    const auto comment = text.find_first_of("#;");
    if (comment == std::string_view::npos)
        return text;
    const auto value = trimmed(text.substr(0, comment));
    return toInteger<std::int64_t>(value) ? value : text;
}

bool isSameWord(std::string_view a, std::string_view b)
{
    if (a == b)
        return true;
    const auto left = toInteger<std::int64_t>(a);
    const auto right = toInteger<std::int64_t>(b);
    return left && right && *left == *right;
}

bool looksLikePortList(std::string_view text)
{
    return text.find_first_not_of("0123456789,- ") == std::string_view::npos
        && text.find_first_of(",-") != std::string_view::npos;
}

} // namespace

bool isSameSetting(std::string_view a, std::string_view b)
{
    if (a == b)
        return true;
    const auto left = words(withoutTrailingComment(trimmed(a)));
    const auto right = words(withoutTrailingComment(trimmed(b)));
    if (std::ranges::equal(left, right, isSameWord))
        return true;
    if (!looksLikePortList(a) && !looksLikePortList(b))
        return false;
    const auto leftPorts = PortSet::parseList(a);
    const auto rightPorts = PortSet::parseList(b);
    return leftPorts && rightPorts && *leftPorts == *rightPorts;
}

} // namespace halfshake
