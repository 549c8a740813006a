// SPDX-FileCopyrightText: The Halfshake authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "models/correlation/correlation.h"
#include "models/diagnosis/cause.h"
#include "models/diagnosis/failurefacts.h"
#include "models/incident/evidence.h"
#include "models/parameters/parameterstore.h"
#include "models/rules/finding.h"

#include <cstdint>
#include <map>
#include <memory>
#include <string>
#include <vector>

namespace halfshake {

/// Names what a rule says about a subject in every snapshot: "PORT-001/ingress.txt".
[[nodiscard]] std::string findingKey(const Finding& finding);

/// Everything the window shows, at one moment. Never changes; the next one shares what stayed the same. The parts are
/// never null, only empty.
struct IncidentSnapshot
{
    std::uint64_t revision = 0;
    std::vector<std::shared_ptr<const Evidence>> evidence; ///< EvidenceId is the index; removed evidence is null.
    std::shared_ptr<const ParameterStore> parameters = std::make_shared<const ParameterStore>();
    std::shared_ptr<const Correlation> correlation = std::make_shared<const Correlation>();
    std::vector<Finding> findings; ///< In the order of evaluateAll().
    std::vector<Cause> causes; ///< The best first.
    std::shared_ptr<const FailureFacts> facts = std::make_shared<const FailureFacts>();
    std::map<std::string, std::string> dismissals; ///< By findingKey(): the reason a person gave.

    /// Why a person dismissed \a finding; null where nobody did.
    [[nodiscard]] const std::string* dismissalOf(const Finding& finding) const;

    [[nodiscard]] const Evidence* find(EvidenceId id) const;
    [[nodiscard]] const Capture* capture(EvidenceId id) const;
    [[nodiscard]] const ProxyLog* log(EvidenceId id) const;

    [[nodiscard]] const ConnectionAttempt* connection(ObjectRef object) const;
    [[nodiscard]] const UpstreamAttempt* upstreamAttempt(ObjectRef object) const;
    [[nodiscard]] const ProxyRequest* request(ObjectRef object) const;
    [[nodiscard]] const ErrorEntry* errorEntry(ObjectRef object) const;
};

} // namespace halfshake
