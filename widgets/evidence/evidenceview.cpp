// SPDX-FileCopyrightText: The Halfshake authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "widgets/evidence/evidenceview.h"

#include "models/itemmodels/evidencemodel.h"
#include "widgets/common/icons.h"
#include "widgets/evidence/evidencedelegate.h"
#include "widgets/evidence/evidencedetails.h"

#include <QApplication>
#include <QClipboard>
#include <QDesktopServices>
#include <QFileInfo>
#include <QListView>
#include <QMenu>
#include <QScopedValueRollback>
#include <QSplitter>
#include <QUrl>
#include <QVBoxLayout>

namespace halfshake {

using namespace Qt::StringLiterals;

EvidenceView::EvidenceView(Incident& incident, QWidget* parent)
    : QWidget(parent)
    , m_incident(incident)
    , m_snapshot(incident.snapshot())
    , m_model(new EvidenceModel(incident, this))
    , m_list(new QListView(this))
    , m_details(new EvidenceDetails(this))
{
    setFocusProxy(m_list);
    m_list->setObjectName(u"evidenceList"_s);
    m_list->setAccessibleName(tr("Evidence"));
    m_list->setFrameShape(QFrame::NoFrame);
    // a file's name can be told in it
    m_list->setMinimumWidth(fontMetrics().averageCharWidth() * 26);
    m_list->setModel(m_model);
    m_list->setUniformItemSizes(true);
    m_list->setAcceptDrops(false);
    m_list->setEditTriggers(QAbstractItemView::NoEditTriggers);
    m_list->setContextMenuPolicy(Qt::CustomContextMenu);
    auto* delegate = new EvidenceDelegate(m_list);
    m_list->setItemDelegate(delegate);

    auto* splitter = new QSplitter(Qt::Vertical, this);
    splitter->addWidget(m_list);
    splitter->addWidget(m_details);
    splitter->setStretchFactor(0, 3);
    splitter->setStretchFactor(1, 2);
    splitter->setChildrenCollapsible(false);
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->addWidget(splitter);

    connect(delegate, &EvidenceDelegate::cancelRequested, this, [this](const QModelIndex& index) {
        m_incident.cancel(EvidenceId(index.data(EvidenceModel::EvidenceIdRole).toUInt()));
    });
    connect(m_list, &QWidget::customContextMenuRequested, this, &EvidenceView::showMenu);
    // not the current index: getting the keyboard makes the first one current, and that is no choice
    connect(m_list->selectionModel(), &QItemSelectionModel::selectionChanged, this, [this] {
        showDetails();
        Q_EMIT currentEvidenceChanged();
        if (const EvidenceId id = currentEvidence(); id.isValid() && !m_isFollowing)
            Q_EMIT objectActivated({ObjectKind::Evidence, id, 0});
    });
    connect(m_model, &QAbstractItemModel::dataChanged, this, &EvidenceView::showDetails);
    connect(m_model, &QAbstractItemModel::modelReset, this, &EvidenceView::showDetails);
    connect(m_details, &EvidenceDetails::objectActivated, this, &EvidenceView::objectActivated);
}

void EvidenceView::setSnapshot(std::shared_ptr<const IncidentSnapshot> snapshot)
{
    m_snapshot = std::move(snapshot);
    showDetails();
}

void EvidenceView::setRelated(const Related& related)
{
    EvidenceId id = related.object.evidence;
    if (!id.isValid())
        id = related.line.evidence;
    const QModelIndex index = m_model->indexOf(id);
    if (!index.isValid() || currentEvidence() == id)
        return;
    const QScopedValueRollback following(m_isFollowing, true);
    m_list->setCurrentIndex(index);
}

EvidenceId EvidenceView::currentEvidence() const
{
    const QModelIndexList chosen = m_list->selectionModel()->selectedIndexes();
    return chosen.isEmpty() ? EvidenceId() : EvidenceId(chosen.front().data(EvidenceModel::EvidenceIdRole).toUInt());
}

void EvidenceView::removeCurrent()
{
    if (const EvidenceId id = currentEvidence(); id.isValid())
        m_incident.remove(id);
}

void EvidenceView::showDetails()
{
    m_details->showEvidence(*m_snapshot, m_snapshot->find(currentEvidence()));
}

void EvidenceView::showMenu(const QPoint& position)
{
    const QModelIndex index = m_list->indexAt(position);
    if (!index.isValid())
        return;
    m_list->setCurrentIndex(index);
    const Evidence* const evidence = m_snapshot->find(currentEvidence());
    if (evidence == nullptr)
        return;
    auto* menu = new QMenu(this);
    menu->setAttribute(Qt::WA_DeleteOnClose);
    fillMenu(*menu, *evidence);
    menu->popup(m_list->viewport()->mapToGlobal(position));
}

void EvidenceView::fillMenu(QMenu& menu, const Evidence& evidence)
{
    const auto add = [&menu](const QString& name, const QString& text, const auto& function) {
        QAction* action = menu.addAction(text);
        action->setObjectName(name);
        connect(action, &QAction::triggered, &menu, function);
        return action;
    };
    const EvidenceId id = evidence.id;
    const QString path = QString::fromStdString(evidence.path);
    const QString sha256 = QString::fromStdString(evidence.sha256);
    const bool isReading = evidence.state == EvidenceState::Reading || evidence.state == EvidenceState::Waiting;
    const QFileInfo file(path.section(u'!', 0, 0));

    add(u"cancelReading"_s, tr("&Cancel reading"), [this, id] { m_incident.cancel(id); })->setEnabled(isReading);
    add(u"removeEvidence"_s, tr("&Remove from incident"), [this, id] {
        m_incident.remove(id);
    })->setIcon(themedIcon(u"remove"_s));
    menu.addSeparator();
    add(u"revealFile"_s, tr("Show in &file manager"), [file] {
        QDesktopServices::openUrl(QUrl::fromLocalFile(file.absolutePath()));
    })->setEnabled(file.exists());
    add(u"copyPath"_s, tr("Copy &path"), [path] { QApplication::clipboard()->setText(path); });
    add(u"copyHash"_s, tr("Copy &SHA-256"), [sha256] {
        QApplication::clipboard()->setText(sha256);
    })->setEnabled(!sha256.isEmpty());
}

} // namespace halfshake
