// SPDX-FileCopyrightText: The Halfshake authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "widgets/logs/matchoverview.h"

#include "widgets/common/theme.h"

#include <QMouseEvent>
#include <QPainter>

#include <algorithm>

namespace halfshake {

namespace {

constexpr int stripWidth = 7;
constexpr double finest = 1.0 / 800; ///< Ticks closer than this look like one.

} // namespace

MatchOverview::MatchOverview(QWidget* parent) : QWidget(parent)
{
    setObjectName(QStringLiteral("matchOverview"));
    setFixedWidth(stripWidth);
    setAccessibleName(tr("Where the matches lie"));
    setToolTip(tr("Where in the file the matches lie. Click to go there."));
    hide();
}

void MatchOverview::setMatches(const std::vector<std::uint64_t>& lines, std::uint64_t lineCount)
{
    m_ticks.clear();
    for (const std::uint64_t line : lines) {
        const double share = static_cast<double>(line - 1) / static_cast<double>(std::max<std::uint64_t>(1, lineCount));
        if (m_ticks.empty() || share - m_ticks.back() >= finest)
            m_ticks.push_back(share);
    }
    setVisible(!m_ticks.empty());
    update();
}

void MatchOverview::paintEvent(QPaintEvent* /*event*/)
{
    QPainter painter(this);
    painter.fillRect(rect(), palette().color(QPalette::AlternateBase));
    const QColor color = figureStyle(palette()).colorOf(EventClass::Slow);
    for (const double share : m_ticks)
        painter.fillRect(QRectF(1, share * (height() - 2), stripWidth - 2, 2), color);
}

void MatchOverview::mousePressEvent(QMouseEvent* event)
{
    if (height() > 0)
        Q_EMIT placeChosen(std::clamp(event->position().y() / height(), 0.0, 1.0));
}

} // namespace halfshake
