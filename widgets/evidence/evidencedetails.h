// SPDX-FileCopyrightText: The Halfshake authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "models/incident/incidentsnapshot.h"

#include <QTextBrowser>

namespace halfshake {

/// Everything known about one piece of evidence itself: what it is and why, its hash, its clock, what was left out.
class EvidenceDetails : public QTextBrowser
{
    Q_OBJECT

public:
    explicit EvidenceDetails(QWidget* parent = nullptr);

    void showEvidence(const IncidentSnapshot& snapshot, const Evidence* evidence); ///< Null empties it.

Q_SIGNALS:
    void objectActivated(halfshake::ObjectRef object);
};

} // namespace halfshake
