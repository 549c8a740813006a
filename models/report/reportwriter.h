// SPDX-FileCopyrightText: The Halfshake authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "models/base/expected.h"
#include "models/base/jobcontext.h"
#include "models/incident/incidentsnapshot.h"

#include <QDateTime>
#include <QString>

namespace halfshake {

struct ReportOptions
{
    QString title; ///< "" = made from the top cause.
    QDateTime created; ///< Written on the report; makes the file reproducible when fixed.
};

/// Writes the report to \a path; the suffix decides: .pdf .html .md .json. Written to a temporary file first, so that a
/// failure leaves nothing half done. Needs a QGuiApplication for PDF; may run on any thread.
/// Errors: FileNotReadable (cannot write, with the system's words), UnknownFormat (suffix), Cancelled.
[[nodiscard]] Expected<void> writeReport(
    const IncidentSnapshot& snapshot, const QString& path, const ReportOptions& options, JobContext& job);

} // namespace halfshake
