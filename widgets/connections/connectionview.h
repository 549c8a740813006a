// SPDX-FileCopyrightText: The Halfshake authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "models/incident/related.h"

#include <QWidget>

#include <memory>

class QCheckBox;

namespace halfshake {

class ConnectionModel;
class FilterBar;
class RowView;

/// The table of connection attempts.
class ConnectionView : public QWidget
{
    Q_OBJECT

public:
    explicit ConnectionView(QWidget* parent = nullptr);

    void setSnapshot(std::shared_ptr<const IncidentSnapshot> snapshot);
    void setRelated(const Related& related);

    [[nodiscard]] ConnectionModel* model() const { return m_model; }
    [[nodiscard]] RowView* table() const { return m_table; }
    [[nodiscard]] FilterBar* filterBar() const { return m_filterBar; }
    [[nodiscard]] QCheckBox* notableBox() const { return m_notable; }

Q_SIGNALS:
    void objectActivated(halfshake::ObjectRef object);

private:
    void showMenu(const QPoint& position, const QModelIndex& index);
    void showCounts();
    void showCurrent();

    ConnectionModel* m_model;
    FilterBar* m_filterBar;
    QCheckBox* m_notable;
    RowView* m_table;
    ObjectRef m_connection;
    bool m_hasCapture = false;
};

} // namespace halfshake
