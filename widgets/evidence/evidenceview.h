// SPDX-FileCopyrightText: The Halfshake authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "models/incident/incident.h"
#include "models/incident/related.h"

#include <QWidget>

class QListView;
class QMenu;

namespace halfshake {

class EvidenceDetails;
class EvidenceModel;

/// The evidence of the incident: the list, and what is known about the chosen one.
class EvidenceView : public QWidget
{
    Q_OBJECT

public:
    explicit EvidenceView(Incident& incident, QWidget* parent = nullptr);

    void setSnapshot(std::shared_ptr<const IncidentSnapshot> snapshot);
    /// Marks the evidence that the current object lies in.
    void setRelated(const Related& related);

    [[nodiscard]] EvidenceModel* model() const { return m_model; }
    [[nodiscard]] QListView* list() const { return m_list; }
    [[nodiscard]] EvidenceDetails* details() const { return m_details; }
    [[nodiscard]] EvidenceId currentEvidence() const;

    void removeCurrent();

Q_SIGNALS:
    void objectActivated(halfshake::ObjectRef object);
    void currentEvidenceChanged();

private:
    void showMenu(const QPoint& position);
    void fillMenu(QMenu& menu, const Evidence& evidence);
    void showDetails();

    Incident& m_incident;
    std::shared_ptr<const IncidentSnapshot> m_snapshot;
    EvidenceModel* m_model;
    QListView* m_list;
    EvidenceDetails* m_details;
    bool m_isFollowing = false; ///< The current row changes because another pane asked.
};

} // namespace halfshake
