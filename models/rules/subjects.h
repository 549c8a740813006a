// SPDX-FileCopyrightText: The Halfshake authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "models/correlation/correlation.h"
#include "models/parameters/parameterstore.h"
#include "models/rules/rule.h"

#include <set>
#include <string>
#include <vector>

namespace halfshake {

/// One thing rules speak about, with the variables their expressions see.
struct Subject
{
    RuleSubject kind = RuleSubject::Node;
    std::string label; ///< "ingress.txt", "DaemonSet kube-system/nginx-ingress-controller"
    ValueMap variables;
    /// Variables that are the subject's own, not the incident's; empty: all. See speaksAbout().
    std::set<std::string> own = {};
};

/// Whether \a rule has to do with \a subject: what it needs of observations (counters, sockets, messages) must be the
/// subject's own, or else one of its inputs.
[[nodiscard]] bool speaksAbout(const Rule& rule, const Subject& subject);

/// The subjects that settings and correlation give (resources/rules/README.md): every sysctl dump is a node and a
/// network namespace, observations that belong to no dump too; every workload is a manifest, every proxy configuration
/// with the dump that is the proxy's a proxy and, with an application or a load balancer, a chain.
[[nodiscard]] std::vector<Subject> subjectsOf(const ParameterStore& parameters, const Correlation& correlation);

/// sysctl and kernelVersion of the namespace the proxy runs in, as far as the dumps that can be it agree.
/// \a proxyConfiguration may be null.
[[nodiscard]] ValueMap proxyNamespaceVariables(
    const ParameterStore& parameters, const Correlation& correlation, const ParameterFile* proxyConfiguration);

} // namespace halfshake
