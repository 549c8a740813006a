// SPDX-FileCopyrightText: The Halfshake authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "models/correlation/correlation.h"
#include "models/parameters/parameterstore.h"
#include "models/rules/rulecatalogue.h"

#include <memory>
#include <string>
#include <vector>

namespace halfshake {

/// One thing rules speak about, with the variables their expressions see.
struct Subject
{
    RuleSubject kind = RuleSubject::Node;
    std::string label; ///< "ingress.txt", "DaemonSet kube-system/nginx-ingress-controller"
    ValueMap variables;
};

/// The subjects that settings and correlation give: every sysctl dump is a node and a network namespace, every workload
/// a manifest, every proxy configuration with every dump that can be the proxy's a proxy, ...
[[nodiscard]] std::vector<Subject> subjectsOf(const ParameterStore& parameters, const Correlation& correlation);

/// What one rule says about one subject.
[[nodiscard]] Finding evaluate(const Rule& rule, const Subject& subject);

/// All rules over all subjects they are meant for. A rule without any subject gives one Unknown finding that names what
/// to collect. Ordered: fires before unknown before clear before not applicable, then severity, id, subject.
[[nodiscard]] std::vector<Finding> evaluateAll(const RuleCatalogue& catalogue, const std::vector<Subject>& subjects);

} // namespace halfshake
