// SPDX-FileCopyrightText: The Halfshake authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "models/rules/scalar.h"

#include "models/base/text.h"

#include <array>
#include <charconv>
#include <chrono>
#include <cmath>
#include <span>
#include <system_error>
#include <utility>

namespace halfshake {

namespace {

struct Unit
{
    std::string_view name;
    Duration length;
};

using namespace std::chrono_literals;

constexpr std::array goUnits{
    Unit{"h", 1h}, Unit{"ms", 1ms}, Unit{"m", 1min}, Unit{"s", 1s}, Unit{"us", 1us}, Unit{"µs", 1us}, Unit{"ns", 1ns}};
constexpr std::array nginxUnits{Unit{"y", 24h * 365}, Unit{"M", 24h * 30}, Unit{"w", 24h * 7}, Unit{"d", 24h},
    Unit{"h", 1h}, Unit{"ms", 1ms}, Unit{"m", 1min}, Unit{"s", 1s}};

/// A number and its unit at the front of \a text, which is cut off; \a fallback where no unit follows.
std::optional<double> takeNanoseconds(
    std::string_view& text, std::span<const Unit> units, std::optional<Duration> fallback)
{
    double number = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number, std::chars_format::fixed);
    if (error != std::errc{} || !std::isfinite(number) || number < 0)
        return {};
    text.remove_prefix(static_cast<std::size_t>(end - text.data()));
    for (const auto& unit : units) {
        if (text.starts_with(unit.name)) {
            text.remove_prefix(unit.name.size());
            return number * static_cast<double>(unit.length.count());
        }
    }
    if (!fallback || !trimmed(text).empty())
        return {};
    return number * static_cast<double>(fallback->count());
}

std::optional<Duration> rounded(double nanoseconds)
{
    if (!(std::abs(nanoseconds) < 9.2e18))
        return {};
    return Duration{std::llround(nanoseconds)};
}

} // namespace

std::optional<Duration> parseDuration(std::string_view text)
{
    text = trimmed(text);
    const bool isNegative = text.starts_with('-');
    if (isNegative || text.starts_with('+'))
        text.remove_prefix(1);
    if (text == "0")
        return Duration{0};
    double sum = 0;
    do {
        const auto part = takeNanoseconds(text, goUnits, {});
        if (!part)
            return {};
        sum += *part;
    } while (!text.empty());
    return rounded(isNegative ? -sum : sum);
}

std::optional<Duration> parseNginxTime(std::string_view text)
{
    text = trimmed(text);
    double sum = 0;
    do {
        const auto part = takeNanoseconds(text, nginxUnits, 1s);
        if (!part)
            return {};
        sum += *part;
        text = trimmed(text);
    } while (!text.empty());
    return rounded(sum);
}

std::optional<Version> parseVersion(std::string_view text)
{
    text = trimmed(text);
    if (text.starts_with('v'))
        text.remove_prefix(1);
    std::array<std::uint32_t, 3> numbers{};
    for (std::size_t i = 0; i < numbers.size(); ++i) {
        const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), numbers[i]);
        if (error != std::errc{})
            return i == 0 ? std::optional<Version>{} : Version{numbers[0], numbers[1], 0};
        text.remove_prefix(static_cast<std::size_t>(end - text.data()));
        if (!text.starts_with('.'))
            break;
        text.remove_prefix(1);
    }
    return Version{numbers[0], numbers[1], numbers[2]};
}

Value sysctlValue(std::string_view text)
{
    text = trimmed(text);
    if (const auto integer = toInteger<std::int64_t>(text))
        return *integer;
    return std::string(text);
}

} // namespace halfshake
