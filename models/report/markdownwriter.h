// SPDX-FileCopyrightText: The Halfshake authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "models/report/reportdocument.h"

#include <QString>

namespace halfshake {

/// The report as Markdown (CommonMark with tables); a figure stands as its caption and text alternative.
[[nodiscard]] QString toMarkdown(const ReportDocument& report);

} // namespace halfshake
