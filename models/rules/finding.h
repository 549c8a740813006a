// SPDX-FileCopyrightText: The Halfshake authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "models/base/objectref.h"
#include "models/base/sourceref.h"

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
    std::vector<std::string> sources;
    std::string errorText; ///< For Verdict::Error.
};

} // namespace halfshake
