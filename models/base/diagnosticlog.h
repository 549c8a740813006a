// SPDX-FileCopyrightText: The Halfshake authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "models/base/diagnostic.h"

#include <cstddef>
#include <cstdint>
#include <map>
#include <span>
#include <string>
#include <vector>

namespace halfshake {

/// What a reader had to skip or doubt: a count per code, and the first places of each.
class DiagnosticLog
{
public:
    static constexpr std::size_t placesKept = 10;

    void add(Diagnostic diagnostic);
    void add(DiagnosticCode code, SourceRef where = {}, std::vector<std::string> arguments = {});
    void append(const DiagnosticLog& other);
    /// Names the evidence in every place that names none yet.
    void setEvidence(EvidenceId evidence);

    [[nodiscard]] std::uint64_t count(DiagnosticCode code) const;
    [[nodiscard]] bool isEmpty() const { return m_counts.empty(); }
    /// The first \c placesKept of each code, in the order they were met.
    [[nodiscard]] std::span<const Diagnostic> entries() const { return m_entries; }
    [[nodiscard]] const std::map<DiagnosticCode, std::uint64_t>& counts() const { return m_counts; }

private:
    std::map<DiagnosticCode, std::uint64_t> m_counts;
    std::vector<Diagnostic> m_entries;
};

} // namespace halfshake
