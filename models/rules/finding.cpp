// SPDX-FileCopyrightText: The Halfshake authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "models/rules/finding.h"

namespace halfshake {

std::string_view toString(Verdict verdict)
{
    switch (verdict) {
    case Verdict::Fires:
        return "fires";
    case Verdict::Clear:
        return "clear";
    case Verdict::Unknown:
        return "unknown";
    case Verdict::NotApplicable:
        return "not_applicable";
    case Verdict::Error:
        break;
    }
    return "error";
}

std::string_view toString(Severity severity)
{
    switch (severity) {
    case Severity::Info:
        return "info";
    case Severity::Warning:
        return "warning";
    case Severity::Error:
        break;
    }
    return "error";
}

std::string_view toString(CheckResult result)
{
    switch (result) {
    case CheckResult::Holds:
        return "holds";
    case CheckResult::DoesNotHold:
        return "does_not_hold";
    case CheckResult::NotPossible:
        return "not_possible";
    case CheckResult::NotAsked:
        break;
    }
    return "not_asked";
}

CheckCount countChecks(const Finding& finding, bool areRefutations)
{
    CheckCount count;
    for (const auto& check : finding.checks) {
        if (check.isRefutation != areRefutations)
            continue;
        ++count.all;
        count.holding += check.result == CheckResult::Holds ? 1 : 0;
        count.possible += check.result == CheckResult::Holds || check.result == CheckResult::DoesNotHold ? 1 : 0;
    }
    return count;
}

} // namespace halfshake
