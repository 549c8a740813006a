// SPDX-FileCopyrightText: The Halfshake authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "models/rules/rulecatalogue.h"
#include "models/rules/subjects.h"

#include <vector>

namespace halfshake {

/// What one rule says about one subject.
[[nodiscard]] Finding evaluate(const Rule& rule, const Subject& subject);

/// All rules over all subjects they are meant for. A rule without any subject gives one Unknown finding that names what
/// to collect. Ordered: fires before unknown before clear before not applicable, then severity, id, subject.
[[nodiscard]] std::vector<Finding> evaluateAll(const RuleCatalogue& catalogue, const std::vector<Subject>& subjects);

} // namespace halfshake
