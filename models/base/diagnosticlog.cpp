// SPDX-FileCopyrightText: The Halfshake authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "models/base/diagnosticlog.h"

#include <algorithm>
#include <utility>

namespace halfshake {

void DiagnosticLog::add(Diagnostic diagnostic)
{
    if (m_counts[diagnostic.code]++ < placesKept)
        m_entries.push_back(std::move(diagnostic));
}

void DiagnosticLog::add(DiagnosticCode code, SourceRef where, std::vector<std::string> arguments)
{
    add(Diagnostic{code, where, std::move(arguments)});
}

void DiagnosticLog::append(const DiagnosticLog& other)
{
    for (const auto& entry : other.m_entries)
        add(entry);
    for (const auto& [code, count] : other.m_counts)
        m_counts[code] += count - std::min<std::uint64_t>(count, placesKept);
}

void DiagnosticLog::setEvidence(EvidenceId evidence)
{
    for (auto& entry : m_entries) {
        if (!entry.where.evidence.isValid())
            entry.where.evidence = evidence;
    }
}

std::uint64_t DiagnosticLog::count(DiagnosticCode code) const
{
    const auto it = m_counts.find(code);
    return it == m_counts.end() ? 0 : it->second;
}

} // namespace halfshake
