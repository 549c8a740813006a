// SPDX-FileCopyrightText: The Halfshake authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "models/report/reportdocument.h"

#include <QString>

namespace halfshake {

/// Text as HTML, line breaks kept.
[[nodiscard]] QString toHtmlText(const QString& text);

/// One block as HTML that browsers and QTextDocument understand alike. A figure gives nothing: each renderer has its
/// own way to draw it.
[[nodiscard]] QString toHtmlBlock(const ReportBlock& block);

} // namespace halfshake
