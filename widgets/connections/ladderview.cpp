// SPDX-FileCopyrightText: The Halfshake authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "widgets/connections/ladderview.h"

#include "models/itemmodels/texts.h"
#include "widgets/common/theme.h"

#include <QKeyEvent>
#include <QMouseEvent>
#include <QPainter>
#include <QScrollBar>

#include <algorithm>
#include <cmath>

namespace halfshake {

namespace {

constexpr double padding = 10;
constexpr double widestLadder = 640; // longer arrows say no more

} // namespace

LadderView::LadderView(QWidget* parent) : QAbstractScrollArea(parent)
{
    setAccessibleName(tr("Handshake ladder"));
    setFocusPolicy(Qt::StrongFocus);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setFrameShape(QFrame::NoFrame);
    verticalScrollBar()->setSingleStep(fontMetrics().height() * 2);
}

void LadderView::setSnapshot(std::shared_ptr<const IncidentSnapshot> snapshot)
{
    m_snapshot = std::move(snapshot);
    m_figure = LadderFigure(*m_snapshot, m_connection);
    updateScrollBar();
}

void LadderView::setRelated(const Related& related)
{
    const bool isOther = related.connection != m_connection;
    m_connection = related.connection;
    m_currentPacket = static_cast<std::uint32_t>(related.packet.packet);
    m_asksForAttempt = !related.upstreamAttempt.isValid();
    m_whyNone = related.link ? related.link->whyNone : NoLinkReason::None;
    if (m_snapshot && isOther)
        m_figure = LadderFigure(*m_snapshot, m_connection);
    updateScrollBar();
    if (isOther)
        verticalScrollBar()->setValue(0);
}

QString LadderView::emptyText() const
{
    if (!m_figure.isEmpty())
        return {};
    if (m_whyNone != NoLinkReason::None)
        return texts::noLinkReason(m_whyNone);
    if (m_asksForAttempt)
        return tr("Click a failing attempt, a connection or a packet to see its handshake.");
    return tr("This attempt succeeded; only failing attempts are tied to their connection.");
}

QRectF LadderView::figureArea() const
{
    const double width = std::min(viewport()->width() - 2 * padding, widestLadder);
    return {padding, padding - verticalScrollBar()->value(), width, m_figure.heightFor(width, font())};
}

void LadderView::updateScrollBar()
{
    const int height = m_figure.isEmpty() ? 0 : static_cast<int>(std::ceil(figureArea().height() + 2 * padding));
    verticalScrollBar()->setRange(0, std::max(0, height - viewport()->height()));
    verticalScrollBar()->setPageStep(viewport()->height());
    viewport()->update();
}

void LadderView::paintEvent(QPaintEvent* /*event*/)
{
    QPainter painter(viewport());
    const auto style = figureStyle(palette());
    painter.fillRect(viewport()->rect(), style.background);
    painter.setFont(font());
    if (m_figure.isEmpty()) {
        const auto area = viewport()->rect().adjusted(16, 16, -16, -16);
        painter.setPen(style.faintText);
        painter.drawText(area, Qt::AlignCenter | Qt::TextWordWrap, emptyText());
        return;
    }
    m_figure.paint(painter, figureArea(), style, m_currentPacket);
}

void LadderView::resizeEvent(QResizeEvent* event)
{
    QAbstractScrollArea::resizeEvent(event);
    updateScrollBar();
}

void LadderView::activateRow(int row)
{
    const auto packet = m_figure.rows()[static_cast<std::size_t>(row)].packet;
    if (packet != 0)
        Q_EMIT packetActivated({ObjectKind::Packet, m_connection.evidence, packet - 1});
}

void LadderView::mousePressEvent(QMouseEvent* event)
{
    const int row = m_figure.rowAt(event->position(), figureArea(), font());
    if (event->button() == Qt::LeftButton && row >= 0)
        activateRow(row);
}

/// Up and Down go from packet to packet; ghosts are passed over.
void LadderView::keyPressEvent(QKeyEvent* event)
{
    const int step = event->key() == Qt::Key_Down ? 1 : event->key() == Qt::Key_Up ? -1 : 0;
    if (step == 0 || m_figure.isEmpty()) {
        QAbstractScrollArea::keyPressEvent(event);
        return;
    }
    const auto& rows = m_figure.rows();
    const auto current = std::ranges::find(rows, m_currentPacket, &LadderFigure::Row::packet);
    auto row = static_cast<int>(current == rows.end() ? -1 : current - rows.begin()) + step;
    while (row >= 0 && row < static_cast<int>(rows.size()) && rows[static_cast<std::size_t>(row)].isGhost)
        row += step;
    if (row >= 0 && row < static_cast<int>(rows.size()))
        activateRow(row);
}

} // namespace halfshake
