// SPDX-FileCopyrightText: The Halfshake authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "models/diagnosis/incidentfacts.h"

#include "models/correlation/rankedcapture.h"
#include "models/diagnosis/explainedfacts.h"
#include "models/diagnosis/failurefacts.h"
#include "models/diagnosis/failureruns.h"
#include "models/diagnosis/observedcounters.h"
#include "models/diagnosis/serverhistory.h"
#include "models/rules/evidencevariables.h"
#include "models/rules/exacttest.h"
#include "models/rules/expression.h"
#include "models/rules/subjects.h"

#include <algorithm>
#include <array>
#include <set>
#include <string>
#include <utility>

namespace halfshake {

namespace {

std::int64_t count(std::uint64_t number)
{
    return static_cast<std::int64_t>(number);
}

bool isConnectTimeout(const Failure& failure)
{
    return failure.errorClass == ErrorClass::SynExhausted || failure.errorClass == ErrorClass::ConnectTimeout
        || failure.errorClass == ErrorClass::AbortInConnect;
}

struct Repetitions
{
    std::int64_t connections = 0;
    std::int64_t repeatedHandshakes = 0;
    std::int64_t packets = 0;
    std::int64_t retransmissions = 0;
    std::set<Endpoint> servers; ///< With repeated handshakes.

    /// Whether its handshake was repeated.
    bool add(const ConnectionAttempt& attempt)
    {
        if (!attempt.isEstablished || isFailure(attempt))
            return false;
        const bool isRepeated = attempt.synRetransmissions > 0 || attempt.synAckRetransmissions > 0;
        ++connections;
        repeatedHandshakes += isRepeated ? 1 : 0;
        packets += attempt.packetCount;
        retransmissions += attempt.dataRetransmissions;
        if (isRepeated)
            servers.insert(attempt.server);
        return isRepeated;
    }
};

void addOne(ValueMap& counts, const std::string& name, bool isCounted)
{
    if (!isCounted)
        return;
    auto& number = counts[name];
    const auto* const before = as<std::int64_t>(number);
    number = (before ? *before : 0) + 1;
}

/// \a proxyNamespace: its sysctl, as far as the dumps that may be it agree.
Value evidenceVariables(const DiagnosisInput& input, const ValueMap& proxyNamespace)
{
    const auto& statistics = input.correlation.statistics;
    const auto isKind = [&input](ParameterFileKind kind) {
        return std::ranges::any_of(input.parameters.files(), [kind](const auto& file) { return file->kind == kind; });
    };
    const auto listsServices =
        std::ranges::any_of(input.parameters.files(), [](const auto& file) { return file->listsServices; });
    const auto range = Expression::parse("sysctl['net.ipv4.ip_local_port_range']")->evaluate(proxyNamespace).value;
    return Value::map({{"proxyRange", !range.isUnknown()}, {"capture", statistics.hasCapture},
        {"accessLog", statistics.hasAccessLog}, {"errorLog", statistics.hasErrorLog},
        {"sysctl", isKind(ParameterFileKind::SysctlDump)}, {"services", listsServices}});
}

Value failureVariables(const DiagnosisInput& input, const Failures& failures, CountedObjects& counted)
{
    ValueMap classes;
    for (int each = 0; each <= std::to_underlying(ErrorClass::Other); ++each)
        classes.emplace(toString(static_cast<ErrorClass>(each)), std::int64_t{0});
    std::set<std::string_view> upstreams;
    std::int64_t gateway = 0;
    std::int64_t linked = 0;
    std::int64_t connectTimeouts = 0;
    for (const auto& failure : failures.all) {
        addOne(classes, std::string(toString(failure.errorClass)), true);
        addCounted(counted, "failures.count", failure.object);
        linked += failure.connection ? 1 : 0;
        if (isConnectTimeout(failure)) {
            ++connectTimeouts;
            addCounted(counted, "failures.connectTimeouts", failure.object);
        }
        if (failure.isGatewayFailure()) {
            ++gateway;
            addCounted(counted, "failures.gateway", failure.object);
            upstreams.insert(failure.upstream);
        }
    }
    return Value::map(
        {{"count", count(failures.all.size())}, {"unit", std::string(toString(failures.unit))}, {"gateway", gateway},
            {"linked", linked}, {"connectTimeouts", connectTimeouts}, {"upstreams", count(upstreams.size())},
            {"longestRun", count(longestFailureRun(input))}, {"classes", Value::map(std::move(classes))}});
}

Value logVariables(const FailureStatistics& statistics)
{
    ValueMap log{{"requests", count(statistics.requests)}, {"attempts", count(statistics.upstreamAttempts)}};
    if (statistics.typicalGiveUp)
        log.emplace("typicalGiveUp", *statistics.typicalGiveUp);
    return Value::map(std::move(log));
}

/// Answers with a failing status that the application gave itself.
Value applicationVariables(const DiagnosisInput& input, const Failures& failures, CountedObjects& counted)
{
    std::int64_t answers = 0;
    std::int64_t gatewayAnswers = 0;
    std::int64_t onWire = 0;
    for (const auto& failure : failures.all) {
        if (failure.errorClass != ErrorClass::UpstreamStatus)
            continue;
        ++answers;
        addCounted(counted, "application.answers", failure.object);
        if (failure.isGatewayFailure()) {
            ++gatewayAnswers;
            addCounted(counted, "application.gatewayAnswers", failure.object);
        }
        if (isFieldTrue(failure, "connection", "isStatusOnWire")) {
            ++onWire;
            addCounted(counted, "application.onWire", failure.connection.value_or(failure.object));
        }
    }
    const auto attempts = std::max<std::uint64_t>(input.correlation.statistics.upstreamAttempts, 1);
    return Value::map({{"answers", answers}, {"gatewayAnswers", gatewayAnswers}, {"onWire", onWire},
        {"share", static_cast<double>(answers) / static_cast<double>(attempts)}});
}

std::int64_t countIn(const PortSet& set, const std::vector<std::uint16_t>& ports)
{
    return std::ranges::count_if(ports, [&set](std::uint16_t port) { return set.contains(port); });
}

/// How many client ports of unanswered SYN/ACKs lie in \a set, against completed connections to the same servers.
void addPortTest(const PortSet& set, const std::string& suffix, const std::vector<std::uint16_t>& unanswered,
    const std::vector<std::uint16_t>& completed, ValueMap& collision)
{
    const auto hits = countIn(set, unanswered);
    const auto completedHits = countIn(set, completed);
    collision.emplace("unanswered" + suffix, hits);
    collision.emplace("completed" + suffix, completedHits);
    collision.emplace("chance" + suffix,
        exacttest::hypergeometricTail(
            hits, std::ssize(unanswered), hits + completedHits, std::ssize(unanswered) + std::ssize(completed)));
}

/// All ports that may be NodePorts: those of the range, and what Services have outside it.
PortSet collisionPorts(const ValueMap& k8s)
{
    const auto portsNamed = [&k8s](const char* name) {
        const auto it = k8s.find(name);
        return it == k8s.end() ? nullptr : as<PortSet>(it->second);
    };
    const auto* const range = portsNamed("nodePortRange");
    const auto* const allocated = portsNamed("nodePorts");
    const auto all = range ? *range : PortSet({{30'000, 32'767}});
    return allocated ? all.unite(*allocated) : all;
}

/// The ports of connections whose SYN/ACK stayed unanswered against those of completed ones.
Value collisionVariables(
    const DiagnosisInput& input, const Failures& failures, const ValueMap& k8s, CountedObjects& counted)
{
    const auto ports = collisionPorts(k8s);
    std::vector<std::uint16_t> unanswered;
    std::int64_t arrived = 0;
    for (const auto& failure : failures.all) {
        if (!failure.handshake || failure.handshake->outcome != HandshakeOutcome::SynAckUnacknowledged)
            continue;
        const auto connection = failure.connection.value_or(failure.object);
        unanswered.push_back(failure.handshake->client.port);
        addCounted(counted, "collision.unanswered", connection);
        if (ports.contains(failure.handshake->client.port)) {
            addCounted(counted, "collision.unansweredInRange", connection);
            addCounted(counted, "collision.unansweredOnNodePorts", connection);
        }
        if (isFieldTrue(failure, "connection", "synAckArrived")) {
            ++arrived;
            addCounted(counted, "collision.arrived", connection);
        }
    }
    const auto& completed = input.correlation.statistics.completedClientPorts;
    ValueMap collision{
        {"unanswered", count(unanswered.size())}, {"arrived", arrived}, {"completed", count(completed.size())}};
    const auto portsNamed = [&k8s](const char* name) {
        const auto it = k8s.find(name);
        return it == k8s.end() ? nullptr : as<PortSet>(it->second);
    };
    const auto* const range = portsNamed("nodePortRange");
    addPortTest(range ? *range : PortSet({{30'000, 32'767}}), "InRange", unanswered, completed, collision);
    if (const auto* const nodePorts = portsNamed("nodePorts"))
        addPortTest(*nodePorts, "OnNodePorts", unanswered, completed, collision);
    return Value::map(std::move(collision));
}

/// Whether no interface filters strictly by reverse path; nothing where the settings do not say.
std::optional<Value> isReversePathLoose(const ValueMap& proxyNamespace)
{
    const auto it = proxyNamespace.find("sysctl");
    const auto* const sysctl = it == proxyNamespace.end() ? nullptr : as<std::shared_ptr<const ValueMap>>(it->second);
    if (!sysctl)
        return {};
    bool isStated = false;
    for (const auto& [key, value] : **sysctl) {
        if (!key.starts_with("net.ipv4.conf.") || !key.ends_with(".rp_filter"))
            continue;
        const auto* const setting = as<std::int64_t>(value);
        if (!setting)
            return {};
        if (*setting == 1)
            return Value(false);
        isStated = true;
    }
    return isStated ? std::optional(Value(true)) : std::nullopt;
}

/// Repetitions on connections to upstreams that did work, at the capture point nearest the proxy. A server that ignores
/// ACKs repeats by itself, not because packets were lost.
Value transportVariables(const DiagnosisInput& input, const ServerHistory& servers, CountedObjects& counted)
{
    const auto& upstreams = input.correlation.statistics.upstreams;
    const auto captures = capturesByNearness(input.captures, {upstreams.begin(), upstreams.end()});
    Repetitions sum;
    for (const auto& ranked : captures) { // rotated files of one capture point count together
        const auto& nearest = captures.front();
        if (ranked.vantage != nearest.vantage || ranked.isEveryInterface != nearest.isEveryInterface)
            continue;
        for (std::uint32_t row = 0; row < ranked.capture->attempts.size(); ++row) {
            const auto& attempt = ranked.capture->attempts[row];
            const bool isUpstream = upstreams.empty() || upstreams.contains(attempt.server);
            if (isUpstream && !servers.ignoresAcks(attempt.server) && sum.add(attempt))
                addCounted(
                    counted, "transport.repeatedHandshakes", {ObjectKind::Connection, ranked.capture->evidence, row});
        }
    }
    const auto share = [](std::int64_t part, std::int64_t whole) {
        return whole > 0 ? static_cast<double>(part) / static_cast<double>(whole) : 0.0;
    };
    return Value::map({{"connections", sum.connections}, {"repeatedHandshakes", sum.repeatedHandshakes},
        {"packets", sum.packets}, {"retransmissions", sum.retransmissions},
        {"handshakeShare", share(sum.repeatedHandshakes, sum.connections)},
        {"packetShare", share(sum.retransmissions, sum.packets)}, {"servers", count(sum.servers.size())}});
}

Value loadVariables(const LoadTest& load)
{
    return Value::map({{"dependence", std::string(toString(load.dependence))}, {"chance", load.chance},
        {"busyFailed", count(load.busyFailed)}, {"busyAttempts", count(load.busyAttempts)},
        {"quietFailed", count(load.quietFailed)}, {"quietAttempts", count(load.quietAttempts)}});
}

/// The verdict of each rule over its subjects: "fires" where it does for one.
Value ruleVariables(const std::vector<Finding>& findings)
{
    ValueMap rules;
    for (std::uint32_t row = 0; row < findings.size(); ++row) { // firing ones come first
        const auto& finding = findings[row];
        Value verdict = std::string(toString(finding.verdict));
        verdict.setOrigin({.name = finding.rule,
            .place = finding.values.empty() ? SourceRef{} : finding.values.front().place,
            .object = {ObjectKind::Finding, {}, row},
            .isAssumed = false});
        rules.emplace(finding.rule, std::move(verdict));
    }
    return Value::map(std::move(rules));
}

const ParameterFile* proxyConfigurationOf(const ParameterStore& parameters)
{
    const auto it =
        std::ranges::find_if(parameters.files(), [](const auto& file) { return isProxyConfiguration(*file); });
    return it == parameters.files().end() ? nullptr : it->get();
}

} // namespace

IncidentFacts incidentFacts(const DiagnosisInput& input, const Failures& failures, const ServerHistory& servers)
{
    IncidentFacts facts{.variables = clusterVariables(input.parameters), .counted = {}};
    auto& variables = facts.variables;
    const auto k8s = *std::get<std::shared_ptr<const ValueMap>>(variables.at("k8s").variant());
    const auto* const configuration = proxyConfigurationOf(input.parameters);
    variables.merge(captureVariables(input.correlation.statistics));
    variables.emplace("observed", observedVariables(input.parameters));
    variables.emplace("collisionPorts", collisionPorts(k8s));
    auto proxyNamespace = proxyNamespaceVariables(input.parameters, input.correlation, configuration);
    variables.emplace("evidence", evidenceVariables(input, proxyNamespace));
    if (auto isLoose = isReversePathLoose(proxyNamespace))
        variables.emplace("sysctlSaysAllInterfacesLoose", std::move(*isLoose));
    variables.merge(std::move(proxyNamespace));
    if (configuration)
        variables.merge(proxyVariables(input.parameters, *configuration));
    variables.emplace("failures", failureVariables(input, failures, facts.counted));
    variables.emplace("log", logVariables(input.correlation.statistics));
    variables.emplace("application", applicationVariables(input, failures, facts.counted));
    variables.emplace("rules", ruleVariables(input.findings));
    if (input.correlation.statistics.hasCapture) {
        variables.emplace("collision", collisionVariables(input, failures, k8s, facts.counted));
        variables.emplace("transport", transportVariables(input, servers, facts.counted));
    }
    if (input.facts)
        variables.emplace("load", loadVariables(input.facts->load));
    return facts;
}

} // namespace halfshake
