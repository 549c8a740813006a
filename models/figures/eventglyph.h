// SPDX-FileCopyrightText: The Halfshake authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "models/figures/figurestyle.h"

#include <QPainter>
#include <QPointF>

namespace halfshake {

/// Draws the mark of an outcome class: shape and colour both tell it, so that colour alone never does.
void drawEventGlyph(QPainter& painter, QPointF center, double size, EventClass eventClass, const FigureStyle& style);

} // namespace halfshake
