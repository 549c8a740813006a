// SPDX-FileCopyrightText: The Halfshake authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "models/base/diagnosticlog.h"
#include "models/base/jobcontext.h"
#include "models/base/timepoint.h"
#include "models/io/bytesource.h"
#include "models/logs/logformatdefinition.h"

#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace halfshake {

/// One piece of evidence about to be read: opened, unpacked, not yet recognised.
struct ImportItem
{
    std::string path; ///< As given, "archive!member" for a member.
    std::shared_ptr<const ByteSource> bytes; ///< Null where \c error says why.
    std::optional<Diagnostic> error;
    DiagnosticLog diagnostics; ///< Of unpacking.
    std::optional<EvidenceTime> changedAt; ///< When the file, or the archive it is in, was changed.
    std::vector<LogFormatDefinition> logFormats; ///< That it defines: see definedLogFormats().
};

/// Opens \a paths: folders become the files below them in name order (hidden files and links to folders left out),
/// archives become their members, everything else itself. A path that cannot be opened stays an item with its error.
[[nodiscard]] std::vector<ImportItem> openPaths(const std::vector<std::string>& paths, JobContext& job);

} // namespace halfshake
