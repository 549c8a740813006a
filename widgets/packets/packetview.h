// SPDX-FileCopyrightText: The Halfshake authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "models/incident/related.h"

#include <QWidget>

#include <memory>

class QLabel;
class QSplitter;
class QTreeView;

namespace halfshake {

class BytesView;
class EmptyState;
class PacketFieldModel;
class PacketModel;
class RowView;

/// The packets of the current connection; of the chosen one every decoded field, and its bytes. Field and bytes mark
/// each other.
class PacketView : public QWidget
{
    Q_OBJECT

public:
    explicit PacketView(QWidget* parent = nullptr);

    void setSnapshot(std::shared_ptr<const IncidentSnapshot> snapshot);
    void setRelated(const Related& related);

    [[nodiscard]] PacketModel* model() const { return m_model; }
    [[nodiscard]] PacketFieldModel* fields() const { return m_fields; }
    [[nodiscard]] RowView* table() const { return m_table; }
    [[nodiscard]] QTreeView* tree() const { return m_tree; }
    [[nodiscard]] BytesView* bytesView() const { return m_bytes; }
    [[nodiscard]] std::uint64_t currentPacket() const { return m_packet; } ///< Counted from 1; 0 for none.
    [[nodiscard]] QString emptyText() const;

Q_SIGNALS:
    void objectActivated(halfshake::ObjectRef object);

protected:
    void resizeEvent(QResizeEvent* event) override;

private:
    void layOut();
    void showConnection(ObjectRef connection);
    void showPacket(EvidenceId capture, std::uint64_t number);
    void markField(const QModelIndex& field);

    std::shared_ptr<const IncidentSnapshot> m_snapshot;
    ObjectRef m_connection;
    EvidenceId m_capture;
    std::uint64_t m_packet = 0;
    PacketModel* m_model;
    PacketFieldModel* m_fields;
    QLabel* m_title;
    RowView* m_table;
    QTreeView* m_tree;
    BytesView* m_bytes;
    QSplitter* m_details; ///< Fields and bytes: beside each other where there is room, else below each other.
    EmptyState* m_empty;
};

} // namespace halfshake
