// SPDX-FileCopyrightText: The Halfshake authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "models/incident/related.h"

#include <QWidget>

#include <memory>

namespace halfshake {

class FilterBar;
class ParameterModel;
class RowView;

/// The table of all settings; those that findings rest on first.
class ParameterView : public QWidget
{
    Q_OBJECT

public:
    explicit ParameterView(QWidget* parent = nullptr);

    void setSnapshot(std::shared_ptr<const IncidentSnapshot> snapshot);
    void setRelated(const Related& related);

    [[nodiscard]] ParameterModel* model() const { return m_model; }
    [[nodiscard]] RowView* table() const { return m_table; }
    [[nodiscard]] FilterBar* filterBar() const { return m_filterBar; }

Q_SIGNALS:
    void objectActivated(halfshake::ObjectRef object);

private:
    void showCounts();
    void showCurrent();

    std::shared_ptr<const IncidentSnapshot> m_snapshot;
    ParameterModel* m_model;
    FilterBar* m_filterBar;
    RowView* m_table;
    ObjectRef m_parameter;
};

} // namespace halfshake
