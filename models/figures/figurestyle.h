// SPDX-FileCopyrightText: The Halfshake authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "models/timeline/timelineevent.h"

#include <QColor>

namespace halfshake {

/// Colours of figures. Screen and report draw with the same painters and differ only in this.
struct FigureStyle
{
    QColor background;
    QColor text;
    QColor faintText;
    QColor grid;
    QColor accent; ///< Current object.
    QColor ghost; ///< What was expected and did not come.

    [[nodiscard]] static FigureStyle light();
    [[nodiscard]] static FigureStyle dark();

    /// Of the outcome classes, legible on \c background (reference: user-experience 2.6).
    [[nodiscard]] QColor colorOf(EventClass eventClass) const;

    bool isDark = false;
};

} // namespace halfshake
