// SPDX-FileCopyrightText: The Halfshake authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "models/figures/ladderfigure.h"
#include "models/incident/related.h"

#include <QAbstractScrollArea>

#include <memory>

namespace halfshake {

/// Shows the handshake ladder of the current object's connection, or says why there is none.
class LadderView : public QAbstractScrollArea
{
    Q_OBJECT

public:
    explicit LadderView(QWidget* parent = nullptr);

    void setSnapshot(std::shared_ptr<const IncidentSnapshot> snapshot);
    void setRelated(const Related& related);
    [[nodiscard]] const LadderFigure& figure() const { return m_figure; }
    [[nodiscard]] QString emptyText() const; ///< What stands there instead of a ladder.

Q_SIGNALS:
    void packetActivated(halfshake::ObjectRef packet);

protected:
    void paintEvent(QPaintEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;
    void mousePressEvent(QMouseEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;

private:
    [[nodiscard]] QRectF figureArea() const; ///< In viewport coordinates, scrolling included.
    void updateScrollBar();
    void activateRow(int row);

    std::shared_ptr<const IncidentSnapshot> m_snapshot;
    ObjectRef m_connection;
    bool m_asksForAttempt = true; ///< The current object is no attempt: say what to click.
    NoLinkReason m_whyNone = NoLinkReason::None;
    LadderFigure m_figure;
    std::uint32_t m_currentPacket = 0;
};

} // namespace halfshake
