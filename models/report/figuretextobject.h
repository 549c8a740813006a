// SPDX-FileCopyrightText: The Halfshake authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "models/report/reportdocument.h"

#include <QObject>
#include <QSizeF>
#include <QTextFormat>
#include <QTextObjectInterface>

#include <vector>

namespace halfshake {

/// Lets a QTextDocument hold the report's figures as what they are, vectors, in lines of their own.
class FigureTextObject : public QObject, public QTextObjectInterface
{
    Q_OBJECT
    Q_INTERFACES(QTextObjectInterface)

public:
    static constexpr int objectType = QTextFormat::UserObject + 1;

    /// \a page in the units of a device with \a resolution dots per inch.
    FigureTextObject(std::vector<FigureBlock> figures, QSizeF page, int resolution);

    [[nodiscard]] static QTextCharFormat formatFor(int figure);

    QSizeF intrinsicSize(QTextDocument* document, int position, const QTextFormat& format) override;
    void drawObject(QPainter* painter, const QRectF& area, QTextDocument* document, int position,
        const QTextFormat& format) override;

private:
    [[nodiscard]] double scale() const; ///< Device dots per CSS pixel: figures are designed in those.
    [[nodiscard]] const ReportFigure& figureOf(const QTextFormat& format) const;

    std::vector<FigureBlock> m_figures;
    QSizeF m_page;
    int m_resolution;
};

} // namespace halfshake
