// SPDX-FileCopyrightText: The Halfshake authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "models/rules/expression.h"
#include "models/rules/finding.h"
#include "models/rules/texttemplate.h"

#include <optional>
#include <string>
#include <vector>

namespace halfshake {

/// What kind of thing a rule is evaluated for, once per instance (resources/rules/README.md).
enum class RuleSubject : std::uint8_t {
    Node,
    NetworkNamespace,
    Manifest,
    Proxy,
    Path,
    Hosts,
    Cluster,
    Configuration,
    Application,
    Chain,
};

/// A value a rule needs, by the name its expressions use.
struct RuleInput
{
    Expression name; ///< sysctl['net.ipv4.ip_local_port_range'], k8s.nodePorts
    std::string label; ///< As people know it: net.ipv4.ip_local_port_range, "allocated NodePorts".
    bool isRequired = true;
    std::optional<Expression> assume; ///< The documented default that stands in where the value is not given.
    std::string why; ///< Why that may be assumed.
    std::string command; ///< Collects it.
};

/// A name for a part of the condition; later definitions and all other expressions may use it.
struct Definition
{
    std::string name;
    Expression value;
};

/// What would confirm or refute a rule that fires.
struct RuleCheck
{
    std::string text;
    std::optional<Expression> query; ///< True: the evidence shows it. None where only a person can look.
};

struct SeverityCase
{
    Expression condition;
    Severity severity = Severity::Warning;
};

/// An inline test of a rule: variables as YAML, and the verdict they must give.
struct RuleCase
{
    std::string name;
    Value variables;
    Verdict expected = Verdict::Fires;
};

/// One rule of the catalogue (resources/rules/README.md).
struct Rule
{
    std::string id;
    std::string title;
    RuleSubject subject = RuleSubject::Node;
    Severity severity = Severity::Warning;
    std::vector<SeverityCase> severityCases; ///< The first that is true wins.
    bool isContext = false;
    std::vector<RuleInput> inputs;
    std::vector<Definition> definitions; ///< In the order they are computed.
    std::optional<Expression> when; ///< False: not applicable.
    Expression condition; ///< True: fires.
    std::optional<Expression> cites; ///< List of values to show when the rule fires, with where they stand.
    std::string explanation;
    TextTemplate figures; ///< Follows the explanation when the rule fires.
    std::string impact;
    std::string remedy;
    std::string sideEffects; ///< Of the remedy.
    std::vector<std::string> sources;
    std::vector<RuleCheck> confirms;
    std::vector<RuleCheck> refutes;
    std::string verified;
    std::vector<RuleCase> cases;
};

} // namespace halfshake
