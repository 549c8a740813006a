// SPDX-FileCopyrightText: The Halfshake authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "models/diagnosis/incidentfacts.h"

#include "models/rules/evidencevariables.h"
#include "models/rules/exacttest.h"

#include <algorithm>
#include <map>
#include <string>

namespace halfshake {

namespace {

std::int64_t count(std::uint64_t number)
{
    return static_cast<std::int64_t>(number);
}

Value given(const DiagnosisInput& input)
{
    const auto& statistics = input.correlation.statistics;
    return Value::map({{"capture", statistics.hasCapture}, {"accessLog", statistics.hasAccessLog},
        {"errorLog", statistics.hasErrorLog}});
}

/// Answers of the proxy that tell of an upstream it could not use (RFC 9110 15.6.3 to 15.6.5).
bool isGatewayStatus(std::uint16_t status)
{
    return status == 502 || status == 503 || status == 504;
}

Value failureCounts(const DiagnosisInput& input, const std::vector<Failure>& failures)
{
    const auto& statistics = input.correlation.statistics;
    ValueMap byClass;
    for (const auto& [errorClass, number] : statistics.failedByClass)
        byClass.emplace(toString(errorClass), count(number));
    std::uint64_t gateway = 0;
    for (const auto& [status, number] : statistics.failedByStatus)
        gateway += isGatewayStatus(status) ? number : 0;
    const auto own = statistics.failedByClass.find(ErrorClass::UpstreamStatus);
    const auto ownNumber = own == statistics.failedByClass.end() ? 0 : own->second;
    return Value::map({{"total", count(failures.size())}, {"byClass", Value::map(std::move(byClass))},
        {"gateway", count(gateway)}, {"answeredByUpstream", count(ownNumber)},
        {"linked", count(statistics.linkedAttempts)}, {"requests", count(statistics.requests)},
        {"attempts", count(statistics.upstreamAttempts)}, {"connections", count(statistics.failedConnections)}});
}

std::int64_t inside(const std::vector<std::uint16_t>& ports, const PortSet& set)
{
    return std::ranges::count_if(ports, [&set](std::uint16_t port) { return set.contains(port); });
}

/// Client ports of failed handshakes against those of completed ones.
Value portFacts(const DiagnosisInput& input)
{
    const auto& statistics = input.correlation.statistics;
    const auto& failed = statistics.failedClientPorts;
    const auto& completed = statistics.completedClientPorts;
    const PortSet defaultRange({{30000, 32767}}); // kube-apiserver --service-node-port-range
    ValueMap facts{{"failed", std::ssize(failed)}, {"completed", std::ssize(completed)},
        {"failedInDefaultRange", inside(failed, defaultRange)},
        {"completedInDefaultRange", inside(completed, defaultRange)}};
    const bool listsServices =
        std::ranges::any_of(input.parameters.files(), [](const auto& file) { return file->listsServices; });
    if (listsServices) {
        const auto nodePorts = input.parameters.nodePortSet("TCP");
        const auto failedOn = inside(failed, nodePorts);
        const auto completedOn = inside(completed, nodePorts);
        facts.emplace("failedOnNodePort", failedOn);
        facts.emplace("completedOnNodePort", completedOn);
        facts.emplace("chance",
            exacttest::hypergeometricTail(
                failedOn, std::ssize(failed), failedOn + completedOn, std::ssize(failed) + std::ssize(completed)));
    }
    return Value::map(std::move(facts));
}

/// Per rule its strongest verdict over all subjects: fires, unknown, clear, not_applicable.
Value ruleVerdicts(const std::vector<Finding>& findings)
{
    std::map<std::string, Verdict> strongest;
    const auto rank = [](Verdict verdict) {
        switch (verdict) {
        case Verdict::Fires:
            return 4;
        case Verdict::Unknown:
            return 3;
        case Verdict::Clear:
            return 2;
        case Verdict::NotApplicable:
            return 1;
        case Verdict::Error:
            break;
        }
        return 0;
    };
    for (const auto& finding : findings) {
        const auto [it, isNew] = strongest.emplace(finding.rule, finding.verdict);
        if (!isNew && rank(finding.verdict) > rank(it->second))
            it->second = finding.verdict;
    }
    ValueMap rules;
    for (const auto& [rule, verdict] : strongest) {
        Value value = std::string(toString(verdict));
        const auto finding = std::ranges::find_if(findings,
            [&](const Finding& one) { return one.rule == rule && one.verdict == verdict && !one.values.empty(); });
        if (finding != findings.end())
            value.setOrigin({.name = rule,
                .place = finding->values.front().place,
                .object = {ObjectKind::Finding, {}, static_cast<std::uint32_t>(finding - findings.begin())},
                .isAssumed = false});
        rules.emplace(rule, std::move(value));
    }
    return Value::map(std::move(rules));
}

/// Connections that stand although a handshake packet was lost on the way, as the capture nearest the clients saw it.
Value repeatFacts(const DiagnosisInput& input)
{
    std::int64_t repeated = 0;
    std::int64_t completed = 0;
    for (const auto& capture : input.captures) {
        std::int64_t repeatedHere = 0;
        std::int64_t completedHere = 0;
        for (const auto& attempt : capture->attempts) {
            if (attempt.outcome != HandshakeOutcome::Completed && attempt.outcome != HandshakeOutcome::CompletedByData)
                continue;
            ++completedHere;
            repeatedHere += attempt.synRetransmissions > 0 || attempt.synAckRetransmissions > 0 ? 1 : 0;
        }
        if (completedHere > completed) {
            completed = completedHere;
            repeated = repeatedHere;
        }
    }
    return Value::map({{"completed", completed}, {"completedAfterRepeat", repeated}});
}

} // namespace

ValueMap incidentFacts(const DiagnosisInput& input, const std::vector<Failure>& failures)
{
    ValueMap facts = clusterVariables(input.parameters);
    facts.merge(captureVariables(input.correlation.statistics));
    facts.emplace("given", given(input));
    facts.emplace("failures", failureCounts(input, failures));
    facts.emplace("rules", ruleVerdicts(input.findings));
    if (input.correlation.statistics.hasCapture) {
        facts.emplace("ports", portFacts(input));
        facts.emplace("handshakes", repeatFacts(input));
    }
    return facts;
}

} // namespace halfshake
