// SPDX-FileCopyrightText: The Halfshake authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "models/diagnosis/incidentfacts.h"

#include "models/correlation/rankedcapture.h"
#include "models/diagnosis/failureruns.h"
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

const Value* fieldOf(const Failure& failure, const char* object, const char* field)
{
    const auto it = failure.variables.find(object);
    const auto* const fields =
        it == failure.variables.end() ? nullptr : as<std::shared_ptr<const ValueMap>>(it->second);
    const auto found = fields ? (*fields)->find(field) : ValueMap::const_iterator{};
    return fields && found != (*fields)->end() ? &found->second : nullptr;
}

bool isTrue(const Value* value)
{
    const auto* const truth = value ? as<bool>(*value) : nullptr;
    return truth && *truth;
}

struct Repetitions
{
    std::int64_t connections = 0;
    std::int64_t repeatedHandshakes = 0;
    std::int64_t packets = 0;
    std::int64_t retransmissions = 0;
    std::set<Endpoint> servers; ///< With repeated handshakes.

    void add(const ConnectionAttempt& attempt)
    {
        if (!attempt.isEstablished || isFailure(attempt))
            return;
        const bool isRepeated = attempt.synRetransmissions > 0 || attempt.synAckRetransmissions > 0;
        ++connections;
        repeatedHandshakes += isRepeated ? 1 : 0;
        packets += attempt.packetCount;
        retransmissions += attempt.dataRetransmissions;
        if (isRepeated)
            servers.insert(attempt.server);
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

Value failureVariables(const DiagnosisInput& input, const Failures& failures)
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
        gateway += failure.isGatewayFailure() ? 1 : 0;
        linked += failure.connection ? 1 : 0;
        connectTimeouts += isConnectTimeout(failure) ? 1 : 0;
        if (failure.isGatewayFailure())
            upstreams.insert(failure.upstream);
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
Value applicationVariables(const DiagnosisInput& input, const Failures& failures)
{
    std::int64_t answers = 0;
    std::int64_t gatewayAnswers = 0;
    std::int64_t onWire = 0;
    for (const auto& failure : failures.all) {
        if (failure.errorClass != ErrorClass::UpstreamStatus)
            continue;
        ++answers;
        gatewayAnswers += failure.isGatewayFailure() ? 1 : 0;
        onWire += isTrue(fieldOf(failure, "connection", "isStatusOnWire")) ? 1 : 0;
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

/// The ports of connections whose SYN/ACK stayed unanswered against those of completed ones.
Value collisionVariables(const DiagnosisInput& input, const Failures& failures, const ValueMap& k8s)
{
    std::vector<std::uint16_t> unanswered;
    std::int64_t arrived = 0;
    for (const auto& failure : failures.all) {
        if (!failure.handshake || failure.handshake->outcome != HandshakeOutcome::SynAckUnacknowledged)
            continue;
        unanswered.push_back(failure.handshake->client.port);
        arrived += isTrue(fieldOf(failure, "connection", "synAckArrived")) ? 1 : 0;
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
Value transportVariables(const DiagnosisInput& input, const ServerHistory& servers)
{
    const auto& upstreams = input.correlation.statistics.upstreams;
    const auto captures = capturesByNearness(input.captures, {upstreams.begin(), upstreams.end()});
    Repetitions sum;
    for (const auto& ranked : captures) { // rotated files of one capture point count together
        const auto& nearest = captures.front();
        if (ranked.vantage != nearest.vantage || ranked.isEveryInterface != nearest.isEveryInterface)
            continue;
        for (const auto& attempt : ranked.capture->attempts) {
            const bool isUpstream = upstreams.empty() || upstreams.contains(attempt.server);
            if (isUpstream && !servers.ignoresAcks(attempt.server))
                sum.add(attempt);
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

ValueMap incidentVariables(const DiagnosisInput& input, const Failures& failures, const ServerHistory& servers)
{
    auto variables = clusterVariables(input.parameters);
    const auto k8s = *std::get<std::shared_ptr<const ValueMap>>(variables.at("k8s").variant());
    const auto* const configuration = proxyConfigurationOf(input.parameters);
    variables.merge(captureVariables(input.correlation.statistics));
    variables.emplace("collisionPorts", collisionPorts(k8s));
    auto proxyNamespace = proxyNamespaceVariables(input.parameters, input.correlation, configuration);
    variables.emplace("evidence", evidenceVariables(input, proxyNamespace));
    if (auto isLoose = isReversePathLoose(proxyNamespace))
        variables.emplace("sysctlSaysAllInterfacesLoose", std::move(*isLoose));
    variables.merge(std::move(proxyNamespace));
    if (configuration)
        variables.merge(proxyVariables(input.parameters, *configuration));
    variables.emplace("failures", failureVariables(input, failures));
    variables.emplace("log", logVariables(input.correlation.statistics));
    variables.emplace("application", applicationVariables(input, failures));
    variables.emplace("rules", ruleVariables(input.findings));
    if (input.correlation.statistics.hasCapture) {
        variables.emplace("collision", collisionVariables(input, failures, k8s));
        variables.emplace("transport", transportVariables(input, servers));
    }
    return variables;
}

Value explainedVariables(std::span<const Failure* const> explained, std::size_t undecided)
{
    using Count = std::pair<const char*, const char*>;
    static constexpr std::array<Count, 15> connectionCounts{
        {{"reused", "isReused"}, {"ackIgnored", "isAckIgnored"}, {"ackIgnoredAtServer", "isAckIgnoredAtServer"},
            {"closedByServer", "isClosedByServer"}, {"closedByClient", "isClosedByClient"},
            {"missingAtServer", "isMissingAtServer"}, {"answeredLater", "isServerAnsweringLater"},
            {"answeringMeanwhile", "isServerAnsweringMeanwhile"}, {"stalling", "isServerStallingMeanwhile"},
            {"unanswered", "isUnanswered"}, {"silentAtServer", "isSilentAtServer"},
            {"losingLargeSegments", "isLosingLargeSegments"}, {"synIgnoredAtServer", "isSynIgnoredAtServer"},
            {"synAckSent", "isSynAckSent"}, {"synAckArrived", "synAckArrived"}}};
    std::set<std::string> upstreams;
    ValueMap outcomes;
    ValueMap counts{{"count", count(explained.size())}, {"undecided", count(undecided)}};
    for (const auto* const name : {"linked", "withErrorEntry", "missingOnWire"})
        counts.emplace(name, std::int64_t{0});
    for (const auto& [name, field] : connectionCounts)
        counts.emplace(name, std::int64_t{0});
    for (const auto* const failure : explained) {
        upstreams.insert(failure->upstream);
        addOne(counts, "linked", failure->connection.has_value());
        addOne(counts, "withErrorEntry", failure->errorEntry.has_value());
        addOne(counts, "missingOnWire", isTrue(fieldOf(*failure, "attempt", "isMissingOnWire")));
        for (const auto& [name, field] : connectionCounts)
            addOne(counts, name, isTrue(fieldOf(*failure, "connection", field)));
        if (const auto* const outcome = fieldOf(*failure, "connection", "outcome"))
            addOne(outcomes, *as<std::string>(*outcome), true);
    }
    ValueList names;
    for (const auto& upstream : upstreams)
        names.emplace_back(upstream);
    counts.emplace("outcomes", Value::map(std::move(outcomes)));
    counts.emplace("upstreams", Value::list(std::move(names)));
    return Value::map(std::move(counts));
}

} // namespace halfshake
