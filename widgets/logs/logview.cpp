// SPDX-FileCopyrightText: The Halfshake authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "widgets/logs/logview.h"

#include "models/itemmodels/linefieldmodel.h"
#include "models/itemmodels/linefinder.h"
#include "models/itemmodels/texts.h"
#include "models/itemmodels/upstreamattemptmodel.h"
#include "widgets/common/emptystate.h"
#include "widgets/common/levelicon.h"
#include "widgets/common/rowview.h"
#include "widgets/logs/findbar.h"
#include "widgets/logs/logviewport.h"
#include "widgets/logs/matchoverview.h"

#include <QComboBox>
#include <QGridLayout>
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
    , m_overview(new MatchOverview(this))
    , m_findBar(new FindBar(this))
    , m_finder(new LineFinder(this))
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
    connect(m_lines, &LogViewport::lineActivated, this, &LogView::choose);
    connectFinding();
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
    auto* text = new QWidget(this);
    auto* grid = new QGridLayout(text);
    grid->setContentsMargins(0, 0, 0, 0);
    grid->setSpacing(0);
    grid->addWidget(m_lines, 0, 0);
    grid->addWidget(m_overview, 0, 1);
    grid->addWidget(m_findBar, 1, 0, 1, 2);
    auto* splitter = new QSplitter(Qt::Vertical, this);
    splitter->addWidget(text);
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

void LogView::connectFinding()
{
    connect(m_findBar, &FindBar::queryChanged, this, [this](const LineQuery& query) {
        m_finder->setQuery(query);
        m_lines->setMatcher(m_finder->matcher());
    });
    connect(m_findBar, &FindBar::nextRequested, this, [this] { goToMatch(true); });
    connect(m_findBar, &FindBar::previousRequested, this, [this] { goToMatch(false); });
    connect(m_findBar, &FindBar::closed, this, [this] { m_lines->setFocus(Qt::OtherFocusReason); });
    connect(m_finder, &LineFinder::changed, this, &LogView::showFound);
    connect(m_overview, &MatchOverview::placeChosen, this, [this](double share) {
        const auto line = static_cast<std::uint64_t>(share * static_cast<double>(m_lines->lineCount()));
        if (const auto match = m_finder->next(line))
            choose(*match);
    });
}

void LogView::choose(std::uint64_t line)
{
    Q_EMIT objectActivated({ObjectKind::Line, m_lines->evidence()->id, static_cast<std::uint32_t>(line - 1)});
}

void LogView::openFind()
{
    m_findBar->open();
}

void LogView::goToMatch(bool isNext)
{
    if (!m_findBar->isVisible()) {
        openFind();
        return;
    }
    const std::uint64_t from = m_lines->currentLine();
    if (const auto line = isNext ? m_finder->next(from) : m_finder->previous(from))
        choose(*line);
}

void LogView::showFound()
{
    const LineMatches& found = m_finder->matches();
    m_overview->setMatches(found.lines, m_lines->lineCount());
    const QString problem = m_finder->matcher().problem();
    const std::size_t position = m_finder->positionOf(m_lines->currentLine());
    const QString count = texts::count(found.lines.size()) + (found.isCut ? u"+"_s : QString());
    QString state;
    if (!problem.isEmpty())
        state = problem;
    else if (m_finder->isRunning())
        state = tr("searching, %1 %").arg(m_finder->progress() / 10);
    else if (found.lines.empty() && !m_finder->matcher().isEmpty())
        state = tr("no line matches");
    else if (position > 0)
        state = tr("%1 of %2").arg(texts::count(position), count);
    else if (!found.lines.empty())
        state = texts::numbered(found.lines.size(), tr("1 line"), tr("%1 lines"));
    m_findBar->setState(state, !problem.isEmpty());
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
    m_finder->setText(m_lines->evidence() != nullptr ? m_lines->evidence()->lines : nullptr);
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
    showFound();
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
