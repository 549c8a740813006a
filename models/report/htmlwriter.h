// SPDX-FileCopyrightText: The Halfshake authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "models/report/reportdocument.h"

#include <QString>

namespace halfshake {

/// The report as one HTML file without references to other files; figures are inline SVG with a text alternative.
[[nodiscard]] QString toHtml(const ReportDocument& report);

} // namespace halfshake
