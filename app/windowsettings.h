// SPDX-FileCopyrightText: The Halfshake authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "widgets/common/theme.h"

#include <QByteArray>
#include <QString>

namespace halfshake {

/// What the window remembers between two starts, in the XDG configuration folder.
struct WindowSettings
{
    QByteArray geometry;
    QByteArray layout;
    ThemeMode theme = ThemeMode::System;
    QString lastFolder;

    [[nodiscard]] static WindowSettings load();
    void save() const;
};

} // namespace halfshake
