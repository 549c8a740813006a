// SPDX-FileCopyrightText: The Halfshake authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "models/correlation/sparsematching.h"

#include <algorithm>
#include <functional>
#include <map>
#include <tuple>
#include <utility>

namespace halfshake {

namespace {

/// Alternatives dearer than this are no rivals; the search for them stops.
constexpr double widestMargin = 50;

} // namespace

SparseMatching::SparseMatching(
    std::uint32_t leftCount, std::uint32_t rightCount, std::vector<MatchEdge> edges, double alone)
    : m_rightCount(rightCount)
    , m_alone(alone)
    , m_edges(std::move(edges))
    , m_firstEdge(leftCount + std::size_t{1})
    , m_leftOf(std::size_t{rightCount} + leftCount, none)
    , m_price(m_leftOf.size())
    , m_rightOf(leftCount, none)
    , m_costOf(leftCount)
    , m_distance(m_leftOf.size())
    , m_from(m_leftOf.size(), none)
    , m_round(m_leftOf.size())
{
    std::erase_if(m_edges, [this](const MatchEdge& edge) { return edge.cost > m_alone; });
    std::ranges::sort(m_edges, {}, [](const MatchEdge& edge) { return std::tuple(edge.left, edge.right, edge.cost); });
    const auto repeats =
        std::ranges::unique(m_edges, {}, [](const MatchEdge& edge) { return std::pair(edge.left, edge.right); });
    m_edges.erase(repeats.begin(), repeats.end());
    for (const auto& edge : m_edges)
        ++m_firstEdge[edge.left + 1];
    for (std::size_t i = 1; i < m_firstEdge.size(); ++i)
        m_firstEdge[i] += m_firstEdge[i - 1];
    for (std::uint32_t left = 0; left < leftCount; ++left)
        augment(left);
    indexTakers();
}

void SparseMatching::indexTakers()
{
    m_firstTaker.resize(m_rightCount + std::size_t{1});
    for (const auto& edge : m_edges)
        ++m_firstTaker[edge.right + 1];
    for (std::size_t i = 1; i < m_firstTaker.size(); ++i)
        m_firstTaker[i] += m_firstTaker[i - 1];
    m_takers.resize(m_edges.size());
    auto next = m_firstTaker;
    for (std::uint32_t i = 0; i < m_edges.size(); ++i)
        m_takers[next[m_edges[i].right]++] = i;
}

std::uint32_t SparseMatching::rightOf(std::uint32_t left) const
{
    const auto right = m_rightOf[left];
    return right < m_rightCount ? right : none;
}

double SparseMatching::costOf(std::uint32_t left) const
{
    return m_costOf[left];
}

std::span<const MatchEdge> SparseMatching::edgesOf(std::uint32_t left) const
{
    return std::span(m_edges).subspan(m_firstEdge[left], m_firstEdge[left + 1] - m_firstEdge[left]);
}

void SparseMatching::startSearch()
{
    ++m_currentRound;
}

void SparseMatching::reach(std::uint32_t right, double distance, std::uint32_t from, std::vector<Reached>& heap)
{
    if (m_round[right] == m_currentRound && m_distance[right] <= distance)
        return;
    m_round[right] = m_currentRound;
    m_distance[right] = distance;
    m_from[right] = from;
    heap.push_back({distance, right});
    std::ranges::push_heap(heap, std::greater{});
}

/// Reaches what \a left could take instead of what it has.
void SparseMatching::expand(std::uint32_t left, double distance, std::vector<Reached>& heap)
{
    const auto own = m_rightOf[left];
    const double base = own == none ? distance : distance - (m_costOf[left] - m_price[own]);
    // no step is shorter than 0, whatever the rounding: else the search would walk in circles
    for (const auto& edge : edgesOf(left)) {
        if (edge.right != own)
            reach(edge.right, std::max(distance, base + edge.cost - m_price[edge.right]), left, heap);
    }
    if (own != aloneOf(left))
        reach(aloneOf(left), std::max(distance, base + m_alone - m_price[aloneOf(left)]), left, heap);
}

void SparseMatching::augment(std::uint32_t left)
{
    startSearch();
    std::vector<Reached> heap;
    std::vector<std::uint32_t> settled;
    expand(left, 0, heap);
    std::uint32_t end = none;
    double length = 0;
    while (!heap.empty()) {
        std::ranges::pop_heap(heap, std::greater{});
        const auto here = heap.back();
        heap.pop_back();
        if (here.distance > m_distance[here.right])
            continue;
        if (m_leftOf[here.right] == none) {
            end = here.right;
            length = here.distance;
            break;
        }
        settled.push_back(here.right);
        expand(m_leftOf[here.right], here.distance, heap);
    }
    for (const auto right : settled)
        m_price[right] += m_distance[right] - length;
    while (end != none) {
        const auto owner = m_from[end];
        const auto previous = m_rightOf[owner];
        const auto edges = edgesOf(owner);
        const auto edge = std::ranges::find(edges, end, &MatchEdge::right);
        m_rightOf[owner] = end;
        m_leftOf[end] = owner;
        m_costOf[owner] = edge != edges.end() ? edge->cost : m_alone;
        end = owner == left ? none : previous;
    }
}

/// What it costs at least to give back \a own: nobody takes it, or somebody does who gives back another, and so on.
double SparseMatching::returned(std::uint32_t left) const
{
    const auto own = m_rightOf[left];
    double best = -m_price[own];
    std::map<std::uint32_t, double> distances{{own, 0}};
    std::vector<Reached> heap{{0, own}};
    while (!heap.empty()) {
        std::ranges::pop_heap(heap, std::greater{});
        const auto here = heap.back();
        heap.pop_back();
        if (here.distance >= best)
            break;
        if (here.right >= m_rightCount || here.distance > distances[here.right])
            continue;
        for (auto i = m_firstTaker[here.right]; i < m_firstTaker[here.right + 1]; ++i) {
            const auto& edge = m_edges[m_takers[i]];
            const auto given = m_rightOf[edge.left];
            if (edge.left == left || given == here.right)
                continue;
            const double step = edge.cost - m_price[here.right] - (m_costOf[edge.left] - m_price[given]);
            const double distance = here.distance + std::max(0.0, step);
            best = std::min(best, distance - m_price[given]);
            const auto [known, isNew] = distances.try_emplace(given, distance);
            if (!isNew && known->second <= distance)
                continue;
            known->second = distance;
            heap.push_back({distance, given});
            std::ranges::push_heap(heap, std::greater{});
        }
    }
    return best;
}

/// What the others pay for leaving \a right to \a left, which gives back what it has at the price \a returning.
double SparseMatching::detour(std::uint32_t left, std::uint32_t right, double returning)
{
    if (m_leftOf[right] == none)
        return returning;
    startSearch();
    std::vector<Reached> heap;
    expand(m_leftOf[right], 0, heap);
    double best = widestMargin;
    while (!heap.empty()) {
        std::ranges::pop_heap(heap, std::greater{});
        const auto here = heap.back();
        heap.pop_back();
        if (here.distance >= best)
            break;
        if (here.distance > m_distance[here.right] || here.right == right)
            continue;
        if (here.right == m_rightOf[left])
            return here.distance;
        if (m_leftOf[here.right] == none)
            best = std::min(best, here.distance + returning);
        else
            expand(m_leftOf[here.right], here.distance, heap);
    }
    return best;
}

std::vector<MatchAlternative> SparseMatching::alternatives(std::uint32_t left)
{
    std::vector<MatchAlternative> found;
    const auto own = m_rightOf[left];
    const auto edges = edgesOf(left);
    if (edges.size() < 2)
        return found;
    const double returning = returned(left);
    for (const auto& edge : edges) {
        if (edge.right == own)
            continue;
        const auto step = edge.cost - m_price[edge.right] - (m_costOf[left] - m_price[own]);
        found.push_back({edge.right, std::max(0.0, step + detour(left, edge.right, returning))});
    }
    std::ranges::stable_sort(found, {}, &MatchAlternative::margin);
    return found;
}

} // namespace halfshake
