// SPDX-FileCopyrightText: The Halfshake authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <cstdint>
#include <limits>
#include <optional>
#include <span>
#include <vector>

namespace halfshake {

/// One pair that may be matched, and what it costs.
struct MatchEdge
{
    std::uint32_t left = 0;
    std::uint32_t right = 0;
    double cost = 0;
};

/// What the matching of one left item could also have been.
struct MatchAlternative
{
    std::uint32_t right = 0;
    double margin = 0; ///< How much dearer the whole matching gets by it.
};

/// The cheapest one-to-one matching of a sparse bipartite graph; a left item may stay alone at a price.
///
/// Shortest augmenting paths with potentials (Jonker and Volgenant): each item explores only its own neighbourhood.
class SparseMatching
{
public:
    static constexpr std::uint32_t none = std::numeric_limits<std::uint32_t>::max();

    /// Edges that cost more than \a alone are never used.
    SparseMatching(std::uint32_t leftCount, std::uint32_t rightCount, std::vector<MatchEdge> edges, double alone);

    [[nodiscard]] std::uint32_t rightOf(std::uint32_t left) const;
    [[nodiscard]] double costOf(std::uint32_t left) const; ///< Of the edge used.
    /// Every other right item of a matched left item, by margin.
    [[nodiscard]] std::vector<MatchAlternative> alternatives(std::uint32_t left);
    [[nodiscard]] std::span<const MatchEdge> edgesOf(std::uint32_t left) const;

private:
    struct Reached
    {
        double distance;
        std::uint32_t right;

        bool operator>(const Reached& other) const { return distance > other.distance; }
    };

    [[nodiscard]] std::uint32_t aloneOf(std::uint32_t left) const { return m_rightCount + left; }
    void augment(std::uint32_t left);
    void startSearch();
    void reach(std::uint32_t right, double distance, std::uint32_t from, std::vector<Reached>& heap);
    void expand(std::uint32_t left, double distance, std::vector<Reached>& heap);
    void indexTakers();
    [[nodiscard]] double returned(std::uint32_t left) const;
    [[nodiscard]] double detour(std::uint32_t left, std::uint32_t right, double returning);

    std::uint32_t m_rightCount;
    double m_alone;
    std::vector<MatchEdge> m_edges; ///< By left.
    std::vector<std::uint32_t> m_firstEdge;
    std::vector<std::uint32_t> m_takers; ///< Edges by right.
    std::vector<std::uint32_t> m_firstTaker;
    std::vector<std::uint32_t> m_leftOf; ///< Of each right item and of each left item's place alone.
    std::vector<double> m_price; ///< Potential of the right items; 0 until one is fought for, then negative.
    std::vector<std::uint32_t> m_rightOf;
    std::vector<double> m_costOf;
    std::vector<double> m_distance; ///< Of the running search, valid where m_round is the current one.
    std::vector<std::uint32_t> m_from;
    std::vector<std::uint32_t> m_round;
    std::uint32_t m_currentRound = 0;
};

} // namespace halfshake
