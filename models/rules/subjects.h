// SPDX-FileCopyrightText: The Halfshake authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "models/correlation/correlation.h"
#include "models/parameters/parameterstore.h"
#include "models/rules/rule.h"

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
/// a manifest, every proxy configuration with the dump that is the proxy's a proxy, the way from the proxy to its
/// upstreams a path.
[[nodiscard]] std::vector<Subject> subjectsOf(const ParameterStore& parameters, const Correlation& correlation);

/// sysctl and kernelVersion of the namespace the proxy runs in, as far as the dumps that can be it agree.
/// \a proxyConfiguration may be null.
[[nodiscard]] ValueMap proxyNamespaceVariables(
    const ParameterStore& parameters, const Correlation& correlation, const ParameterFile* proxyConfiguration);

} // namespace halfshake
