// SPDX-FileCopyrightText: The Halfshake authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "models/base/objectref.h"
#include "models/base/sourceref.h"

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace halfshake {

enum class Verdict : std::uint8_t { Fires, Clear, Unknown, NotApplicable, Error };
enum class Severity : std::uint8_t { Info, Warning, Error };

[[nodiscard]] std::string_view toString(Verdict verdict); ///< "fires", "clear", "unknown", "not_applicable", "error"
[[nodiscard]] std::string_view toString(Severity severity); ///< "info", "warning", "error"

/// One value that a verdict rests on.
struct FindingValue
{
    std::string name; ///< As people know it: net.ipv4.ip_local_port_range
    std::string value; ///< "1024 65535"; for long lists shortened.
    SourceRef place; ///< Invalid evidence where the value is assumed.
    bool isAssumed = false; ///< A documented default took the place of a missing value.
    ObjectRef object; ///< What a click opens; may be invalid.
};

/// One intermediate result of a condition, for "why": "1024-65535 minus nothing" = "1024-65535".
struct EvaluationStep
{
    std::string expression;
    std::string result;
};

/// An input that was missing, and how to get it.
struct MissingInput
{
    std::string name; ///< "net.ipv4.ip_local_port_range of ingress.txt"
    std::string command; ///< The command that collects it; may be empty.
};

/// How a statement that would confirm or refute a rule came out.
enum class CheckResult : std::uint8_t {
    Holds,
    DoesNotHold,
    NotPossible, ///< The evidence for it is missing.
    NotAsked, ///< Only a person can look.
};

/// A statement that would confirm or refute a firing rule, asked of captures, logs and counters.
struct FindingCheck
{
    std::string text;
    CheckResult result = CheckResult::NotAsked;
    bool isRefutation = false;
    std::vector<std::string> missing; ///< Where it is not possible: names as people know them.
};

/// What one rule says about one subject.
struct Finding
{
    std::string rule; ///< PORT-001
    std::string title;
    Verdict verdict = Verdict::Unknown;
    Severity severity = Severity::Info;
    bool isContext = false; ///< tier: context: true, but not by itself a fault; shown collapsed.
    std::string subject; ///< "ingress.txt", "DaemonSet kube-system/nginx-ingress-controller"
    std::vector<FindingValue> values;
    std::vector<EvaluationStep> steps;
    std::vector<MissingInput> missing;
    std::string condition; ///< As in the catalogue.
    std::string explanation;
    std::string impact;
    std::string remedy;
    std::string sideEffects; ///< Of the remedy; may be empty.
    std::vector<std::string> sources;
    std::vector<FindingCheck> checks; ///< Of a rule that fires: what confirms it, then what refutes it.
    std::string errorText; ///< For Verdict::Error.
};

/// "3 of 5 checked": how many checks were possible, how many hold.
struct CheckCount
{
    std::size_t all = 0;
    std::size_t possible = 0; ///< Holds or does not.
    std::size_t holding = 0;
};
[[nodiscard]] CheckCount countChecks(const Finding& finding, bool areRefutations);

[[nodiscard]] std::string_view toString(CheckResult result); ///< "holds", "does_not_hold", "not_possible", "not_asked"

} // namespace halfshake
