// SPDX-FileCopyrightText: The Halfshake authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "widgets/packets/bytesview.h"

#include "widgets/common/theme.h"

#include <QApplication>
#include <QClipboard>
#include <QKeyEvent>
#include <QPainter>
#include <QScrollBar>

#include <algorithm>
#include <utility>

namespace halfshake {

using namespace Qt::StringLiterals;

namespace {

constexpr int margin = 6;
constexpr int offsetDigits = 4;
constexpr int bytesPerGroup = 8;

QChar printable(std::byte byte)
{
    const auto value = std::to_integer<char16_t>(byte);
    return value >= 0x20 && value < 0x7f ? QChar(value) : QChar(u'·');
}

QString hex(std::uint32_t value, int digits)
{
    return u"%1"_s.arg(value, digits, 16, QLatin1Char('0'));
}

} // namespace

BytesView::BytesView(QWidget* parent) : QAbstractScrollArea(parent)
{
    setObjectName(u"bytesView"_s);
    setAccessibleName(tr("Bytes of the packet"));
    setFocusPolicy(Qt::StrongFocus);
    setFrameShape(QFrame::NoFrame);
    viewport()->setBackgroundRole(QPalette::Base);
    useFixedFont();
}

void BytesView::setBytes(std::vector<std::byte> bytes)
{
    m_bytes = std::move(bytes);
    m_markedLength = 0;
    verticalScrollBar()->setValue(0);
    updateScrollBars();
    viewport()->update();
}

void BytesView::mark(std::uint32_t offset, std::uint32_t length)
{
    m_markedOffset = offset;
    m_markedLength = length;
    if (length > 0) {
        const int line = static_cast<int>(offset) / m_bytesPerLine;
        const int rows = viewport()->height() / lineHeight();
        if (line < verticalScrollBar()->value() || line >= verticalScrollBar()->value() + rows)
            verticalScrollBar()->setValue(line);
    }
    viewport()->update();
}

int BytesView::characterWidth() const
{
    return fontMetrics().horizontalAdvance(u'0');
}

int BytesView::lineHeight() const
{
    return fontMetrics().height() + 2;
}

int BytesView::lineCount() const
{
    return static_cast<int>(
        (m_bytes.size() + static_cast<std::size_t>(m_bytesPerLine) - 1) / static_cast<std::size_t>(m_bytesPerLine));
}

int BytesView::hexColumn(int byte) const
{
    return offsetDigits + 2 + byte * 3 + (byte >= bytesPerGroup ? 1 : 0);
}

int BytesView::textColumn(int byte) const
{
    return hexColumn(m_bytesPerLine) + 1 + byte;
}

QRect BytesView::byteRect(std::uint32_t offset) const
{
    const int line = static_cast<int>(offset) / m_bytesPerLine - verticalScrollBar()->value();
    const int column = hexColumn(static_cast<int>(offset) % m_bytesPerLine);
    return {margin + column * characterWidth() - horizontalScrollBar()->value(), line * lineHeight(),
        2 * characterWidth(), lineHeight()};
}

void BytesView::updateScrollBars()
{
    const int rows = std::max(1, viewport()->height() / lineHeight());
    verticalScrollBar()->setPageStep(rows);
    verticalScrollBar()->setRange(0, std::max(0, lineCount() - rows));
    const int width = 2 * margin + textColumn(m_bytesPerLine) * characterWidth();
    horizontalScrollBar()->setPageStep(viewport()->width());
    horizontalScrollBar()->setRange(0, std::max(0, width - viewport()->width()));
}

void BytesView::useFixedFont()
{
    setFont(fixedFont(QApplication::font()));
}

void BytesView::paintEvent(QPaintEvent* /*event*/)
{
    QPainter painter(viewport());
    painter.setFont(font());
    const int first = verticalScrollBar()->value();
    const int last = std::min(lineCount(), first + viewport()->height() / lineHeight() + 1);
    for (int line = first; line < last; ++line)
        paintLine(painter, line, (line - first) * lineHeight());
}

void BytesView::paintLine(QPainter& painter, int line, int y) const
{
    const int left = margin - horizontalScrollBar()->value();
    const int width = characterWidth();
    const auto draw = [&](int column, const QString& text, const QColor& color) {
        painter.setPen(color);
        painter.drawText(QPointF(left + column * width, y + 1 + fontMetrics().ascent()), text);
    };
    const auto begin = static_cast<std::uint32_t>(line * m_bytesPerLine);
    draw(0, hex(begin, offsetDigits), palette().color(QPalette::PlaceholderText));
    for (int i = 0; i < m_bytesPerLine && begin + static_cast<std::uint32_t>(i) < m_bytes.size(); ++i) {
        const std::uint32_t offset = begin + static_cast<std::uint32_t>(i);
        const bool isMarked = offset >= m_markedOffset && offset - m_markedOffset < m_markedLength;
        if (isMarked) {
            const bool isNextMarked = i + 1 < m_bytesPerLine && offset + 1 - m_markedOffset < m_markedLength;
            const int hexWidth = isNextMarked ? hexColumn(i + 1) - hexColumn(i) : 2;
            const QColor highlight = palette().color(QPalette::Highlight);
            painter.fillRect(left + hexColumn(i) * width, y, hexWidth * width, lineHeight(), highlight);
            painter.fillRect(left + textColumn(i) * width, y, width, lineHeight(), highlight);
        }
        const QColor color = palette().color(isMarked ? QPalette::HighlightedText : QPalette::Text);
        draw(hexColumn(i), hex(std::to_integer<std::uint32_t>(m_bytes[offset]), 2), color);
        draw(textColumn(i), printable(m_bytes[offset]), color);
    }
}

void BytesView::resizeEvent(QResizeEvent* event)
{
    QAbstractScrollArea::resizeEvent(event);
    m_bytesPerLine = 2 * bytesPerGroup;
    if (2 * margin + textColumn(m_bytesPerLine) * characterWidth() > viewport()->width())
        m_bytesPerLine = bytesPerGroup;
    updateScrollBars();
}

void BytesView::mousePressEvent(QMouseEvent* event)
{
    const QPoint position = event->position().toPoint();
    const int line = position.y() / lineHeight() + verticalScrollBar()->value();
    const int column = (position.x() + horizontalScrollBar()->value() - margin) / characterWidth();
    for (int i = 0; i < m_bytesPerLine; ++i) {
        const bool isHit = (column >= hexColumn(i) && column < hexColumn(i) + 3) || column == textColumn(i);
        const auto offset = static_cast<std::uint32_t>(line * m_bytesPerLine + i);
        if (isHit && offset < m_bytes.size()) {
            Q_EMIT byteActivated(offset);
            return;
        }
    }
}

void BytesView::keyPressEvent(QKeyEvent* event)
{
    if (event->matches(QKeySequence::Copy)) {
        const std::uint32_t begin = m_markedLength > 0 ? m_markedOffset : 0;
        const auto length = m_markedLength > 0 ? m_markedLength : static_cast<std::uint32_t>(m_bytes.size());
        QString text;
        for (std::uint32_t i = begin; i < m_bytes.size() && i - begin < length; ++i)
            text += hex(std::to_integer<std::uint32_t>(m_bytes[i]), 2) + u' ';
        QApplication::clipboard()->setText(text.trimmed());
        return;
    }
    const std::uint32_t last = m_bytes.empty() ? 0 : static_cast<std::uint32_t>(m_bytes.size() - 1);
    std::uint32_t offset = m_markedLength > 0 ? m_markedOffset : 0;
    const auto line = static_cast<std::uint32_t>(m_bytesPerLine);
    switch (event->key()) {
    case Qt::Key_Left:
        offset -= std::min(offset, 1u);
        break;
    case Qt::Key_Right:
        offset = std::min(last, offset + std::max(1u, m_markedLength));
        break;
    case Qt::Key_Up:
        offset -= offset >= line ? line : 0;
        break;
    case Qt::Key_Down:
        offset += offset + line <= last ? line : 0;
        break;
    default:
        QAbstractScrollArea::keyPressEvent(event);
        return;
    }
    if (!m_bytes.empty())
        Q_EMIT byteActivated(offset);
}

void BytesView::changeEvent(QEvent* event)
{
    if (event->type() == QEvent::ApplicationFontChange)
        useFixedFont();
    QAbstractScrollArea::changeEvent(event);
    if (event->type() == QEvent::FontChange)
        updateScrollBars();
}

void BytesView::scrollContentsBy(int /*dx*/, int /*dy*/)
{
    viewport()->update();
}

} // namespace halfshake
