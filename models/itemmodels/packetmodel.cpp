// SPDX-FileCopyrightText: The Halfshake authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "models/itemmodels/packetmodel.h"

#include "models/capture/packetdetails.h"
#include "models/itemmodels/texts.h"

#include <algorithm>

namespace halfshake {

using namespace Qt::StringLiterals;

namespace {

// looking at this many rows of the packet table takes a few milliseconds
constexpr std::size_t mostRowsSearched = 4'000'000;

// copies of the last packet follow it closely
constexpr std::size_t rowsAfterLastPacket = 64;

} // namespace

void PacketModel::setConnection(std::shared_ptr<const IncidentSnapshot> snapshot, ObjectRef connection)
{
    beginResetModel();
    m_snapshot = std::move(snapshot);
    m_connection = connection;
    m_packets.clear();
    m_summaries.clear();
    m_total = 0;
    if (const ConnectionAttempt* const attempt = m_snapshot->connection(connection))
        findPackets(*m_snapshot->capture(connection.evidence), *attempt, connection.index);
    endResetModel();
}

void PacketModel::findPackets(const Capture& capture, const ConnectionAttempt& attempt, std::uint32_t index)
{
    m_total = attempt.packetCount;
    const std::size_t first = attempt.firstPacket > 0 ? attempt.firstPacket - 1 : 0;
    const std::size_t end = std::min(capture.packets.size(), first + mostRowsSearched);
    std::size_t stop = end;
    std::uint64_t found = 0;
    for (std::size_t row = first; row < stop && m_packets.size() < mostPackets; ++row) {
        if (capture.packets.attempt(row) != index)
            continue;
        const bool isDuplicate = capture.packets.row(row).isDuplicate;
        m_packets.push_back({.number = static_cast<std::uint32_t>(row + 1), .isDuplicate = isDuplicate});
        if (!isDuplicate && ++found == attempt.packetCount)
            stop = std::min(end, row + rowsAfterLastPacket);
    }
    const auto events = std::span(capture.events).subspan(attempt.firstEvent, attempt.eventCount);
    for (const HandshakeEvent& event : events) {
        const auto packet = std::ranges::lower_bound(m_packets, event.packet, {}, &Packet::number);
        if (packet != m_packets.end() && packet->number == event.packet)
            packet->isHandshake = true;
    }
}

int PacketModel::rowCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_packets.size());
}

int PacketModel::columnCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : ColumnCount;
}

QVariant PacketModel::data(const QModelIndex& index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid | CheckIndexOption::ParentIsInvalid))
        return {};
    const Packet& packet = m_packets[static_cast<std::size_t>(index.row())];
    switch (role) {
    case Qt::DisplayRole:
        return text(packet, index.column());
    case Qt::ToolTipRole:
        return packet.isDuplicate ? tr("A copy of a packet above: the capture saw it more than once.") : QVariant();
    case ObjectRole:
        return QVariant::fromValue(ObjectRef{ObjectKind::Packet, m_connection.evidence, packet.number - 1});
    case IsDuplicateRole:
        return packet.isDuplicate;
    case IsHandshakeRole:
        return packet.isHandshake;
    default:
        return {};
    }
}

QString PacketModel::text(const Packet& packet, int column) const
{
    const Capture& capture = *m_snapshot->capture(m_connection.evidence);
    const auto row = capture.packets.row(packet.number - 1);
    switch (column) {
    case NumberColumn:
        return QString::number(packet.number);
    case TimeColumn: {
        const Duration sinceStart = row.time - m_snapshot->connection(m_connection)->start;
        return u"+%1"_s.arg(std::chrono::duration<double>(sinceStart).count(), 0, 'f', 6);
    }
    case SummaryColumn:
        return packet.isDuplicate ? tr("(copy) %1").arg(summary(packet.number)) : summary(packet.number);
    case LengthColumn:
        return QString::number(row.location.originalLength);
    default:
        return {};
    }
}

QString PacketModel::summary(std::uint64_t number) const
{
    if (const QString* known = m_summaries.object(number))
        return *known;
    const auto details = packetDetails(*m_snapshot->capture(m_connection.evidence), number);
    QString text = details ? QString::fromStdString(details->summary) : texts::diagnostic(details.error());
    // all packets of the list have the same two ends
    const ConnectionAttempt& attempt = *m_snapshot->connection(m_connection);
    const QString client = QString::fromStdString(toString(attempt.client));
    const QString server = QString::fromStdString(toString(attempt.server));
    const QString arrow = u" \u2192 "_s;
    if (text.startsWith(client + arrow + server))
        text = u"\u2192"_s + text.sliced(client.size() + arrow.size() + server.size());
    else if (text.startsWith(server + arrow + client))
        text = u"\u2190"_s + text.sliced(client.size() + arrow.size() + server.size());
    m_summaries.insert(number, new QString(text));
    return text;
}

QVariant PacketModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || role != Qt::DisplayRole)
        return {};
    switch (section) {
    case NumberColumn:
        return tr("No.");
    case TimeColumn:
        return tr("Time (s)");
    case SummaryColumn:
        return tr("Packet (→ from the client, ← from the server)");
    case LengthColumn:
        return tr("Bytes");
    default:
        return {};
    }
}

QModelIndex PacketModel::indexOf(std::uint64_t packetNumber) const
{
    const auto packet = std::ranges::lower_bound(m_packets, packetNumber, {}, &Packet::number);
    return packet != m_packets.end() && packet->number == packetNumber
        ? index(static_cast<int>(packet - m_packets.begin()), 0)
        : QModelIndex();
}

} // namespace halfshake
