// SPDX-FileCopyrightText: The Halfshake authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "models/rules/exacttest.h"

#include <algorithm>
#include <cmath>
#include <numbers>

namespace halfshake::exacttest {

namespace {

/// ln n!. Stirling's series; std::lgamma writes a global.
double logFactorial(double n)
{
    if (n < 2)
        return 0;
    if (n < 32) {
        double product = 1;
        for (double factor = 2; factor <= n; ++factor)
            product *= factor;
        return std::log(product);
    }
    const auto inverse = 1 / n;
    return n * std::log(n) - n + 0.5 * std::log(2 * std::numbers::pi * n) + inverse / 12
        - inverse * inverse * inverse / 360 + std::pow(inverse, 5) / 1260;
}

double logChoose(double n, double k)
{
    return logFactorial(n) - logFactorial(k) - logFactorial(n - k);
}

/// Sums terms that shrink from the first one on; \a ratio is the next term over the one at k.
template<typename Ratio>
double sum(double first, std::int64_t k, std::int64_t last, std::int64_t step, Ratio ratio)
{
    double total = 0;
    for (double term = first;; k += step) {
        total += term;
        if (k == last || term <= total * 1e-17)
            return total;
        term *= ratio(static_cast<double>(k));
    }
}

/// P(X >= k) of a distribution with that support and term; sums on the side of k where the terms shrink.
template<typename Term, typename Up>
double upperTail(std::int64_t k, std::int64_t least, std::int64_t most, Term term, Up up, double mean)
{
    if (k <= least)
        return 1;
    if (k > most)
        return 0;
    if (static_cast<double>(k) > mean)
        return std::min(1.0, sum(term(static_cast<double>(k)), k, most, 1, up));
    const auto down = [&up](double i) { return 1 / up(i - 1); };
    return std::max(0.0, 1 - sum(term(static_cast<double>(k - 1)), k - 1, least, -1, down));
}

} // namespace

double binomialTail(std::int64_t successes, std::int64_t trials, double probability)
{
    const auto n = static_cast<double>(trials);
    if (probability <= 0 || probability >= 1)
        return successes <= (probability >= 1 ? trials : 0) ? 1 : 0;
    const auto term = [&](double k) {
        return std::exp(logChoose(n, k) + k * std::log(probability) + (n - k) * std::log1p(-probability));
    };
    const auto up = [&](double k) { return (n - k) / (k + 1) * probability / (1 - probability); };
    return upperTail(successes, 0, trials, term, up, n * probability);
}

double hypergeometricTail(std::int64_t drawnMarked, std::int64_t drawn, std::int64_t marked, std::int64_t population)
{
    const auto n = static_cast<double>(drawn);
    const auto m = static_cast<double>(marked);
    const auto all = static_cast<double>(population);
    const auto least = std::max<std::int64_t>(0, drawn + marked - population);
    const auto most = std::min(drawn, marked);
    const auto term = [&](double k) {
        return std::exp(logChoose(m, k) + logChoose(all - m, n - k) - logChoose(all, n));
    };
    const auto up = [&](double k) { return (m - k) / (k + 1) * (n - k) / (all - m - n + k + 1); };
    return upperTail(drawnMarked, least, most, term, up, population > 0 ? n * m / all : 0);
}

} // namespace halfshake::exacttest
