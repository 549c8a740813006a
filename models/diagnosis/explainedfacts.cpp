// SPDX-FileCopyrightText: The Halfshake authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "models/diagnosis/explainedfacts.h"

#include <array>
#include <set>
#include <string>
#include <utility>

namespace halfshake {

namespace {

using FieldCount = std::pair<const char*, const char*>;

/// Counts of connections by one of their fields.
constexpr std::array<FieldCount, 15> connectionCounts{{{"reused", "isReused"}, {"ackIgnored", "isAckIgnored"},
    {"ackIgnoredAtServer", "isAckIgnoredAtServer"}, {"closedByServer", "isClosedByServer"},
    {"closedByClient", "isClosedByClient"}, {"missingAtServer", "isMissingAtServer"},
    {"answeredLater", "isServerAnsweringLater"}, {"answeringMeanwhile", "isServerAnsweringMeanwhile"},
    {"stalling", "isServerStallingMeanwhile"}, {"unanswered", "isUnanswered"}, {"silentAtServer", "isSilentAtServer"},
    {"losingLargeSegments", "isLosingLargeSegments"}, {"synIgnoredAtServer", "isSynIgnoredAtServer"},
    {"synAckSent", "isSynAckSent"}, {"synAckArrived", "synAckArrived"}}};

/// Counts one set of failures.
class Counter
{
public:
    explicit Counter(std::size_t undecided)
    {
        m_counts.emplace("undecided", static_cast<std::int64_t>(undecided));
        for (const auto* const name : {"count", "linked", "withErrorEntry", "missingOnWire"})
            m_counts.emplace(name, std::int64_t{0});
        for (const auto& [name, field] : connectionCounts)
            m_counts.emplace(name, std::int64_t{0});
    }

    void add(const Failure& failure)
    {
        m_upstreams.insert(failure.upstream);
        addOne("count", failure.object);
        if (failure.connection)
            addOne("linked", *failure.connection);
        if (failure.errorEntry)
            addOne("withErrorEntry", *failure.errorEntry);
        if (isFieldTrue(failure, "attempt", "isMissingOnWire"))
            addOne("missingOnWire", failure.object);
        for (const auto& [name, field] : connectionCounts) {
            if (isFieldTrue(failure, "connection", field))
                addOne(name, failure.connection.value_or(failure.object));
        }
        if (const auto* const outcome = fieldOf(failure, "connection", "outcome"))
            addOutcome(*as<std::string>(*outcome), failure.connection.value_or(failure.object));
    }

    ExplainedFacts finish()
    {
        ValueList names;
        for (const auto& upstream : m_upstreams)
            names.emplace_back(upstream);
        m_counts.emplace("outcomes", Value::map(std::move(m_outcomes)));
        m_counts.emplace("upstreams", Value::list(std::move(names)));
        return {Value::map(std::move(m_counts)), std::move(m_counted)};
    }

private:
    static void increment(Value& number)
    {
        const auto* const before = as<std::int64_t>(number);
        number = (before ? *before : 0) + 1;
    }
    void addOne(const std::string& name, ObjectRef object)
    {
        increment(m_counts[name]);
        addCounted(m_counted, "explained." + name, object);
    }
    void addOutcome(const std::string& outcome, ObjectRef object)
    {
        increment(m_outcomes[outcome]);
        addCounted(m_counted, "explained.outcomes." + outcome, object);
    }

    ValueMap m_counts;
    ValueMap m_outcomes;
    CountedObjects m_counted;
    std::set<std::string> m_upstreams;
};

} // namespace

const Value* fieldOf(const Failure& failure, const char* object, const char* field)
{
    const auto it = failure.variables.find(object);
    const auto* const fields =
        it == failure.variables.end() ? nullptr : as<std::shared_ptr<const ValueMap>>(it->second);
    const auto found = fields ? (*fields)->find(field) : ValueMap::const_iterator{};
    return fields && found != (*fields)->end() ? &found->second : nullptr;
}

bool isFieldTrue(const Failure& failure, const char* object, const char* field)
{
    const auto* const value = fieldOf(failure, object, field);
    const auto* const truth = value ? as<bool>(*value) : nullptr;
    return truth && *truth;
}

ExplainedFacts explainedFacts(std::span<const Failure* const> explained, std::size_t undecided)
{
    Counter counter(undecided);
    for (const auto* const failure : explained)
        counter.add(*failure);
    return counter.finish();
}

} // namespace halfshake
