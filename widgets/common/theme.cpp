// SPDX-FileCopyrightText: The Halfshake authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "widgets/common/theme.h"

#include <QApplication>
#include <QFontDatabase>
#include <QFontInfo>
#include <QGuiApplication>
#include <QStyleFactory>
#include <QStyleHints>

namespace halfshake {

namespace {

struct PaletteColors
{
    QRgb window, base, alternateBase, button, text, faintText, highlight, highlightedText, link, light, midlight, mid,
        dark, shadow, toolTipBase;
};

constexpr PaletteColors lightColors{
    .window = 0xfff3f4f6,
    .base = 0xffffffff,
    .alternateBase = 0xfff7f8fa,
    .button = 0xfff3f4f6,
    .text = 0xff1b1e20,
    .faintText = 0xff5c6268,
    .highlight = 0xff2563c9,
    .highlightedText = 0xffffffff,
    .link = 0xff1d57b5,
    .light = 0xffffffff,
    .midlight = 0xffe6e8eb,
    .mid = 0xffc9cdd2,
    .dark = 0xffa3a8ae,
    .shadow = 0xff6b7177,
    .toolTipBase = 0xffffffff,
};

constexpr PaletteColors darkColors{
    .window = 0xff26292d,
    .base = 0xff1b1e20,
    .alternateBase = 0xff212427,
    .button = 0xff30343a,
    .text = 0xffe4e7ea,
    .faintText = 0xff9aa1a8,
    .highlight = 0xff2f68c4,
    .highlightedText = 0xffffffff,
    .link = 0xff78b0ff,
    .light = 0xff454b52,
    .midlight = 0xff3a3f45,
    .mid = 0xff3f454b,
    .dark = 0xff15171a,
    .shadow = 0xff000000,
    .toolTipBase = 0xff30343a,
};

QPalette makePalette(const PaletteColors& colors)
{
    QPalette palette;
    const auto set = [&palette](QPalette::ColorRole role, QRgb color) { palette.setColor(role, QColor(color)); };
    set(QPalette::Window, colors.window);
    set(QPalette::WindowText, colors.text);
    set(QPalette::Base, colors.base);
    set(QPalette::AlternateBase, colors.alternateBase);
    set(QPalette::Text, colors.text);
    set(QPalette::Button, colors.button);
    set(QPalette::ButtonText, colors.text);
    set(QPalette::BrightText, colors.highlightedText);
    set(QPalette::PlaceholderText, colors.faintText);
    set(QPalette::Highlight, colors.highlight);
    set(QPalette::HighlightedText, colors.highlightedText);
    set(QPalette::Accent, colors.highlight);
    set(QPalette::Link, colors.link);
    set(QPalette::LinkVisited, colors.link);
    set(QPalette::Light, colors.light);
    set(QPalette::Midlight, colors.midlight);
    set(QPalette::Mid, colors.mid);
    set(QPalette::Dark, colors.dark);
    set(QPalette::Shadow, colors.shadow);
    set(QPalette::ToolTipBase, colors.toolTipBase);
    set(QPalette::ToolTipText, colors.text);
    for (const auto role : {QPalette::WindowText, QPalette::Text, QPalette::ButtonText})
        palette.setColor(QPalette::Disabled, role, mixed(QColor(colors.text), QColor(colors.window), 0.55));
    palette.setColor(QPalette::Disabled, QPalette::Highlight, QColor(colors.mid));
    // the current row of a pane that does not have the keyboard
    palette.setColor(
        QPalette::Inactive, QPalette::Highlight, mixed(QColor(colors.base), QColor(colors.highlight), 0.3));
    palette.setColor(QPalette::Inactive, QPalette::HighlightedText, QColor(colors.text));
    return palette;
}

} // namespace

bool isDark(const QPalette& palette)
{
    return palette.color(QPalette::WindowText).lightness() > palette.color(QPalette::Window).lightness();
}

FigureStyle figureStyle(const QPalette& palette)
{
    return isDark(palette) ? FigureStyle::dark() : FigureStyle::light();
}

QFont fixedFont(const QFont& like)
{
    QFont font = QFontDatabase::systemFont(QFontDatabase::FixedFont);
    if (like.pixelSize() > 0)
        font.setPixelSize(like.pixelSize());
    else
        font.setPointSizeF(like.pointSizeF());
    return font;
}

QColor mixed(const QColor& from, const QColor& to, double share)
{
    const auto channel = [share](int a, int b) { return static_cast<int>(a + (b - a) * share + 0.5); };
    return {channel(from.red(), to.red()), channel(from.green(), to.green()), channel(from.blue(), to.blue())};
}

Theme::Theme(QObject* parent) : QObject(parent)
{
    QApplication::setStyle(QStyleFactory::create(QStringLiteral("Fusion")));
    connect(QGuiApplication::styleHints(), &QStyleHints::colorSchemeChanged, this, &Theme::followPlatform);
    followPlatform();
}

void Theme::followPlatform()
{
    // with our palette taken away, the platform's shows
    QApplication::setPalette(QPalette());
    m_platformPalette = QGuiApplication::palette();
    apply();
}

void Theme::setMode(ThemeMode mode)
{
    if (m_mode == mode)
        return;
    m_mode = mode;
    apply();
    Q_EMIT modeChanged();
}

void Theme::apply()
{
    const bool dark = m_mode == ThemeMode::Dark || (m_mode == ThemeMode::System && isDark(m_platformPalette));
    QApplication::setPalette(makePalette(dark ? darkColors : lightColors));
}

} // namespace halfshake
