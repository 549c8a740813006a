// SPDX-FileCopyrightText: The Halfshake authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "models/incident/related.h"

#include <algorithm>

namespace halfshake {

namespace {

ObjectRef requestOf(const IncidentSnapshot& snapshot, ObjectRef attempt)
{
    const auto* found = snapshot.upstreamAttempt(attempt);
    return found ? ObjectRef{ObjectKind::Request, attempt.evidence, found->request} : ObjectRef{};
}

/// The attempt people mean when they point at a request: the first that failed, else the first.
ObjectRef mainAttemptOf(const IncidentSnapshot& snapshot, ObjectRef request)
{
    const auto* found = snapshot.request(request);
    if (!found || found->attemptCount == 0)
        return {};
    const auto& attempts = snapshot.log(request.evidence)->upstreamAttempts;
    for (auto row = found->firstAttempt; row < found->firstAttempt + found->attemptCount && row < attempts.size();
        ++row) {
        if (attempts[row].hasFailed())
            return {ObjectKind::UpstreamAttempt, request.evidence, row};
    }
    return {ObjectKind::UpstreamAttempt, request.evidence, found->firstAttempt};
}

/// The entry of a log that owns a physical line: the last that begins at it or before.
template<typename Entry>
std::optional<std::uint32_t> entryAtLine(const std::vector<Entry>& entries, std::uint64_t line)
{
    const auto after = std::ranges::upper_bound(entries, line, {}, &Entry::line);
    if (after == entries.begin() || std::prev(after)->line != line)
        return {};
    return static_cast<std::uint32_t>(std::prev(after) - entries.begin());
}

ObjectRef objectAtLine(const IncidentSnapshot& snapshot, ObjectRef line)
{
    const std::uint64_t number = std::uint64_t{line.index} + 1;
    if (const auto* log = snapshot.log(line.evidence)) {
        if (const auto row = entryAtLine(log->requests, number))
            return {ObjectKind::Request, line.evidence, *row};
        if (const auto row = entryAtLine(log->errors, number))
            return {ObjectKind::ErrorEntry, line.evidence, *row};
    }
    const auto& parameters = snapshot.parameters->parameters();
    const auto it = std::ranges::find_if(parameters, [&](const Parameter& parameter) {
        return parameter.place.evidence == line.evidence && parameter.place.line == number;
    });
    if (it != parameters.end())
        return {ObjectKind::Parameter, {}, static_cast<std::uint32_t>(it - parameters.begin())};
    return {};
}

void followLink(const IncidentSnapshot& snapshot, Related& related)
{
    if (!related.link)
        return;
    if (!related.upstreamAttempt.isValid())
        related.upstreamAttempt = related.link->attempt;
    if (!related.connection.isValid() && related.link->connection)
        related.connection = *related.link->connection;
    if (!related.errorEntry.isValid() && related.link->errorEntry)
        related.errorEntry = *related.link->errorEntry;
    if (!related.request.isValid())
        related.request = requestOf(snapshot, related.upstreamAttempt);
}

void followObject(const IncidentSnapshot& snapshot, Related& related, ObjectRef object)
{
    const auto& correlation = *snapshot.correlation;
    switch (object.kind) {
    case ObjectKind::UpstreamAttempt:
        related.upstreamAttempt = object;
        related.request = requestOf(snapshot, object);
        related.link = correlation.linkOfAttempt(object);
        break;
    case ObjectKind::Request:
        related.request = object;
        related.upstreamAttempt = mainAttemptOf(snapshot, object);
        related.link = correlation.linkOfAttempt(related.upstreamAttempt);
        break;
    case ObjectKind::ErrorEntry:
        related.errorEntry = object;
        related.link = correlation.linkOfErrorEntry(object);
        break;
    case ObjectKind::Connection:
        related.connection = object;
        related.link = correlation.linkOfConnection(object);
        break;
    case ObjectKind::Packet:
        related.packet = {.evidence = object.evidence, .packet = std::uint64_t{object.index} + 1};
        if (const auto* capture = snapshot.capture(object.evidence);
            capture && object.index < capture->packets.size()) {
            const auto attempt = capture->packets.attempt(object.index);
            if (attempt != PacketTable::noAttempt)
                followObject(snapshot, related, {ObjectKind::Connection, object.evidence, attempt});
        }
        break;
    case ObjectKind::Line:
        related.line = {.evidence = object.evidence, .line = std::uint64_t{object.index} + 1};
        followObject(snapshot, related, objectAtLine(snapshot, object));
        break;
    case ObjectKind::Parameter:
        if (object.index < snapshot.parameters->parameters().size())
            related.line = snapshot.parameters->parameters()[object.index].place;
        break;
    case ObjectKind::Finding:
        if (object.index < snapshot.findings.size()) {
            const auto& values = snapshot.findings[object.index].values;
            const auto cited = std::ranges::find_if(values, [](const auto& value) { return value.place.line > 0; });
            if (cited != values.end())
                related.line = cited->place;
        }
        break;
    case ObjectKind::None:
    case ObjectKind::Evidence:
    case ObjectKind::Cause:
        break;
    }
}

void placeInEvidence(const IncidentSnapshot& snapshot, Related& related)
{
    if (related.line.line == 0) {
        const bool isEntry = related.object.kind == ObjectKind::ErrorEntry;
        if (const auto* clicked = isEntry ? snapshot.errorEntry(related.object) : nullptr)
            related.line = {related.object.evidence, clicked->line, 0, clicked->byteOffset};
        else if (const auto* request = snapshot.request(related.request))
            related.line = {related.request.evidence, request->line, 0, request->byteOffset};
        else if (const auto* entry = snapshot.errorEntry(related.errorEntry))
            related.line = {related.errorEntry.evidence, entry->line, 0, entry->byteOffset};
    }
    if (related.packet.packet == 0) {
        if (const auto* connection = snapshot.connection(related.connection))
            related.packet = {.evidence = related.connection.evidence, .packet = connection->firstPacket};
    }
}

std::optional<TimeRange> rangeOf(const IncidentSnapshot& snapshot, const Related& related)
{
    const auto& clocks = snapshot.correlation->clocks;
    if (const auto* attempt = snapshot.upstreamAttempt(related.upstreamAttempt); attempt && attempt->isStartKnown) {
        const auto start = clocks.toIncident(related.upstreamAttempt.evidence, attempt->startEarliest);
        return TimeRange{start, start + attempt->responseTime.value_or(Duration{0})};
    }
    if (const auto* connection = snapshot.connection(related.connection)) {
        return TimeRange{clocks.toIncident(related.connection.evidence, connection->start),
            clocks.toIncident(related.connection.evidence, connection->end)};
    }
    if (const auto* entry = snapshot.errorEntry(related.errorEntry)) {
        const auto time = clocks.toIncident(related.errorEntry.evidence, entry->loggedAt);
        return TimeRange{time, time};
    }
    return {};
}

bool explains(const Cause& cause, const Related& related)
{
    if (cause.certainty == Certainty::Excluded)
        return false;
    return std::ranges::any_of(cause.explainedObjects, [&](ObjectRef object) {
        return object.isValid() && (object == related.upstreamAttempt || object == related.connection);
    });
}

bool cites(const Finding& finding, ObjectRef object)
{
    return std::ranges::any_of(finding.values, [&](const FindingValue& value) { return value.object == object; });
}

void collectVerdicts(const IncidentSnapshot& snapshot, Related& related)
{
    std::vector<std::string> supportingRules;
    for (std::uint32_t row = 0; row < snapshot.causes.size(); ++row) {
        const auto& cause = snapshot.causes[row];
        const bool isCause = related.object == ObjectRef{ObjectKind::Cause, {}, row};
        if (!isCause && !explains(cause, related))
            continue;
        related.causes.push_back(row);
        supportingRules.insert(supportingRules.end(), cause.rules.begin(), cause.rules.end());
    }
    for (std::uint32_t row = 0; row < snapshot.findings.size(); ++row) {
        const auto& finding = snapshot.findings[row];
        const bool isFinding = related.object == ObjectRef{ObjectKind::Finding, {}, row};
        const bool supports = finding.verdict == Verdict::Fires && std::ranges::contains(supportingRules, finding.rule);
        if (isFinding || supports || cites(finding, related.object))
            related.findings.push_back(row);
    }
}

} // namespace

Related relatedTo(const IncidentSnapshot& snapshot, ObjectRef object)
{
    Related related;
    related.object = object;
    if (!object.isValid())
        return related;
    followObject(snapshot, related, object);
    followLink(snapshot, related);
    placeInEvidence(snapshot, related);
    related.range = rangeOf(snapshot, related);
    collectVerdicts(snapshot, related);
    return related;
}

} // namespace halfshake
