// SPDX-FileCopyrightText: The Halfshake authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "models/correlation/correlation.h"
#include "models/parameters/parameterstore.h"
#include "models/rules/rulecatalogue.h"
#include "models/rules/ruleengine.h"

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

namespace halfshake {

/// A setting as it might be.
struct SettingChange
{
    EvidenceId evidence; ///< Where it is set; invalid: wherever the key stands, and if nowhere, as a typed fact.
    std::string host; ///< Of several in one dump; "" = all of them.
    std::string key; ///< As Parameter::key.
    std::string value;
};

/// A rule that says something else about a subject.
struct VerdictChange
{
    std::string rule;
    std::string title;
    std::string subject;
    std::optional<Verdict> before; ///< None where the subject was not there.
    std::optional<Verdict> after;
    Severity severity = Severity::Info; ///< After the change; before it where the rule says nothing any more.
};

/// What the recorded connections would have done with other settings of the proxy's network namespace and proxy.
struct RecordedEffect
{
    std::uint64_t failedConnections = 0; ///< With a client port.
    std::uint64_t failedPortsStillUsable = 0; ///< Their ports could still be chosen.
    std::uint64_t completedPortsStillUsable = 0;
    std::uint64_t completedConnections = 0;
    std::optional<Duration>
        giveUpBefore; ///< When a connect that is never answered ends: kernel or proxy, whichever is first.
    std::optional<Duration> giveUpAfter;
    bool isKernelFirstBefore = false; ///< The kernel's schedule ends it: 502; else the proxy's timer: 504.
    bool isKernelFirstAfter = false;
};

struct WhatIf
{
    std::vector<VerdictChange> verdicts; ///< In the order of evaluateAll() after the change, lost ones last.
    RecordedEffect recorded;
};

/// The settings with \a changes made.
[[nodiscard]] ParameterStore withChanges(const ParameterStore& parameters, std::span<const SettingChange> changes);

/// Which verdicts change, and what the recorded attempts would have done. Pure.
[[nodiscard]] WhatIf whatIf(const RuleCatalogue& catalogue, const ParameterStore& parameters,
    const Correlation& correlation, std::span<const SettingChange> changes);

} // namespace halfshake
