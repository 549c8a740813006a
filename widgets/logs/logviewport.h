// SPDX-FileCopyrightText: The Halfshake authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "models/incident/evidence.h"
#include "models/itemmodels/linematcher.h"
#include "widgets/logs/linehighlighter.h"

#include <QAbstractScrollArea>
#include <QCache>

#include <cstdint>
#include <memory>
#include <vector>

namespace halfshake {

/// The lines of a text of any size. Only lines on screen are read, decoded and coloured.
class LogViewport : public QAbstractScrollArea
{
    Q_OBJECT

public:
    explicit LogViewport(QWidget* parent = nullptr);

    void setEvidence(std::shared_ptr<const Evidence> evidence); ///< Text evidence; null for none.
    [[nodiscard]] const Evidence* evidence() const { return m_evidence.get(); }
    [[nodiscard]] std::uint64_t lineCount() const;

    /// Marks \a line (counted from 1; 0 for none) and shows it with what stands around it.
    void setCurrentLine(std::uint64_t line);
    [[nodiscard]] std::uint64_t currentLine() const { return m_currentLine; }
    [[nodiscard]] QString lineText(std::uint64_t line) const;
    [[nodiscard]] QRect lineRect(std::uint64_t line) const; ///< In the viewport; empty where it is scrolled away.
    [[nodiscard]] std::uint64_t firstVisibleLine() const;

    void setMatcher(const LineMatcher& matcher); ///< Marks where it matches in the lines on screen.

    void copy() const; ///< The chosen lines.

Q_SIGNALS:
    void lineActivated(std::uint64_t line);

protected:
    bool event(QEvent* event) override;
    void paintEvent(QPaintEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;
    void mousePressEvent(QMouseEvent* event) override;
    void mouseMoveEvent(QMouseEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;
    void contextMenuEvent(QContextMenuEvent* event) override;
    void changeEvent(QEvent* event) override;
    void scrollContentsBy(int dx, int dy) override;

private:
    struct Line
    {
        QString text;
        std::vector<LineSpan> spans;
    };

    [[nodiscard]] int lineHeight() const;
    [[nodiscard]] int visibleLines() const;
    [[nodiscard]] int gutterWidth() const;
    [[nodiscard]] std::uint64_t lineAt(const QPoint& position) const; ///< 0 below the last line.
    void loadLines(std::uint64_t first, std::uint64_t count);
    void paintLine(QPainter& painter, std::uint64_t number, int y);
    void paintText(QPainter& painter, const Line& line, int y);
    void updateScrollBars();
    void activate(std::uint64_t line, bool extends);
    void followLook();

    std::shared_ptr<const Evidence> m_evidence;
    LineHighlighter m_highlighter;
    LineMatcher m_matcher;
    QCache<std::uint64_t, Line> m_lines{400};
    std::uint64_t m_currentLine = 0;
    std::uint64_t m_chosenFrom = 0; ///< Other end of the chosen lines.
    int m_widestLine = 0;
};

} // namespace halfshake
