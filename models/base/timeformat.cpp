// SPDX-FileCopyrightText: The Halfshake authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "models/base/timeformat.h"

#include <array>
#include <charconv>
#include <chrono>
#include <cstdint>
#include <span>
#include <string_view>

namespace halfshake {

namespace {

void writeDigits(std::span<char> field, std::uint64_t value)
{
    for (auto digit = field.rbegin(); digit != field.rend(); ++digit, value /= 10)
        *digit = static_cast<char>('0' + (value % 10));
}

struct HumanUnit
{
    std::uint64_t nanoseconds;
    std::string_view name;
};

constexpr std::int64_t nanosecondsPerSecond = 1'000'000'000;

constexpr HumanUnit humanUnits[] = {
    {1, " ns"},
    {1'000, " µs"},
    {1'000'000, " ms"},
    {1'000'000'000, " s"},
};

} // namespace

std::string toIsoString(TimePoint time)
{
    using namespace std::chrono;
    // the day of the earliest instants begins before what nanoseconds can say: fraction and seconds are split by hand
    const auto sinceEpoch = time.time_since_epoch().count();
    const auto isBefore = sinceEpoch % nanosecondsPerSecond < 0;
    const auto nanosecond = sinceEpoch % nanosecondsPerSecond + (isBefore ? nanosecondsPerSecond : 0);
    const sys_seconds wholeSecond{seconds(sinceEpoch / nanosecondsPerSecond - (isBefore ? 1 : 0))};
    const auto day = floor<days>(wholeSecond);
    const year_month_day date{day};
    const auto second = static_cast<std::uint64_t>((wholeSecond - day).count());

    std::string text = "0000-00-00T00:00:00.000000000Z";
    const std::span<char> all{text};
    writeDigits(all.subspan(0, 4), static_cast<std::uint64_t>(int{date.year()}));
    writeDigits(all.subspan(5, 2), unsigned{date.month()});
    writeDigits(all.subspan(8, 2), unsigned{date.day()});
    writeDigits(all.subspan(11, 2), second / 3600);
    writeDigits(all.subspan(14, 2), second / 60 % 60);
    writeDigits(all.subspan(17, 2), second % 60);
    writeDigits(all.subspan(20, 9), static_cast<std::uint64_t>(nanosecond));
    return text;
}

std::string toIsoString(EvidenceTime time)
{
    return toIsoString(TimePoint{time.time_since_epoch()});
}

std::string toHumanString(Duration duration)
{
    const bool isNegative = duration.count() < 0;
    const auto bits = static_cast<std::uint64_t>(duration.count());
    const auto magnitude = isNegative ? 0 - bits : bits;

    for (const auto& unit : humanUnits) {
        // rounded to thousandths; what rounds up to a thousand is one of the next unit
        const auto step = unit.nanoseconds / 1000;
        const auto thousandths =
            step == 0 ? magnitude * 1000 : (magnitude / step) + (magnitude % step * 2 >= step ? 1 : 0);
        const bool isLargest = &unit == std::end(humanUnits) - 1;
        if (!isLargest && (magnitude >= unit.nanoseconds * 1000 || thousandths >= 1'000'000))
            continue;

        std::string text = (isNegative ? "-" : "") + std::to_string(thousandths / 1000);
        if (const auto decimals = thousandths % 1000; decimals != 0) {
            std::array<char, 3> digits{};
            writeDigits(digits, decimals);
            const auto used = std::string_view{digits}.find_last_not_of('0') + 1;
            text.append(1, '.').append(digits.data(), used);
        }
        return text.append(unit.name);
    }
    return {};
}

} // namespace halfshake
