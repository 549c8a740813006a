// SPDX-FileCopyrightText: The Halfshake authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QString>
#include <QStringList>

namespace halfshake {

/// Loads \a evidence into a workbench window of 1440x900, waits until it is analysed, and writes its picture as PNG.
/// Says on standard error what went wrong. Needs a QApplication.
[[nodiscard]] bool writeScreenshot(const QStringList& evidence, const QString& path);

} // namespace halfshake
