// SPDX-FileCopyrightText: The Halfshake authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "models/figures/timeticks.h"

#include <algorithm>
#include <array>
#include <format>

namespace halfshake {

namespace {

using namespace std::chrono_literals;

constexpr std::array<Duration, 19> longSteps{
    1s, 2s, 5s, 10s, 15s, 30s, 1min, 2min, 5min, 10min, 15min, 30min, 1h, 2h, 3h, 6h, 12h, 24h, 48h};

Duration stepFor(Duration range, int most)
{
    const Duration least = range / std::max(most, 1);
    for (Duration decade{1}; decade < 1s; decade *= 10) {
        for (const int factor : {1, 2, 5}) {
            if (decade * factor >= least)
                return decade * factor;
        }
    }
    for (const auto step : longSteps) {
        if (step >= least)
            return step;
    }
    return std::chrono::ceil<std::chrono::days>(least);
}

int decimalsFor(Duration step)
{
    int decimals = 0;
    for (Duration unit = 1s; unit > step && decimals < 9; unit /= 10)
        ++decimals;
    return decimals;
}

QString labelOf(TimePoint time, Duration step, bool isNewDay)
{
    const auto seconds = std::chrono::floor<std::chrono::seconds>(time);
    if (step >= 24h)
        return QString::fromStdString(std::format("{:%F}", seconds));
    auto label = step >= 1min ? std::format("{:%H:%M}", seconds) : std::format("{:%H:%M:%S}", seconds);
    if (const int decimals = decimalsFor(step); decimals > 0)
        label += '.' + std::format("{:09}", (time - seconds).count()).substr(0, static_cast<std::size_t>(decimals));
    if (isNewDay)
        label += std::format("\n{:%F}", seconds);
    return QString::fromStdString(label);
}

} // namespace

std::vector<TimeTick> timeTicks(TimeRange range, int most)
{
    std::vector<TimeTick> ticks;
    if (range.isEmpty() || most < 1)
        return ticks;
    const auto step = stepFor(range.duration(), most);
    const auto sinceEpoch = range.start.time_since_epoch();
    auto count = sinceEpoch / step;
    if (step * count < sinceEpoch)
        ++count;
    std::chrono::sys_days lastDay{};
    for (TimePoint time{step * count}; time < range.end; time += step) {
        const auto day = std::chrono::floor<std::chrono::days>(time);
        ticks.push_back({time, labelOf(time, step, day != lastDay)});
        lastDay = day;
    }
    return ticks;
}

} // namespace halfshake
