// SPDX-FileCopyrightText: The Halfshake authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "widgets/logs/logview.h"

#include "models/itemmodels/linefieldmodel.h"
#include "models/itemmodels/texts.h"
#include "models/itemmodels/upstreamattemptmodel.h"
#include "widgets/common/emptystate.h"
#include "widgets/common/levelicon.h"
#include "widgets/common/rowview.h"
#include "widgets/logs/logviewport.h"

#include <QComboBox>
#include <QHBoxLayout>
#include <QLabel>
#include <QSplitter>
#include <QVBoxLayout>

#include <algorithm>

namespace halfshake {

using namespace Qt::StringLiterals;

namespace {

constexpr int mostAttemptsShown = 4; ///< Before its table scrolls.

} // namespace

LogView::LogView(QWidget* parent)
    : QWidget(parent)
    , m_snapshot(std::make_shared<const IncidentSnapshot>())
    , m_file(new QComboBox(this))
    , m_place(new QLabel(this))
    , m_lines(new LogViewport(this))
    , m_details(new QWidget(this))
    , m_fieldModel(new LineFieldModel(this))
    , m_fields(new RowView(this))
    , m_attemptModel(new UpstreamAttemptModel(this))
    , m_attempts(new RowView(this))
{
    m_file->setObjectName(u"logFile"_s);
    m_file->setAccessibleName(tr("Evidence shown as text"));
    m_file->setSizeAdjustPolicy(QComboBox::AdjustToContents);
    setFocusProxy(m_lines);
    m_place->setForegroundRole(QPalette::PlaceholderText);

    m_fields->setObjectName(u"lineFields"_s);
    m_fields->setAccessibleName(tr("Fields of the line"));
    m_fields->setModel(m_fieldModel);
    m_attempts->setObjectName(u"upstreamAttempts"_s);
    m_attempts->setAccessibleName(tr("Upstream attempts of the request"));
    m_attempts->setModel(m_attemptModel);
    m_attempts->setFixedPitch(UpstreamAttemptModel::UpstreamColumn);
    m_attempts->setAlignment(UpstreamAttemptModel::DurationColumn, Qt::AlignRight);
    m_attempts->setIcon(UpstreamAttemptModel::StatusColumn, [this](const QModelIndex& index) {
        return levelIcon(static_cast<EventClass>(index.data(UpstreamAttemptModel::EventClassRole).toInt()), palette());
    });
    layOut();
    m_empty = new EmptyState(this);

    connect(m_file, &QComboBox::activated, this,
        [this] { Q_EMIT objectActivated({ObjectKind::Evidence, EvidenceId(m_file->currentData().toUInt()), 0}); });
    connect(m_lines, &LogViewport::lineActivated, this, [this](std::uint64_t line) {
        Q_EMIT objectActivated({ObjectKind::Line, m_lines->evidence()->id, static_cast<std::uint32_t>(line - 1)});
    });
    const auto activate = [this](const QModelIndex& index) {
        const auto object = index.data(Qt::UserRole).value<ObjectRef>();
        if (object.isValid())
            Q_EMIT objectActivated(object);
    };
    connect(m_fields, &RowView::rowActivated, this, activate);
    connect(m_attempts, &RowView::rowActivated, this, activate);
    listFiles();
}

void LogView::layOut()
{
    auto* top = new QHBoxLayout;
    top->setContentsMargins(4, 4, 6, 4);
    top->setSpacing(8);
    top->addWidget(m_file);
    top->addWidget(m_place, 1);
    auto* details = new QVBoxLayout(m_details);
    details->setContentsMargins(0, 0, 0, 0);
    details->setSpacing(1);
    details->addWidget(m_attempts);
    details->addWidget(m_fields, 1);
    auto* splitter = new QSplitter(Qt::Vertical, this);
    splitter->addWidget(m_lines);
    splitter->addWidget(m_details);
    splitter->setStretchFactor(0, 1);
    splitter->setStretchFactor(1, 1);
    splitter->setChildrenCollapsible(false);
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    layout->addLayout(top);
    layout->addWidget(splitter, 1);
}

void LogView::setSnapshot(std::shared_ptr<const IncidentSnapshot> snapshot)
{
    m_snapshot = std::move(snapshot);
    listFiles();
}

void LogView::listFiles()
{
    const EvidenceId shown = m_lines->evidence() != nullptr ? m_lines->evidence()->id : EvidenceId();
    QList<std::pair<QString, uint>> files;
    for (const auto& evidence : m_snapshot->evidence) {
        if (evidence && evidence->lines)
            files.emplace_back(QString::fromStdString(evidence->name), evidence->id.value());
    }
    bool isSame = files.size() == m_file->count();
    for (qsizetype i = 0; isSame && i < files.size(); ++i)
        isSame = m_file->itemData(static_cast<int>(i)).toUInt() == files[i].second;
    if (!isSame) {
        m_file->clear();
        for (const auto& [name, id] : files)
            m_file->addItem(name, id);
    }
    m_empty->setText(files.isEmpty() ? tr("No text in the evidence yet: add a log, a sysctl dump or a Kubernetes file.")
                                     : QString());
    const bool isThere = m_snapshot->find(shown) != nullptr;
    if (isThere)
        showFile(shown);
    else
        showFile(files.isEmpty() ? EvidenceId() : EvidenceId(files.front().second));
}

void LogView::showFile(EvidenceId id)
{
    const Evidence* const evidence = m_snapshot->find(id);
    m_lines->setEvidence(evidence != nullptr && evidence->lines ? m_snapshot->evidence[id.value()] : nullptr);
    m_file->setCurrentIndex(m_file->findData(id.value()));
    m_details->setVisible(evidence != nullptr && (evidence->log || evidence->parameters));
}

void LogView::setRelated(const Related& related)
{
    EvidenceId id = related.line.evidence;
    if (related.object.kind == ObjectKind::Evidence)
        id = related.object.evidence;
    const Evidence* const evidence = m_snapshot->find(id);
    if (evidence != nullptr && evidence->lines)
        showFile(id);
    const bool isHere = m_lines->evidence() != nullptr && m_lines->evidence()->id == related.line.evidence;
    m_lines->setCurrentLine(isHere ? related.line.line : 0);
    const QString total = texts::count(m_lines->lineCount());
    m_place->setText(m_lines->currentLine() != 0 ? tr("line %1 of %2").arg(texts::count(m_lines->currentLine()), total)
            : m_lines->lineCount() != 0          ? tr("%1 lines").arg(total)
                                                 : QString());
    showFields(related);
}

void LogView::showFields(const Related& related)
{
    m_fieldModel->setFields(lineFields(*m_snapshot, related));
    m_fields->setEmptyText(m_lines->currentLine() != 0 ? tr("This line is no request, error or setting.")
                                                       : tr("Choose a line to see its fields."));
    m_attemptModel->setRequest(m_snapshot, related.request);
    m_attempts->setVisible(m_attemptModel->rowCount() > 0);
    m_attempts->setFixedHeight(m_attempts->heightOfRows(std::min(m_attemptModel->rowCount(), mostAttemptsShown)));
    m_attempts->setCurrentRow(m_attemptModel->indexOf(related.upstreamAttempt).row());
    m_fields->fitColumns();
    m_attempts->fitColumns();
}

} // namespace halfshake
