// SPDX-FileCopyrightText: The Halfshake authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "models/base/expected.h"
#include "models/correlation/correlation.h"
#include "models/diagnosis/cause.h"
#include "models/diagnosis/causecatalogue.h"
#include "models/parameters/parameterstore.h"
#include "models/rules/finding.h"

#include <vector>

namespace halfshake {

struct FailureFacts;

struct DiagnosisInput
{
    const std::vector<std::shared_ptr<const Capture>>& captures;
    const std::vector<std::shared_ptr<const ProxyLog>>& logs;
    const Correlation& correlation;
    const ParameterStore& parameters;
    const std::vector<Finding>& findings;
    const FailureFacts* facts = nullptr; ///< Of failureFacts(); null: causes that need them do without.
};

/// All causes of the catalogue, the best first: certainty, then how much is explained, then catalogue order. Excluded
/// ones come last. Pure.
[[nodiscard]] std::vector<Cause> diagnose(const DiagnosisInput& input, const CauseCatalogue& catalogue);

} // namespace halfshake
