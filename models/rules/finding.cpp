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

} // namespace halfshake
