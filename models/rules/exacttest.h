// SPDX-FileCopyrightText: The Halfshake authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <cstdint>

namespace halfshake::exacttest {

/// The most trials or the largest population the tests take.
inline constexpr std::int64_t mostTrials = 100'000'000;

/// The chance of \a successes or more in \a trials independent trials of that \a probability.
[[nodiscard]] double binomialTail(std::int64_t successes, std::int64_t trials, double probability);

/// Fisher's exact test, one-sided: the chance of \a drawnMarked or more marked ones among \a drawn, drawn without
/// replacement from \a population of which \a marked are marked.
[[nodiscard]] double hypergeometricTail(
    std::int64_t drawnMarked, std::int64_t drawn, std::int64_t marked, std::int64_t population);

} // namespace halfshake::exacttest
