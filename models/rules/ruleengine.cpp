// SPDX-FileCopyrightText: The Halfshake authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "models/rules/ruleengine.h"

#include "models/rules/ruleevaluation.h"

#include <algorithm>
#include <array>
#include <tuple>
#include <utility>

namespace halfshake {

namespace {

int rankOf(Verdict verdict)
{
    static constexpr std::array order{
        Verdict::Fires, Verdict::Error, Verdict::Unknown, Verdict::Clear, Verdict::NotApplicable};
    return static_cast<int>(std::ranges::find(order, verdict) - order.begin());
}

/// What a rule says when there is nothing it could speak about.
Finding withoutSubject(const Rule& rule)
{
    auto finding = evaluate(rule, {.kind = rule.subject, .label = {}, .variables = {}});
    finding.verdict = Verdict::Unknown;
    return finding;
}

bool comesBefore(const Finding& a, const Finding& b)
{
    const auto key = [](const Finding& finding) {
        return std::tuple(rankOf(finding.verdict), -std::to_underlying(finding.severity),
            std::string_view(finding.rule), std::string_view(finding.subject));
    };
    return key(a) < key(b);
}

} // namespace

Finding evaluate(const Rule& rule, const Subject& subject)
{
    return RuleEvaluation(rule, subject).run();
}

std::vector<Finding> evaluateAll(const RuleCatalogue& catalogue, const std::vector<Subject>& subjects)
{
    std::vector<Finding> findings;
    for (const auto& rule : catalogue.rules()) {
        const auto before = findings.size();
        for (const auto& subject : subjects) {
            if (speaksAbout(rule, subject))
                findings.push_back(evaluate(rule, subject));
        }
        if (findings.size() == before)
            findings.push_back(withoutSubject(rule));
    }
    std::ranges::stable_sort(findings, comesBefore);
    return findings;
}

} // namespace halfshake
