// SPDX-FileCopyrightText: The Halfshake authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "models/correlation/sparsematching.h"

#include <QTest>

#include <algorithm>
#include <random>

using namespace halfshake;

namespace {

constexpr double alone = 8;

/// The price of the cheapest matching by trying all of them: the oracle.
double cheapest(
    std::uint32_t left, std::uint32_t leftCount, const std::vector<MatchEdge>& edges, std::vector<bool>& used)
{
    if (left == leftCount)
        return 0;
    double best = alone + cheapest(left + 1, leftCount, edges, used);
    for (const auto& edge : edges) {
        if (edge.left != left || used[edge.right])
            continue;
        used[edge.right] = true;
        best = std::min(best, edge.cost + cheapest(left + 1, leftCount, edges, used));
        used[edge.right] = false;
    }
    return best;
}

double price(const SparseMatching& matching, std::uint32_t leftCount)
{
    double sum = 0;
    for (std::uint32_t left = 0; left < leftCount; ++left)
        sum += matching.rightOf(left) == SparseMatching::none ? alone : matching.costOf(left);
    return sum;
}

std::vector<MatchEdge> randomEdges(std::mt19937& random, std::uint32_t leftCount, std::uint32_t rightCount)
{
    std::uniform_real_distribution<double> cost{0, 12};
    std::bernoulli_distribution isThere{0.5};
    std::vector<MatchEdge> edges;
    for (std::uint32_t left = 0; left < leftCount; ++left) {
        for (std::uint32_t right = 0; right < rightCount; ++right) {
            if (isThere(random))
                edges.push_back({left, right, cost(random)});
        }
    }
    return edges;
}

} // namespace

class TestSparseMatching : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void anEdgeDearerThanBeingAloneIsNotUsed();
    void theWholeCountsNotTheFirstComer();
    void equalChoicesHaveNoMargin();
    void costsAsTryingAllMatchingsDoes();
    void marginsAreTheExtraPriceOfForcingAnAlternative();
    void manyEqualCostsEnd();
};

void TestSparseMatching::anEdgeDearerThanBeingAloneIsNotUsed()
{
    const SparseMatching matching{1, 1, {{0, 0, 8.5}}, alone};
    QCOMPARE(matching.rightOf(0), SparseMatching::none);
}

void TestSparseMatching::theWholeCountsNotTheFirstComer()
{
    // 0 likes right 0 best, but 1 has nothing else
    const SparseMatching matching{2, 2, {{0, 0, 0}, {0, 1, 1}, {1, 0, 2}}, alone};
    QCOMPARE(matching.rightOf(0), 1u);
    QCOMPARE(matching.rightOf(1), 0u);
}

void TestSparseMatching::equalChoicesHaveNoMargin()
{
    SparseMatching twins{2, 2, {{0, 0, 1}, {0, 1, 1}, {1, 0, 1}, {1, 1, 1}}, alone};
    QCOMPARE(twins.alternatives(0).size(), std::size_t{1});
    QCOMPARE(twins.alternatives(0).front().margin, 0.0);
    QCOMPARE(twins.alternatives(1).front().margin, 0.0);
}

void TestSparseMatching::costsAsTryingAllMatchingsDoes()
{
    std::mt19937 random{7};
    for (int i = 0; i < 300; ++i) {
        const auto leftCount = 1 + i % 6u;
        const auto rightCount = 1 + i / 6 % 6u;
        const auto edges = randomEdges(random, leftCount, rightCount);
        std::vector<bool> used(rightCount);
        const SparseMatching matching{leftCount, rightCount, edges, alone};
        QVERIFY(std::abs(price(matching, leftCount) - cheapest(0, leftCount, edges, used)) < 1e-9);
    }
}

void TestSparseMatching::marginsAreTheExtraPriceOfForcingAnAlternative()
{
    std::mt19937 random{11};
    for (int i = 0; i < 200; ++i) {
        const auto edges = randomEdges(random, 4, 5);
        SparseMatching matching{4, 5, edges, alone};
        const double best = price(matching, 4);
        for (std::uint32_t left = 0; left < 4; ++left) {
            if (matching.rightOf(left) == SparseMatching::none)
                continue;
            for (const auto& alternative : matching.alternatives(left)) {
                auto forced = edges;
                std::erase_if(forced,
                    [&](const MatchEdge& edge) { return edge.left == left && edge.right != alternative.right; });
                const auto edge = std::ranges::find_if(forced, [&](const MatchEdge& e) { return e.left == left; });
                const double cost = edge->cost;
                edge->cost = -1000; // must be taken
                std::vector<bool> used(5);
                const double other = cheapest(0, 4, forced, used) + 1000 + cost;
                QVERIFY(std::abs(alternative.margin - (other - best)) < 1e-9);
            }
        }
    }
}

void TestSparseMatching::manyEqualCostsEnd()
{
    std::vector<MatchEdge> edges;
    for (std::uint32_t left = 0; left < 300; ++left) {
        for (std::uint32_t right = 0; right < 280; ++right)
            edges.push_back({left, right, 0.1 * (right % 3)});
    }
    SparseMatching matching{300, 280, edges, alone};
    std::uint32_t matched = 0;
    for (std::uint32_t left = 0; left < 300; ++left)
        matched += matching.rightOf(left) != SparseMatching::none ? 1 : 0;
    QCOMPARE(matched, 280u);
}

QTEST_GUILESS_MAIN(TestSparseMatching)
#include "tst_sparsematching.moc"
