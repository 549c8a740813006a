// SPDX-FileCopyrightText: The Halfshake authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "models/correlation/clockgraph.h"

#include "models/correlation/timearithmetic.h"

#include <algorithm>
#include <limits>
#include <optional>
#include <utility>

namespace halfshake {

namespace {

using namespace std::chrono_literals;

/// Clocks nobody compared are believed this far: hosts of one cluster keep time by NTP.
constexpr Duration believedUncertainty = 20ms;

/// \a comparison followed from the evidence it ends at, or backwards from the one it starts at.
ClockEstimate followed(const ClockEstimate& from, const ClockEstimate& comparison)
{
    const bool isForward = comparison.against == from.evidence;
    ClockEstimate result{.evidence = isForward ? comparison.evidence : comparison.against, .against = from.against};
    result.offset = isForward ? sum(from.offset, comparison.offset) : difference(from.offset, comparison.offset);
    result.uncertainty = sum(from.uncertainty, comparison.uncertainty);
    result.pairs = std::min(from.pairs, comparison.pairs);
    result.residual = comparison.residual;
    result.isReliable = true;
    // a clock that is kept beside one that drifts or was set goes as that one does
    const bool isOwn = !comparison.knots.empty() && isForward;
    for (const auto& knot : isOwn ? comparison.knots : from.knots) {
        const auto other = isOwn ? from.offset
            : isForward          ? comparison.offset
                                 : difference(Duration{0}, comparison.offset);
        result.knots.push_back({isOwn ? knot.at : moved(knot.at, other), sum(knot.offset, other)});
    }
    return result;
}

} // namespace

ClockGraph::ClockGraph(std::vector<EvidenceId> evidence, EvidenceId reference)
    : m_evidence(std::move(evidence)), m_reference(reference)
{
}

void ClockGraph::add(const ClockEstimate& estimate)
{
    m_comparisons.push_back(estimate);
}

/// Dijkstra's algorithm over the reliable comparisons, by uncertainty. A handful of evidence: no heap needed.
ClockGraph::Offsets ClockGraph::spread(Offsets known) const
{
    Offsets settled;
    while (!known.empty()) {
        const auto nearest = std::ranges::min_element(
            known, {}, [](const auto& entry) { return std::pair(entry.second.uncertainty, entry.first); });
        const auto here = nearest->second;
        settled.insert(*nearest);
        known.erase(nearest);
        for (const auto& comparison : m_comparisons) {
            const bool touches = comparison.evidence == here.evidence || comparison.against == here.evidence;
            if (!comparison.isReliable || !touches)
                continue;
            const auto next = followed(here, comparison);
            if (settled.contains(next.evidence))
                continue;
            const auto [it, isNew] = known.try_emplace(next.evidence, next);
            if (!isNew && next.uncertainty < it->second.uncertainty)
                it->second = next;
        }
    }
    return settled;
}

std::vector<ClockEstimate> ClockGraph::estimates() const
{
    const ClockEstimate origin{.evidence = m_reference,
        .against = m_reference,
        .pairs = std::numeric_limits<std::uint32_t>::max(),
        .isReliable = true};
    const auto known = spread({{m_reference, origin}});
    std::vector<ClockEstimate> result;
    for (const auto evidence : m_evidence) {
        if (evidence == m_reference)
            continue;
        if (const auto it = known.find(evidence); it != known.end()) {
            result.push_back(it->second);
            continue;
        }
        const ClockEstimate* best = nullptr;
        for (const auto& comparison : m_comparisons) {
            if (comparison.evidence == evidence && (!best || comparison.pairs > best->pairs))
                best = &comparison;
        }
        if (best)
            result.push_back(*best);
    }
    return result;
}

ClockGraph::Offsets ClockGraph::placed(const std::map<EvidenceId, Duration>& typed) const
{
    Offsets sources;
    const auto addSource = [&](EvidenceId evidence, Duration offset) {
        sources.insert_or_assign(evidence,
            ClockEstimate{.evidence = evidence,
                .against = m_reference,
                .offset = offset,
                .pairs = std::numeric_limits<std::uint32_t>::max(),
                .isReliable = true});
    };
    addSource(m_reference, Duration{0});
    for (const auto& [evidence, offset] : typed)
        addSource(evidence, offset);
    return spread(std::move(sources));
}

ClockAlignment ClockGraph::alignment(const std::map<EvidenceId, Duration>& typed) const
{
    const auto known = placed(typed);
    ClockAlignment clocks;
    for (const auto evidence : m_evidence) {
        ClockOffset offset{.evidence = evidence};
        const auto it = known.find(evidence);
        if (typed.contains(evidence)) {
            offset.offset = typed.at(evidence);
            offset.origin = ClockOffsetOrigin::Typed;
        } else if (evidence == m_reference) {
            offset.origin = ClockOffsetOrigin::Reference;
        } else if (it != known.end()) {
            offset.uncertainty = it->second.uncertainty;
            if (magnitude(it->second.offset) > it->second.uncertainty) {
                offset.offset = it->second.offset;
                offset.origin = ClockOffsetOrigin::Estimated;
            }
            if (!it->second.knots.empty()) {
                offset.offset = it->second.offset;
                offset.origin = ClockOffsetOrigin::Estimated;
                offset.knots = it->second.knots;
            }
        } else {
            offset.uncertainty = believedUncertainty;
        }
        clocks.set(offset);
    }
    return clocks;
}

bool ClockGraph::isKnown(EvidenceId evidence, const std::map<EvidenceId, Duration>& typed) const
{
    return placed(typed).contains(evidence);
}

} // namespace halfshake
