// SPDX-FileCopyrightText: The Halfshake authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "models/incident/incident.h"

#include <QDialog>

class QLabel;
class QLineEdit;
class QPushButton;

namespace halfshake {

class ClockModel;
class RowView;

/// The clocks of the incident: what was estimated from the data, and the offset a person sets instead. Not modal; every
/// pane follows at once, and the evidence stays as it is.
class ClockDialog : public QDialog
{
    Q_OBJECT

public:
    explicit ClockDialog(Incident& incident, QWidget* parent = nullptr);

    [[nodiscard]] RowView* table() const { return m_table; }
    [[nodiscard]] QString problemText() const;

private:
    void followIncident();
    void choose(int row);
    void apply();
    void useEstimate();
    void setOffset(std::optional<Duration> offset); ///< Of the chosen evidence; none: what the data say.

    Incident& m_incident;
    EvidenceId m_evidence;
    ClockModel* m_model;
    RowView* m_table;
    QLabel* m_what;
    QLineEdit* m_offset;
    QPushButton* m_set;
    QPushButton* m_estimate;
    QLabel* m_problem;
};

} // namespace halfshake
