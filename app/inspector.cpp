// SPDX-FileCopyrightText: The Halfshake authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/inspector.h"

#include "app/mainwindow.h"
#include "app/navigation.h"
#include "app/statusline.h"
#include "models/itemmodels/connectionmodel.h"
#include "models/itemmodels/evidencemodel.h"
#include "models/itemmodels/objecttexts.h"
#include "models/itemmodels/parametermodel.h"
#include "models/itemmodels/upstreamattemptmodel.h"
#include "widgets/common/messagebar.h"
#include "widgets/common/rowview.h"
#include "widgets/connections/connectionview.h"
#include "widgets/connections/ladderview.h"
#include "widgets/evidence/dropoverlay.h"
#include "widgets/evidence/droptarget.h"
#include "widgets/evidence/evidenceview.h"
#include "widgets/findings/card.h"
#include "widgets/findings/findingsview.h"
#include "widgets/logs/logview.h"
#include "widgets/logs/logviewport.h"
#include "widgets/packets/packetview.h"
#include "widgets/parameters/parameterview.h"
#include "widgets/timeline/timelineplot.h"
#include "widgets/timeline/timelineview.h"

#include <QApplication>
#include <QJsonArray>
#include <QJsonDocument>
#include <QSaveFile>

#include <chrono>

namespace halfshake {

using namespace Qt::StringLiterals;

namespace {

QJsonArray evidenceRows(const EvidenceModel& model)
{
    QJsonArray rows;
    for (int row = 0; row < model.rowCount(); ++row) {
        const QModelIndex index = model.index(row, 0);
        rows.append(QJsonObject{{u"name"_s, index.data().toString()},
            {u"kind"_s, index.siblingAtColumn(EvidenceModel::KindColumn).data().toString()},
            {u"state"_s, index.siblingAtColumn(EvidenceModel::StateColumn).data().toString()}});
    }
    return rows;
}

QString currentRowText(const RowView& table)
{
    return table.rowText(table.currentRow());
}

QJsonArray point(const QWidget& widget, const QPointF& position)
{
    const QPoint global = widget.mapToGlobal(position.toPoint());
    return {global.x(), global.y()};
}

/// Where the first mark of each lane can be clicked, on the screen.
QJsonObject marks(MainWindow& window)
{
    QJsonObject places;
    TimelinePlot& plot = window.panes().timeline->plot();
    for (const auto& track : window.navigation().snapshot().correlation->timeline.tracks) {
        if (track->events().empty())
            continue;
        if (const auto position = plot.positionOf(track->events().front().object))
            places.insert(QString::number(static_cast<int>(track->kind())), point(plot, *position));
    }
    return places;
}

QJsonArray markedCards(const FindingsView& findings)
{
    QJsonArray titles;
    for (const Card* card : findings.cards()) {
        if (card->isMarked())
            titles.append(card->head().title);
    }
    return titles;
}

QJsonObject firstRow(const RowView& table)
{
    const QRect rect = table.rowRect(0);
    return {{u"text"_s, table.rowText(0)},
        {u"place"_s, rect.isEmpty() ? QJsonArray() : point(*table.viewport(), rect.center())}};
}

QJsonArray attempts(const UpstreamAttemptModel& model)
{
    QJsonArray statuses;
    for (int row = 0; row < model.rowCount(); ++row)
        statuses.append(model.index(row, UpstreamAttemptModel::StatusColumn).data().toString());
    return statuses;
}

} // namespace

Inspector::Inspector(MainWindow& window, const QString& path) : QObject(&window), m_window(window), m_path(path)
{
    m_delay.setSingleShot(true);
    m_delay.setInterval(std::chrono::milliseconds(30));
    connect(&m_delay, &QTimer::timeout, this, &Inspector::write);
    const auto later = [this] { m_delay.start(); };
    connect(&window.incident(), &Incident::snapshotChanged, this, later);
    connect(&window.incident(), &Incident::idleChanged, this, later);
    connect(&window.incident(), &Incident::notice, this, later);
    connect(&window.selection(), &Selection::currentChanged, this, later);
    connect(&window.viewport(), &TimeViewport::windowChanged, this, later);
    connect(&window.theme(), &Theme::modeChanged, this, later);
    connect(qApp, &QApplication::focusChanged, this, later);
    window.installEventFilter(this);
    window.dropTarget().overlay()->installEventFilter(this);
    m_delay.start();
}

bool Inspector::eventFilter(QObject* watched, QEvent* event)
{
    if (event->type() == QEvent::Move || event->type() == QEvent::Resize || event->type() == QEvent::Show
        || event->type() == QEvent::Hide)
        m_delay.start();
    return QObject::eventFilter(watched, event);
}

QJsonObject Inspector::stateOf(MainWindow& window)
{
    const Panes& panes = window.panes();
    const IncidentSnapshot& snapshot = window.navigation().snapshot();
    const LogViewport& lines = *panes.log->lines();
    const DropOverlay& overlay = *window.dropTarget().overlay();
    const QWidget* const focus = QApplication::focusWidget();
    return {{u"idle"_s, window.isIdle()}, {u"welcome"_s, window.showsWelcome()},
        {u"window"_s, QJsonArray{window.x(), window.y(), window.width(), window.height()}},
        {u"evidence"_s, evidenceRows(*panes.evidence->model())},
        {u"messages"_s, QJsonArray::fromStringList(window.messages().texts())},
        {u"overlay"_s, QJsonArray::fromStringList(overlay.isVisible() ? overlay.lines() : QStringList())},
        {u"verdict"_s, window.statusLine().verdictText()}, {u"counts"_s, window.statusLine().countText()},
        {u"current"_s, texts::object(snapshot, window.selection().current())},
        {u"attempts"_s, attempts(*panes.log->attemptModel())},
        {u"logFile"_s, lines.evidence() != nullptr ? QString::fromStdString(lines.evidence()->name) : QString()},
        {u"logLine"_s, static_cast<qint64>(lines.currentLine())},
        {u"packet"_s, static_cast<qint64>(panes.packets->currentPacket())},
        {u"connection"_s, currentRowText(*panes.connections->table())},
        {u"ladderRows"_s, static_cast<qint64>(panes.ladder->figure().rows().size())},
        {u"ladderEmpty"_s, panes.ladder->emptyText()}, {u"parameter"_s, currentRowText(*panes.parameters->table())},
        {u"marked"_s, markedCards(*panes.findings)}, {u"focus"_s, focus != nullptr ? focus->objectName() : QString()},
        {u"theme"_s, isDark(QApplication::palette()) ? u"dark"_s : u"light"_s}, {u"marks"_s, marks(window)},
        {u"firstConnection"_s, firstRow(*panes.connections->table())}};
}

void Inspector::write()
{
    QSaveFile file(m_path);
    if (file.open(QIODevice::WriteOnly)) {
        file.write(QJsonDocument(stateOf(m_window)).toJson());
        file.commit();
    }
}

} // namespace halfshake
