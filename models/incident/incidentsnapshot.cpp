// SPDX-FileCopyrightText: The Halfshake authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "models/incident/incidentsnapshot.h"

namespace halfshake {

namespace {

template<typename Row>
const Row* rowAt(const std::vector<Row>& rows, std::uint32_t index)
{
    return index < rows.size() ? &rows[index] : nullptr;
}

} // namespace

const Evidence* IncidentSnapshot::find(EvidenceId id) const
{
    return id.isValid() && id.value() < evidence.size() ? evidence[id.value()].get() : nullptr;
}

const Capture* IncidentSnapshot::capture(EvidenceId id) const
{
    const auto* found = find(id);
    return found ? found->capture.get() : nullptr;
}

const ProxyLog* IncidentSnapshot::log(EvidenceId id) const
{
    const auto* found = find(id);
    return found ? found->log.get() : nullptr;
}

std::string findingKey(const Finding& finding)
{
    return finding.rule + '/' + finding.subject;
}

const std::string* IncidentSnapshot::dismissalOf(const Finding& finding) const
{
    const auto found = dismissals.find(findingKey(finding));
    return found != dismissals.end() ? &found->second : nullptr;
}

const ConnectionAttempt* IncidentSnapshot::connection(ObjectRef object) const
{
    const auto* owner = capture(object.evidence);
    return owner && object.kind == ObjectKind::Connection ? rowAt(owner->attempts, object.index) : nullptr;
}

const UpstreamAttempt* IncidentSnapshot::upstreamAttempt(ObjectRef object) const
{
    const auto* owner = log(object.evidence);
    return owner && object.kind == ObjectKind::UpstreamAttempt ? rowAt(owner->upstreamAttempts, object.index) : nullptr;
}

const ProxyRequest* IncidentSnapshot::request(ObjectRef object) const
{
    const auto* owner = log(object.evidence);
    return owner && object.kind == ObjectKind::Request ? rowAt(owner->requests, object.index) : nullptr;
}

const ErrorEntry* IncidentSnapshot::errorEntry(ObjectRef object) const
{
    const auto* owner = log(object.evidence);
    return owner && object.kind == ObjectKind::ErrorEntry ? rowAt(owner->errors, object.index) : nullptr;
}

} // namespace halfshake
