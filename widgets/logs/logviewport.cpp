// SPDX-FileCopyrightText: The Halfshake authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "widgets/logs/logviewport.h"

#include "models/base/text.h"
#include "widgets/common/theme.h"

#include <QAccessible>
#include <QApplication>
#include <QClipboard>
#include <QContextMenuEvent>
#include <QKeyEvent>
#include <QMenu>
#include <QPainter>
#include <QScrollBar>

#include <algorithm>
#include <limits>

namespace halfshake {

using namespace Qt::StringLiterals;

namespace {

constexpr int margin = 6;
constexpr qsizetype longestShown = 4096;
constexpr qsizetype tabWidth = 8;
constexpr std::uint64_t mostCopied = 10'000;

/// As it is drawn: tabs as blanks, other control characters visible, very long lines cut.
QString shownText(const std::string& bytes)
{
    const QString decoded = QString::fromStdString(toValidUtf8(std::string_view(bytes).substr(0, longestShown * 4)));
    QString text;
    text.reserve(decoded.size());
    for (const QChar character : decoded) {
        if (text.size() >= longestShown) {
            text += u" …"_s;
            break;
        }
        if (character == u'\t')
            text += QString(tabWidth - text.size() % tabWidth, u' ');
        else
            text += character < u' ' ? QChar(0x2400 + character.unicode()) : character;
    }
    return text;
}

int saturated(std::uint64_t value)
{
    return static_cast<int>(std::min<std::uint64_t>(value, std::numeric_limits<int>::max()));
}

} // namespace

LogViewport::LogViewport(QWidget* parent) : QAbstractScrollArea(parent)
{
    setObjectName(u"logLines"_s);
    setAccessibleName(tr("Lines of the evidence"));
    setFocusPolicy(Qt::StrongFocus);
    setFrameShape(QFrame::NoFrame);
    viewport()->setBackgroundRole(QPalette::Base);
    followLook();
}

void LogViewport::setEvidence(std::shared_ptr<const Evidence> evidence)
{
    if (m_evidence == evidence)
        return;
    const bool isSameText = m_evidence && evidence && m_evidence->lines == evidence->lines;
    m_evidence = std::move(evidence);
    if (isSameText)
        return;
    m_lines.clear();
    m_highlighter.setEvidence(m_evidence.get());
    m_currentLine = 0;
    m_chosenFrom = 0;
    m_widestLine = 0;
    verticalScrollBar()->setValue(0);
    horizontalScrollBar()->setValue(0);
    updateScrollBars();
    viewport()->update();
}

std::uint64_t LogViewport::lineCount() const
{
    return m_evidence && m_evidence->lines ? m_evidence->lines->lineCount() : 0;
}

std::uint64_t LogViewport::firstVisibleLine() const
{
    return static_cast<std::uint64_t>(verticalScrollBar()->value()) + 1;
}

void LogViewport::setCurrentLine(std::uint64_t line)
{
    if (line > lineCount())
        line = 0;
    if (m_currentLine == line)
        return;
    m_currentLine = line;
    m_chosenFrom = line;
    const std::uint64_t first = firstVisibleLine();
    const auto rows = static_cast<std::uint64_t>(visibleLines());
    // in the middle: what happened just before and after matters
    if (line != 0 && (line < first || line >= first + rows))
        verticalScrollBar()->setValue(saturated(line - std::min(line, rows / 2 + 1)));
    viewport()->update();
    QAccessibleValueChangeEvent event(this, lineText(line));
    QAccessible::updateAccessibility(&event);
}

QString LogViewport::lineText(std::uint64_t line) const
{
    if (line == 0 || line > lineCount())
        return {};
    const auto lines = m_evidence->lines->lines(line, 1);
    return lines && !lines->empty() ? QString::fromStdString(toValidUtf8(lines->front())) : QString();
}

QRect LogViewport::lineRect(std::uint64_t line) const
{
    const std::uint64_t first = firstVisibleLine();
    if (line < first || line > lineCount() || line - first > static_cast<std::uint64_t>(visibleLines()))
        return {};
    return {0, static_cast<int>(line - first) * lineHeight(), viewport()->width(), lineHeight()};
}

int LogViewport::lineHeight() const
{
    return fontMetrics().height() + 2;
}

int LogViewport::visibleLines() const
{
    return std::max(1, viewport()->height() / lineHeight());
}

int LogViewport::gutterWidth() const
{
    const auto digits = std::max<qsizetype>(3, QString::number(lineCount()).size());
    return static_cast<int>(digits) * fontMetrics().horizontalAdvance(u'0') + 2 * margin;
}

std::uint64_t LogViewport::lineAt(const QPoint& position) const
{
    const std::uint64_t line =
        firstVisibleLine() + static_cast<std::uint64_t>(std::max(0, position.y()) / lineHeight());
    return line <= lineCount() ? line : 0;
}

void LogViewport::updateScrollBars()
{
    const std::uint64_t lines = lineCount();
    const auto rows = static_cast<std::uint64_t>(visibleLines());
    verticalScrollBar()->setPageStep(visibleLines());
    verticalScrollBar()->setRange(0, saturated(lines > rows ? lines - rows : 0));
    horizontalScrollBar()->setSingleStep(4 * fontMetrics().horizontalAdvance(u'0'));
    horizontalScrollBar()->setPageStep(viewport()->width());
    horizontalScrollBar()->setRange(0, std::max(0, gutterWidth() + m_widestLine + 2 * margin - viewport()->width()));
}

void LogViewport::loadLines(std::uint64_t first, std::uint64_t count)
{
    std::uint64_t missing = first;
    while (missing < first + count && m_lines.contains(missing))
        ++missing;
    if (missing == first + count)
        return;
    const auto lines = m_evidence->lines->lines(first, count);
    if (!lines)
        return;
    m_highlighter.restart();
    for (std::size_t i = 0; i < lines->size(); ++i) {
        const QString text = shownText((*lines)[i]);
        m_widestLine = std::max(m_widestLine, fontMetrics().horizontalAdvance(text));
        m_lines.insert(first + i, new Line{.text = text, .spans = m_highlighter.spans(text)});
    }
    updateScrollBars();
}

void LogViewport::paintEvent(QPaintEvent* /*event*/)
{
    QPainter painter(viewport());
    if (lineCount() == 0)
        return;
    const std::uint64_t first = firstVisibleLine();
    const std::uint64_t last = std::min(lineCount(), first + static_cast<std::uint64_t>(visibleLines()));
    loadLines(first, last - first + 1);
    for (std::uint64_t line = first; line <= last; ++line)
        paintLine(painter, line, static_cast<int>(line - first) * lineHeight());
}

void LogViewport::paintLine(QPainter& painter, std::uint64_t number, int y)
{
    const int gutter = gutterWidth();
    const int height = lineHeight();
    const QColor highlight = palette().color(QPalette::Highlight);
    const auto [from, to] = std::minmax(m_currentLine, m_chosenFrom);
    if (m_currentLine != 0 && number >= from && number <= to)
        painter.fillRect(0, y, viewport()->width(), height, mixed(palette().color(QPalette::Base), highlight, 0.18));

    if (const Line* const line = m_lines.object(number)) {
        painter.save();
        painter.setClipRect(gutter, y, viewport()->width() - gutter, height);
        paintText(painter, *line, y);
        painter.restore();
    }

    const bool isCurrent = number == m_currentLine;
    painter.fillRect(0, y, gutter, height, isCurrent ? highlight : palette().color(QPalette::AlternateBase));
    painter.setFont(font());
    painter.setPen(palette().color(isCurrent ? QPalette::HighlightedText : QPalette::PlaceholderText));
    painter.drawText(QRect(0, y, gutter - margin, height), Qt::AlignRight | Qt::AlignVCenter, QString::number(number));
}

void LogViewport::paintText(QPainter& painter, const Line& line, int y)
{
    const double left = gutterWidth() + margin - horizontalScrollBar()->value();
    const QFontMetricsF metrics(font());
    const QColor match = mixed(palette().color(QPalette::Base), figureStyle(palette()).colorOf(EventClass::Slow), 0.45);
    for (const auto [offset, length] : m_matcher.partsOf(line.text)) {
        const double from = metrics.horizontalAdvance(line.text.first(offset));
        const double width = metrics.horizontalAdvance(line.text.sliced(offset, length));
        painter.fillRect(QRectF(left + from, y, width, lineHeight()), match);
    }

    const double baseline = y + 1 + fontMetrics().ascent();
    qsizetype drawn = 0;
    double x = left;
    const auto draw = [&](qsizetype end, const QColor& color, bool isBold, bool isItalic) {
        const QString part = line.text.sliced(drawn, end - drawn);
        QFont look = font();
        look.setBold(isBold);
        look.setItalic(isItalic);
        painter.setFont(look);
        painter.setPen(color);
        painter.drawText(QPointF(x, baseline), part);
        x += QFontMetricsF(look).horizontalAdvance(part);
        drawn = end;
    };
    const QColor text = palette().color(QPalette::Text);
    for (const LineSpan& span : line.spans) {
        if (span.offset > drawn)
            draw(span.offset, text, false, false);
        if (span.offset + span.length > drawn && span.offset + span.length <= line.text.size())
            draw(span.offset + span.length, span.color, span.isBold, span.isItalic);
    }
    if (drawn < line.text.size())
        draw(line.text.size(), text, false, false);
}

void LogViewport::activate(std::uint64_t line, bool extends)
{
    if (line == 0)
        return;
    if (extends) {
        m_chosenFrom = m_chosenFrom == 0 ? line : m_chosenFrom;
        m_currentLine = line;
        viewport()->update();
        return;
    }
    setCurrentLine(line);
    m_chosenFrom = line;
    viewport()->update();
    Q_EMIT lineActivated(line);
}

void LogViewport::setMatcher(const LineMatcher& matcher)
{
    m_matcher = matcher;
    viewport()->update();
}

void LogViewport::copy() const
{
    if (m_currentLine == 0)
        return;
    const auto [from, to] = std::minmax(m_currentLine, m_chosenFrom);
    const auto lines = m_evidence->lines->lines(from, std::min(to - from + 1, mostCopied));
    QStringList texts;
    for (const std::string& line : lines.value_or(std::vector<std::string>{}))
        texts << QString::fromStdString(toValidUtf8(line));
    QApplication::clipboard()->setText(texts.join(u'\n'));
}

bool LogViewport::event(QEvent* event)
{
    if (event->type() == QEvent::ShortcutOverride && static_cast<QKeyEvent*>(event)->matches(QKeySequence::Copy)) {
        event->accept();
        return true;
    }
    return QAbstractScrollArea::event(event);
}

void LogViewport::resizeEvent(QResizeEvent* event)
{
    QAbstractScrollArea::resizeEvent(event);
    updateScrollBars();
}

void LogViewport::mousePressEvent(QMouseEvent* event)
{
    if (event->button() == Qt::LeftButton)
        activate(lineAt(event->position().toPoint()), event->modifiers().testFlag(Qt::ShiftModifier));
}

void LogViewport::mouseMoveEvent(QMouseEvent* event)
{
    if (event->buttons().testFlag(Qt::LeftButton))
        activate(lineAt(event->position().toPoint()), true);
}

void LogViewport::keyPressEvent(QKeyEvent* event)
{
    if (event->matches(QKeySequence::Copy)) {
        copy();
        return;
    }
    const std::uint64_t lines = lineCount();
    const auto page = static_cast<std::uint64_t>(visibleLines());
    const std::uint64_t current = std::max<std::uint64_t>(m_currentLine, 1);
    std::uint64_t line = 0;
    switch (event->key()) {
    case Qt::Key_Up:
        line = current > 1 ? current - 1 : 1;
        break;
    case Qt::Key_Down:
        line = current + 1;
        break;
    case Qt::Key_PageUp:
        line = current > page ? current - page : 1;
        break;
    case Qt::Key_PageDown:
        line = current + page;
        break;
    case Qt::Key_Home:
        line = 1;
        break;
    case Qt::Key_End:
        line = lines;
        break;
    case Qt::Key_Left:
        horizontalScrollBar()->triggerAction(QAbstractSlider::SliderSingleStepSub);
        return;
    case Qt::Key_Right:
        horizontalScrollBar()->triggerAction(QAbstractSlider::SliderSingleStepAdd);
        return;
    default:
        QAbstractScrollArea::keyPressEvent(event);
        return;
    }
    if (lines > 0)
        activate(std::min(line, lines), event->modifiers().testFlag(Qt::ShiftModifier));
}

void LogViewport::contextMenuEvent(QContextMenuEvent* event)
{
    auto* menu = new QMenu(this);
    menu->setAttribute(Qt::WA_DeleteOnClose);
    QAction* const copyLines = menu->addAction(tr("&Copy lines"));
    copyLines->setObjectName(u"copyLines"_s);
    copyLines->setEnabled(m_currentLine != 0);
    connect(copyLines, &QAction::triggered, this, &LogViewport::copy);
    menu->popup(event->globalPos());
}

void LogViewport::followLook()
{
    setFont(fixedFont(QApplication::font()));
    m_highlighter.setDark(isDark(QApplication::palette()));
    m_lines.clear();
}

void LogViewport::changeEvent(QEvent* event)
{
    if (event->type() == QEvent::ApplicationFontChange || event->type() == QEvent::PaletteChange)
        followLook();
    QAbstractScrollArea::changeEvent(event);
    if (event->type() == QEvent::FontChange)
        updateScrollBars();
}

void LogViewport::scrollContentsBy(int /*dx*/, int /*dy*/)
{
    viewport()->update();
}

} // namespace halfshake
