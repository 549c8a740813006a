// SPDX-FileCopyrightText: The Halfshake authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/statusline.h"

#include "models/itemmodels/texts.h"
#include "widgets/common/icons.h"
#include "widgets/common/levelicon.h"

#include <QEvent>
#include <QLabel>
#include <QProgressBar>
#include <QToolButton>

#include <vector>

namespace halfshake {

using namespace Qt::StringLiterals;

namespace {

constexpr int iconSize = 14;

std::vector<const Evidence*> beingRead(const IncidentSnapshot& snapshot)
{
    std::vector<const Evidence*> result;
    for (const auto& evidence : snapshot.evidence) {
        if (evidence && (evidence->state == EvidenceState::Waiting || evidence->state == EvidenceState::Reading))
            result.push_back(evidence.get());
    }
    return result;
}

} // namespace

StatusLine::StatusLine(Incident& incident, QWidget* parent)
    : QStatusBar(parent)
    , m_incident(incident)
    , m_verdict(new QToolButton(this))
    , m_activity(new QLabel(this))
    , m_progress(new QProgressBar(this))
    , m_cancel(new QToolButton(this))
    , m_counts(new QLabel(this))
{
    setSizeGripEnabled(false);
    setContentsMargins(4, 0, 8, 0);
    m_verdict->setObjectName(u"verdict"_s);
    m_verdict->setAutoRaise(true);
    m_verdict->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
    m_verdict->setIconSize({iconSize, iconSize});
    m_verdict->setToolTip(tr("Show the cause"));
    m_progress->setObjectName(u"readingProgress"_s);
    m_progress->setAccessibleName(tr("Progress of reading"));
    m_progress->setRange(0, 1000);
    m_progress->setFixedWidth(120);
    m_progress->setTextVisible(false);
    m_progress->setFixedHeight(10);
    m_cancel->setObjectName(u"cancelReading"_s);
    m_cancel->setAutoRaise(true);
    m_cancel->setIcon(themedIcon(u"close"_s));
    m_cancel->setIconSize({iconSize, iconSize});
    m_cancel->setToolTip(tr("Stop reading"));
    m_cancel->setAccessibleName(m_cancel->toolTip());
    auto* zone = new QLabel(tr("UTC"), this);
    zone->setToolTip(tr("All times are shown in UTC"));

    addWidget(m_verdict);
    addWidget(m_activity);
    addWidget(m_progress);
    addWidget(m_cancel);
    addPermanentWidget(m_counts);
    addPermanentWidget(zone);

    connect(m_verdict, &QToolButton::clicked, this, &StatusLine::verdictActivated);
    connect(m_cancel, &QToolButton::clicked, this, &StatusLine::cancelAll);
    connect(&incident, &Incident::progressChanged, this, &StatusLine::showProgress);
    const auto showAll = [this] {
        showProgress();
        showVerdict();
        showCounts();
    };
    connect(&incident, &Incident::snapshotChanged, this, showAll);
    connect(&incident, &Incident::idleChanged, this, showAll);
    showAll();
}

QString StatusLine::verdictText() const
{
    return m_verdict->text();
}

QString StatusLine::countText() const
{
    return m_counts->text();
}

QString StatusLine::progressText() const
{
    return m_activity->text();
}

void StatusLine::showVerdict()
{
    const auto& snapshot = *m_incident.snapshot();
    const Cause* const cause = snapshot.causes.empty() ? nullptr : &snapshot.causes.front();
    if (cause == nullptr || cause->certainty == Certainty::Excluded) {
        m_verdict->setText(tr("No verdict yet"));
        m_verdict->setIcon(LevelIcon{GlyphShape::Ring, palette().color(QPalette::PlaceholderText)}.icon(iconSize));
        m_verdict->setEnabled(false);
        return;
    }
    QString text = texts::certainty(cause->certainty) + u": "_s + QString::fromStdString(cause->title);
    if (cause->outOf > 0)
        text += u" · "_s + tr("%1 of %2").arg(texts::count(cause->explained), texts::count(cause->outOf));
    m_verdict->setText(text);
    const bool isHealthy = cause->outOf == 0;
    m_verdict->setIcon((isHealthy ? successIcon(palette()) : levelIcon(cause->certainty, palette())).icon(iconSize));
    m_verdict->setEnabled(true);
}

void StatusLine::showCounts()
{
    const FailureStatistics& statistics = m_incident.snapshot()->correlation->statistics;
    QStringList parts;
    if (statistics.upstreamAttempts > 0) {
        parts << tr("%1 of %2 attempts failed")
                     .arg(texts::count(statistics.failedAttempts), texts::count(statistics.upstreamAttempts));
        if (statistics.failedAttempts > 0)
            parts << tr("%1 tied to a connection").arg(texts::count(statistics.linkedAttempts));
    } else if (statistics.connections > 0) {
        parts << tr("%1 of %2 connections failed")
                     .arg(texts::count(statistics.failedConnections), texts::count(statistics.connections));
    }
    m_counts->setText(parts.join(u" · "_s));
}

void StatusLine::showProgress()
{
    const auto snapshot = m_incident.snapshot();
    const auto reading = beingRead(*snapshot);
    const bool isReading = !reading.empty();
    m_progress->setVisible(isReading);
    m_cancel->setVisible(isReading);
    if (!isReading) {
        m_activity->setText(m_incident.isIdle() ? QString() : tr("Analysing…"));
        return;
    }
    // by size: a large capture weighs more than a small dump
    double done = 0;
    double total = 0;
    for (const Evidence* evidence : reading) {
        const auto size = static_cast<double>(evidence->size) + 1;
        done += size * m_incident.progress(evidence->id);
        total += size;
    }
    m_progress->setValue(static_cast<int>(done / total));
    m_activity->setText(reading.size() == 1 ? tr("Reading %1").arg(QString::fromStdString(reading.front()->name))
                                            : tr("Reading %1 files").arg(reading.size()));
}

void StatusLine::cancelAll()
{
    const auto snapshot = m_incident.snapshot();
    for (const Evidence* evidence : beingRead(*snapshot))
        m_incident.cancel(evidence->id);
}

void StatusLine::changeEvent(QEvent* event)
{
    QStatusBar::changeEvent(event);
    if (event->type() == QEvent::PaletteChange)
        showVerdict();
}

} // namespace halfshake
