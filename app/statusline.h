// SPDX-FileCopyrightText: The Halfshake authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "models/incident/incident.h"

#include <QStatusBar>

class QLabel;
class QProgressBar;
class QToolButton;

namespace halfshake {

/// The line at the foot of the window: the verdict, what is being read and how far, how much failed, the time zone.
class StatusLine : public QStatusBar
{
    Q_OBJECT

public:
    explicit StatusLine(Incident& incident, QWidget* parent = nullptr);

    [[nodiscard]] QString verdictText() const;
    [[nodiscard]] QString countText() const;
    [[nodiscard]] QString progressText() const; ///< "" while nothing is under way.

Q_SIGNALS:
    void verdictActivated();

protected:
    void changeEvent(QEvent* event) override;

private:
    void showVerdict();
    void showCounts();
    void showProgress();
    void cancelAll();

    Incident& m_incident;
    QToolButton* m_verdict;
    QLabel* m_activity;
    QProgressBar* m_progress;
    QToolButton* m_cancel;
    QLabel* m_counts;
};

} // namespace halfshake
