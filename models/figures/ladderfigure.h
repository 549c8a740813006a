// SPDX-FileCopyrightText: The Halfshake authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "models/figures/figurestyle.h"
#include "models/incident/incidentsnapshot.h"

#include <QPainter>
#include <QRectF>
#include <QSizeF>
#include <QString>

#include <cstdint>
#include <memory>
#include <vector>

namespace halfshake {

/// The ladder of one connection attempt: client left, server right, one arrow per handshake packet with its time, the
/// expected retransmissions as ghosts. Immutable layout; painting is the same on screen and in the report.
class LadderFigure
{
public:
    struct Row
    {
        QString time; ///< "+1.031 s" from the first packet.
        QString label; ///< "SYN repeated (2)"
        std::uint32_t packet = 0; ///< 0 for a ghost.
        bool isFromClient = false;
        bool isGhost = false; ///< Expected by the kernel's schedule and not seen.
        EventClass eventClass = EventClass::Completed;
    };

    LadderFigure() = default;
    /// \a connection names a Connection of \a snapshot; anything else gives an empty figure.
    LadderFigure(const IncidentSnapshot& snapshot, ObjectRef connection);

    [[nodiscard]] bool isEmpty() const { return m_rows.empty(); }
    [[nodiscard]] const std::vector<Row>& rows() const { return m_rows; }
    [[nodiscard]] QString clientName() const { return m_clientName; }
    [[nodiscard]] QString serverName() const { return m_serverName; }
    [[nodiscard]] QString verdict() const { return m_verdict; } ///< One sentence under the ladder.

    /// Height needed at \a width with \a font's metrics.
    [[nodiscard]] double heightFor(double width, const QFont& font) const;
    /// Paints into \a area with the painter's font; \a currentPacket is marked.
    void paint(QPainter& painter, const QRectF& area, const FigureStyle& style, std::uint32_t currentPacket = 0) const;
    /// The row at \a position for the same \a area and \a font as paint(), or -1.
    [[nodiscard]] int rowAt(const QPointF& position, const QRectF& area, const QFont& font) const;

private:
    std::vector<Row> m_rows;
    QString m_clientName;
    QString m_serverName;
    QString m_verdict;
};

} // namespace halfshake
