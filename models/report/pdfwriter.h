// SPDX-FileCopyrightText: The Halfshake authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "models/base/jobcontext.h"
#include "models/report/reportdocument.h"

#include <QIODevice>

namespace halfshake {

/// Writes the report as PDF (A4): text selectable and searchable, fonts embedded, figures as vectors, page numbers.
/// \a device is open for writing. False when cancelled or when the device fails.
[[nodiscard]] bool writePdf(const ReportDocument& report, QIODevice& device, JobContext& job);

} // namespace halfshake
