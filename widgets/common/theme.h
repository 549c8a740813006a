// SPDX-FileCopyrightText: The Halfshake authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "models/figures/figurestyle.h"

#include <QFont>
#include <QObject>
#include <QPalette>

#include <cstdint>

namespace halfshake {

enum class ThemeMode : std::uint8_t { System, Light, Dark };

/// Whether text on this palette is light on dark. Decided by the colours themselves: Qt 6.8's colour scheme is unknown
/// without a platform theme, and can lie with one.
[[nodiscard]] bool isDark(const QPalette& palette);

/// The figure colours that go with a palette.
[[nodiscard]] FigureStyle figureStyle(const QPalette& palette);

/// Text that must line up: times, addresses, bytes, log lines. As large as \a like.
[[nodiscard]] QFont fixedFont(const QFont& like);

/// The colour between two.
[[nodiscard]] QColor mixed(const QColor& from, const QColor& to, double share);

/// The look of the whole program: Fusion with one of two palettes of our own. One instance, for the application's life.
class Theme : public QObject
{
    Q_OBJECT

public:
    explicit Theme(QObject* parent = nullptr);

    [[nodiscard]] ThemeMode mode() const { return m_mode; }
    /// System follows the desktop: dark where the palette that the platform gives is dark.
    void setMode(ThemeMode mode);

Q_SIGNALS:
    void modeChanged();

private:
    void followPlatform();
    void apply();

    ThemeMode m_mode = ThemeMode::System;
    QPalette m_platformPalette;
};

} // namespace halfshake
