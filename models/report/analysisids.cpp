// SPDX-FileCopyrightText: The Halfshake authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "models/report/analysisids.h"

#include <string>

namespace halfshake {

namespace {

std::string lineId(EvidenceId evidence, std::uint64_t line)
{
    return toString(SourceRef{.evidence = evidence, .line = line});
}

} // namespace

QString objectId(const IncidentSnapshot& snapshot, ObjectRef object)
{
    std::string id;
    switch (object.kind) {
    case ObjectKind::Connection:
        id = toString(object.evidence) + ":c" + std::to_string(std::uint64_t{object.index} + 1);
        break;
    case ObjectKind::UpstreamAttempt:
        if (const auto* attempt = snapshot.upstreamAttempt(object)) {
            const auto& request = snapshot.log(object.evidence)->requests[attempt->request];
            id = lineId(object.evidence, request.line) + '#' + std::to_string(attempt->index);
        }
        break;
    case ObjectKind::Request:
        if (const auto* request = snapshot.request(object))
            id = lineId(object.evidence, request->line);
        break;
    case ObjectKind::ErrorEntry:
        if (const auto* entry = snapshot.errorEntry(object))
            id = lineId(object.evidence, entry->line);
        break;
    case ObjectKind::Line:
        id = lineId(object.evidence, std::uint64_t{object.index} + 1);
        break;
    case ObjectKind::Packet:
        id = toString(SourceRef{.evidence = object.evidence, .packet = std::uint64_t{object.index} + 1});
        break;
    case ObjectKind::Evidence:
        id = toString(object.evidence);
        break;
    case ObjectKind::Parameter:
        if (object.index < snapshot.parameters->parameters().size())
            id = toString(snapshot.parameters->parameters()[object.index].place);
        break;
    case ObjectKind::Finding:
        if (object.index < snapshot.findings.size())
            id = snapshot.findings[object.index].rule;
        break;
    case ObjectKind::Cause:
        if (object.index < snapshot.causes.size())
            id = snapshot.causes[object.index].id;
        break;
    case ObjectKind::None:
        break;
    }
    return QString::fromStdString(id);
}

} // namespace halfshake
