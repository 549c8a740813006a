// SPDX-FileCopyrightText: The Halfshake authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "models/rules/valuetext.h"

#include "models/base/text.h"
#include "models/base/timeformat.h"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <format>
#include <vector>

namespace halfshake {

namespace {

constexpr std::size_t maxItems = 10;
constexpr std::size_t maxLength = 200;

/// At most \a length bytes, cut between characters.
std::string shortened(std::string text, std::size_t length)
{
    if (text.size() <= length)
        return text;
    while (length > 0 && (static_cast<unsigned char>(text[length]) & 0xC0) == 0x80)
        --length;
    text.resize(length);
    return text + "…";
}

std::string shortened(const PortSet& ports)
{
    const auto& ranges = ports.ranges();
    if (ranges.empty())
        return "nothing";
    if (ranges.size() <= maxItems)
        return toString(ports);
    const std::vector<PortRange> first(ranges.begin(), ranges.begin() + maxItems);
    return std::format("{}, … ({} ports)", toString(PortSet(first)), ports.size());
}

std::string singleLine(std::string_view text)
{
    std::string line;
    for (const auto word : words(text)) {
        if (!line.empty())
            line += ' ';
        line += word;
    }
    return line;
}

std::string numberText(double value)
{
    if (std::abs(value) >= 1e-3 || value == 0)
        return std::format("{:.3g}", value);
    return std::format("{:.1e}", value);
}

} // namespace

std::string displayText(const Value& value)
{
    if (const auto* const text = std::get_if<std::string>(&value.variant()))
        return shortened(singleLine(*text), maxLength);
    if (const auto* const duration = std::get_if<Duration>(&value.variant()))
        return toHumanString(*duration);
    if (const auto* const number = std::get_if<double>(&value.variant()))
        return numberText(*number);
    if (const auto* const ports = std::get_if<PortSet>(&value.variant()))
        return shortened(*ports);
    const auto* const items = std::get_if<std::shared_ptr<const ValueList>>(&value.variant());
    if (!items)
        return shortened(toString(value), maxLength);
    std::string text;
    for (std::size_t i = 0; i < std::min((*items)->size(), maxItems); ++i) {
        if (!text.empty())
            text += ", ";
        text += displayText((**items)[i]);
        if (text.size() > maxLength)
            break;
    }
    if ((*items)->size() > maxItems)
        text += std::format(", … ({})", (*items)->size());
    return text;
}

std::string stepText(const Value& value)
{
    if (const auto* const ports = std::get_if<PortSet>(&value.variant()))
        return shortened(*ports);
    return shortened(toString(value), maxLength);
}

std::string resultText(const Value& value)
{
    const auto* const ports = std::get_if<PortSet>(&value.variant());
    const bool hasSize = ports && !ports->isEmpty() && ports->ranges().size() <= maxItems;
    return stepText(value)
        + (hasSize ? std::format(", {} {}", ports->size(), ports->size() == 1 ? "port" : "ports") : "");
}

} // namespace halfshake
