// SPDX-FileCopyrightText: The Halfshake authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "models/figures/figurestyle.h"

#include <QFont>
#include <QPainter>
#include <QRectF>
#include <QString>
#include <QStringList>

#include <memory>
#include <variant>
#include <vector>

namespace halfshake {

/// A figure of the report, painted by whoever renders it.
class ReportFigure
{
public:
    ReportFigure() = default;
    virtual ~ReportFigure() = default;
    ReportFigure(const ReportFigure&) = delete;
    ReportFigure& operator=(const ReportFigure&) = delete;

    [[nodiscard]] virtual double heightFor(double width, const QFont& font) const = 0;
    virtual void paint(QPainter& painter, const QRectF& area, const FigureStyle& style) const = 0;
};

struct HeadingBlock
{
    int level = 1; ///< 1 = section, 2 = part of it.
    QString text;
};

struct ParagraphBlock
{
    QString text;
    bool isVerdict = false; ///< The one sentence the report is about: set off in a box.
    bool isFaint = false;
};

struct ListBlock
{
    QStringList items;
};

/// Rows of equal length; a column is set in a fixed-width font where its cells are values or places.
struct TableBlock
{
    QStringList headers;
    std::vector<QStringList> rows;
    std::vector<bool> isFixedWidth; ///< By column; may be shorter than the rows.
    std::vector<int> columnPercents; ///< Share of the page's width by column; empty leaves it to the renderer.
};

/// Commands, log lines: fixed width, line breaks kept.
struct CodeBlock
{
    QString text;
};

struct FigureBlock
{
    std::shared_ptr<const ReportFigure> figure;
    QString caption;
    QString alternative; ///< What the figure shows, for who cannot see it.
};

using ReportBlock = std::variant<HeadingBlock, ParagraphBlock, ListBlock, TableBlock, CodeBlock, FigureBlock>;

/// A report before it has a format: every renderer shows the same words and numbers. Immutable once built.
struct ReportDocument
{
    QString title;
    QString subtitle; ///< Time window, when and by what it was made.
    QString footer;
    std::vector<ReportBlock> blocks;
};

} // namespace halfshake
