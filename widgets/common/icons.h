// SPDX-FileCopyrightText: The Halfshake authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QIcon>
#include <QString>

namespace halfshake {

/// An icon of resources/icons, by file name without suffix. Drawn from its SVG in the colour of the application's text
/// at the moment it is painted, so that it stays legible when the theme changes and sharp at any scale.
[[nodiscard]] QIcon themedIcon(const QString& name);

} // namespace halfshake
