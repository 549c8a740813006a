// SPDX-FileCopyrightText: The Halfshake authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "models/incident/evidence.h"

namespace halfshake {

namespace {

std::string logKindName(const ProxyLog& log)
{
    if (!log.requests.empty())
        return "access_log";
    if (!log.errors.empty())
        return "error_log";
    return log.applicationEntries.empty() ? "kernel_log" : "application_log";
}

} // namespace

std::string kindName(const Evidence& evidence)
{
    switch (evidence.kind) {
    case EvidenceKind::Capture:
        return "capture";
    case EvidenceKind::ProxyLog:
        return evidence.log ? logKindName(*evidence.log) : "access_log";
    case EvidenceKind::Parameters:
        return evidence.parameters ? std::string(identifierOf(evidence.parameters->kind)) : "parameters";
    case EvidenceKind::Text:
        return "text";
    case EvidenceKind::Unknown:
        break;
    }
    return "unknown";
}

} // namespace halfshake
