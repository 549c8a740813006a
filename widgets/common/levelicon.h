// SPDX-FileCopyrightText: The Halfshake authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "models/base/diagnostic.h"
#include "models/diagnosis/cause.h"
#include "models/rules/finding.h"
#include "models/timeline/timelineevent.h"

#include <QColor>
#include <QIcon>
#include <QPalette>
#include <QRectF>

#include <cstdint>

class QPainter;

namespace halfshake {

/// Shapes that tell classes apart without colour.
enum class GlyphShape : std::uint8_t { None, Disc, Triangle, Cross, Square, Diamond, Ring, Check, Dash };

/// A shape with its colour: how a class, level, verdict or certainty is marked wherever it is listed.
struct LevelIcon
{
    GlyphShape shape = GlyphShape::None;
    QColor color;

    /// Paints centred into \a area.
    void paint(QPainter& painter, const QRectF& area) const;
    [[nodiscard]] QIcon icon(int size) const;
};

[[nodiscard]] LevelIcon levelIcon(EventClass eventClass, const QPalette& palette);
[[nodiscard]] LevelIcon levelIcon(DiagnosticLevel level, const QPalette& palette);
[[nodiscard]] LevelIcon levelIcon(Certainty certainty, const QPalette& palette);
[[nodiscard]] LevelIcon levelIcon(const Finding& finding, const QPalette& palette);
[[nodiscard]] LevelIcon successIcon(const QPalette& palette);

} // namespace halfshake
