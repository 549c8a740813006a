// SPDX-FileCopyrightText: The Halfshake authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "models/figures/figurestyle.h"

namespace halfshake {

FigureStyle FigureStyle::light()
{
    return {
        .background = QColor(0xff, 0xff, 0xff),
        .text = QColor(0x1f, 0x23, 0x28),
        .faintText = QColor(0x5f, 0x66, 0x6b),
        .grid = QColor(0xdd, 0xe1, 0xe4),
        .accent = QColor(0x00, 0x5f, 0xb8),
        .ghost = QColor(0x7d, 0x7d, 0x7d),
        .isDark = false,
    };
}

FigureStyle FigureStyle::dark()
{
    return {
        .background = QColor(0x1b, 0x1e, 0x20),
        .text = QColor(0xe8, 0xea, 0xec),
        .faintText = QColor(0xa4, 0xab, 0xb0),
        .grid = QColor(0x3a, 0x40, 0x44),
        .accent = QColor(0x5e, 0xb0, 0xff),
        .ghost = QColor(0x8b, 0x8b, 0x8b),
        .isDark = true,
    };
}

QColor FigureStyle::colorOf(EventClass eventClass) const
{
    // chosen for the greatest least distance over normal and colour-blind vision, at 3:1 against the background
    switch (eventClass) {
    case EventClass::Completed:
        return isDark ? QColor(0xc4, 0xd2, 0xd2) : QColor(0x70, 0x8c, 0x8f);
    case EventClass::Unknown:
        return isDark ? QColor(0x8b, 0x8b, 0x8b) : QColor(0x7d, 0x7d, 0x7d);
    case EventClass::Slow:
        return isDark ? QColor(0xef, 0xc9, 0x2e) : QColor(0xd0, 0x7e, 0x03);
    case EventClass::ClosedEarly:
        return isDark ? QColor(0x0f, 0x5e, 0xf9) : QColor(0x12, 0x27, 0x70);
    case EventClass::Refused:
        return isDark ? QColor(0xd4, 0x5f, 0xca) : QColor(0xb4, 0x2a, 0xd7);
    case EventClass::Failed:
        return isDark ? QColor(0xef, 0x4d, 0x48) : QColor(0x98, 0x0f, 0x0c);
    }
    return text;
}

} // namespace halfshake
