// SPDX-FileCopyrightText: The Halfshake authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "models/report/figuretextobject.h"

#include <QPainter>

#include <algorithm>
#include <utility>

namespace halfshake {

namespace {

constexpr int figureProperty = QTextFormat::UserProperty + 1;
constexpr double cssResolution = 96;

QFont figureFont()
{
    QFont font;
    font.setFamilies({QStringLiteral("DejaVu Sans"), QStringLiteral("WenQuanYi Micro Hei")});
    font.setPixelSize(11);
    font.setFeature(QFont::Tag("liga"), 0);
    return font;
}

} // namespace

FigureTextObject::FigureTextObject(std::vector<FigureBlock> figures, QSizeF page, int resolution)
    : m_figures(std::move(figures)), m_page(page), m_resolution(resolution)
{
}

QTextCharFormat FigureTextObject::formatFor(int figure)
{
    QTextCharFormat format;
    format.setObjectType(objectType);
    format.setProperty(figureProperty, figure);
    return format;
}

double FigureTextObject::scale() const
{
    return m_resolution / cssResolution;
}

const ReportFigure& FigureTextObject::figureOf(const QTextFormat& format) const
{
    return *m_figures[static_cast<std::size_t>(format.intProperty(figureProperty))].figure;
}

QSizeF FigureTextObject::intrinsicSize(QTextDocument* /*document*/, int /*position*/, const QTextFormat& format)
{
    const double width = m_page.width() / scale();
    const double height = figureOf(format).heightFor(width, figureFont());
    // a line that is higher than the page would be cut: such a figure is drawn smaller
    return {m_page.width(), std::min(height * scale(), m_page.height() * 0.9)};
}

void FigureTextObject::drawObject(
    QPainter* painter, const QRectF& area, QTextDocument* /*document*/, int /*position*/, const QTextFormat& format)
{
    const auto& figure = figureOf(format);
    const double width = m_page.width() / scale();
    const double height = figure.heightFor(width, figureFont());
    const double shrink = std::min(1.0, area.height() / (height * scale()));
    painter->save();
    painter->translate(area.topLeft());
    painter->scale(scale() * shrink, scale() * shrink);
    painter->setFont(figureFont());
    figure.paint(*painter, QRectF(0, 0, width, height), FigureStyle::light());
    painter->restore();
}

} // namespace halfshake
