// SPDX-FileCopyrightText: The Halfshake authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "models/parameters/parameterstore.h"
#include "models/rules/value.h"

#include <set>
#include <string>
#include <vector>

namespace halfshake {

/// What was observed in one network namespace or on one host: samples of counters, sockets, tracked connections or
/// kernel messages that belong together.
struct Observations
{
    std::string label; ///< Names of the evidence.
    std::string host; ///< "" = unknown.
    std::string networkNamespace; ///< "" = unknown.
    std::vector<const ParameterFile*> counters;
    std::vector<const ParameterFile*> sockets;
    std::vector<const ParameterFile*> trackedConnections;
    std::vector<const ParameterFile*> kernelMessages;

    [[nodiscard]] std::set<std::string> names() const; ///< The variables they give.
};

/// All observations of the incident. Samples of one kind belong together where host and namespace are stated and equal,
/// or where only a word like "before" and "after" tells their names apart; in evidence order.
[[nodiscard]] std::vector<Observations> observationsOf(const ParameterStore& parameters);

/// The name of a sample without what tells it from other samples of the same thing: "ingress" of "ingress-before.txt".
[[nodiscard]] std::string sampleGroup(std::string_view name);

/// counters, countersAreDifference, sockets, trackedConnections, kernelMessages, as far as given
/// (resources/rules/README.md).
[[nodiscard]] ValueMap observationVariables(const ParameterStore& parameters, const Observations& observations);

} // namespace halfshake
