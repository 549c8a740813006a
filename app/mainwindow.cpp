// SPDX-FileCopyrightText: The Halfshake authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/mainwindow.h"

#include "app/actions.h"
#include "app/docklayout.h"
#include "app/helpdialogs.h"
#include "app/inspector.h"
#include "app/navigation.h"
#include "app/sampleincident.h"
#include "app/statusline.h"
#include "models/itemmodels/texts.h"
#include "models/report/reportwriter.h"
#include "widgets/common/messagebar.h"
#include "widgets/connections/connectionview.h"
#include "widgets/connections/ladderview.h"
#include "widgets/evidence/clockdialog.h"
#include "widgets/evidence/droptarget.h"
#include "widgets/evidence/evidenceview.h"
#include "widgets/evidence/welcomepage.h"
#include "widgets/findings/findingsview.h"
#include "widgets/logs/logview.h"
#include "widgets/packets/packetview.h"
#include "widgets/parameters/parameterview.h"
#include "widgets/timeline/timelineview.h"

#include <QAction>
#include <QApplication>
#include <QClipboard>
#include <QCloseEvent>
#include <QDockWidget>
#include <QFileDialog>
#include <QFileInfo>
#include <QIcon>
#include <QKeyEvent>
#include <QListView>
#include <QMenuBar>
#include <QMimeData>
#include <QScreen>
#include <QStackedWidget>
#include <QToolBar>
#include <QVBoxLayout>

namespace halfshake {

using namespace Qt::StringLiterals;

namespace {

constexpr QSize preferredSize(1440, 900);
constexpr std::size_t mostProblemsToldSingly = 3;

bool hasEvidence(const IncidentSnapshot& snapshot)
{
    return std::ranges::any_of(snapshot.evidence, [](const auto& evidence) { return evidence != nullptr; });
}

QString fileName(const QString& path)
{
    return path.section(u'/', -1);
}

/// Sends Ctrl+C to the widget that has the keyboard: each knows what it has to copy.
void copyFromFocusWidget()
{
    QWidget* const widget = QApplication::focusWidget();
    if (widget == nullptr)
        return;
    QKeyEvent press(QEvent::KeyPress, Qt::Key_C, Qt::ControlModifier);
    QApplication::sendEvent(widget, &press);
}

} // namespace

MainWindow::MainWindow(Incident& incident, QWidget* parent)
    : QMainWindow(parent), m_incident(incident), m_settings(WindowSettings::load()), m_actions(new Actions(this))
{
    setObjectName(u"mainWindow"_s);
    setWindowTitle(tr("Halfshake"));
    setWindowIcon(QIcon(u":/icons/halfshake.svg"_s));
    setAccessibleName(tr("Halfshake workbench"));
    resize(preferredSize.boundedTo(screen()->availableSize()));
    makePanes();
    layOut();
    connectFileActions();
    connectViewActions();
    connectGoActions();
    connect(&m_incident, &Incident::snapshotChanged, this, &MainWindow::followIncident);
    connect(&m_incident, &Incident::notice, this, [this](const Diagnostic& diagnostic, const QString& path) {
        m_messages->add(describe(diagnostic.code).level, fileName(path) + u": "_s + texts::diagnostic(diagnostic));
    });
    connect(&m_reportWatcher, &QFutureWatcherBase::finished, this, &MainWindow::finishReport);
    restore();
    followIncident();
    if (const QString path = qEnvironmentVariable("HALFSHAKE_INSPECT"); !path.isEmpty())
        new Inspector(*this, path);
}

MainWindow::~MainWindow() = default;

void MainWindow::makePanes()
{
    m_panes.evidence = new EvidenceView(m_incident);
    m_panes.timeline = new TimelineView(m_selection, m_viewport);
    m_panes.findings = new FindingsView;
    m_panes.connections = new ConnectionView;
    m_panes.ladder = new LadderView;
    m_panes.log = new LogView;
    m_panes.packets = new PacketView;
    m_panes.parameters = new ParameterView;
}

void MainWindow::layOut()
{
    m_docks = new DockLayout(m_panes);
    m_welcome = new WelcomePage({m_actions->addFiles, m_actions->addFolder, m_actions->paste, m_actions->openSample});
    m_messages = new MessageArea;
    m_pages = new QStackedWidget;
    m_pages->addWidget(m_welcome);
    m_pages->addWidget(m_docks);
    auto* centre = new QWidget(this);
    auto* layout = new QVBoxLayout(centre);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    layout->addWidget(m_messages);
    layout->addWidget(m_pages, 1);
    setCentralWidget(centre);

    m_actions->fillMenuBar(*menuBar(), m_docks->toggleActions(), m_docks->focusActions());
    QToolBar* const toolBar = addToolBar(tr("Tool bar"));
    toolBar->setObjectName(u"toolBar"_s);
    toolBar->setMovable(false);
    toolBar->setIconSize({18, 18});
    toolBar->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
    m_actions->fillToolBar(*toolBar);
    setContextMenuPolicy(Qt::NoContextMenu);

    m_statusLine = new StatusLine(m_incident, this);
    setStatusBar(m_statusLine);
    m_dropTarget = new DropTarget(this);
    for (QDockWidget* dock : m_docks->findChildren<QDockWidget*>())
        m_dropTarget->addWindow(dock);
    m_navigation = new Navigation(m_incident, m_selection, m_viewport, m_panes);
    m_navigation->setParent(this);
}

void MainWindow::connectFileActions()
{
    connect(m_actions->addFiles, &QAction::triggered, this, &MainWindow::chooseFiles);
    connect(m_actions->addFolder, &QAction::triggered, this, &MainWindow::chooseFolder);
    connect(m_actions->paste, &QAction::triggered, this, [this] {
        if (const QMimeData* clipboard = QApplication::clipboard()->mimeData())
            add(dropPlan(*clipboard));
    });
    connect(m_actions->openSample, &QAction::triggered, this, &MainWindow::openSample);
    connect(m_actions->removeEvidence, &QAction::triggered, m_panes.evidence, &EvidenceView::removeCurrent);
    m_panes.evidence->list()->addAction(m_actions->removeEvidence);
    connect(m_actions->clocks, &QAction::triggered, this, [this] {
        auto* dialog = new ClockDialog(m_incident, this);
        dialog->setAttribute(Qt::WA_DeleteOnClose);
        dialog->show();
    });
    connect(m_actions->exportReport, &QAction::triggered, this, &MainWindow::chooseReportPath);
    connect(m_actions->quit, &QAction::triggered, this, &QWidget::close);
    connect(m_actions->copy, &QAction::triggered, this, &copyFromFocusWidget);
    connect(m_actions->shortcuts, &QAction::triggered, this,
        [this] { showShortcuts(m_actions->all() + m_docks->focusActions(), this); });
    connect(m_actions->about, &QAction::triggered, this, [this] { showAbout(this); });
    connect(m_panes.findings, &FindingsView::dismissed, this, [this](const QString& key, const QString& reason) {
        Corrections corrections = m_incident.corrections();
        if (reason.isEmpty())
            corrections.dismissals.erase(key.toStdString());
        else
            corrections.dismissals[key.toStdString()] = reason.toStdString();
        m_incident.setCorrections(std::move(corrections));
    });
    connect(m_dropTarget, &DropTarget::dropped, this, &MainWindow::add);
    connect(m_panes.evidence, &EvidenceView::currentEvidenceChanged, this, &MainWindow::updateActions);
}

void MainWindow::connectViewActions()
{
    const auto zoom = [this](double factor) {
        const TimeRange window = m_viewport.window();
        m_viewport.zoom(factor, window.start + window.duration() / 2);
    };
    connect(m_actions->zoomIn, &QAction::triggered, this, [zoom] { zoom(0.5); });
    connect(m_actions->zoomOut, &QAction::triggered, this, [zoom] { zoom(2.0); });
    connect(m_actions->fit, &QAction::triggered, &m_viewport, &TimeViewport::fit);
    connect(m_actions->zoomBack, &QAction::triggered, &m_viewport, &TimeViewport::zoomBack);
    connect(m_actions->resetLayout, &QAction::triggered, m_docks, &DockLayout::reset);
    connect(m_actions, &Actions::themeChosen, &m_theme, &Theme::setMode);
    connect(&m_viewport, &TimeViewport::incidentChanged, this, &MainWindow::updateActions);
}

void MainWindow::connectGoActions()
{
    connect(m_actions->back, &QAction::triggered, &m_selection, &Selection::goBack);
    connect(m_actions->forward, &QAction::triggered, &m_selection, &Selection::goForward);
    connect(m_actions->nextFailure, &QAction::triggered, this, [this] { m_navigation->goToFailure(true); });
    connect(m_actions->previousFailure, &QAction::triggered, this, [this] { m_navigation->goToFailure(false); });
    connect(m_actions->find, &QAction::triggered, this, [this] {
        m_docks->bringToFront(Pane::Log);
        m_panes.log->openFind();
    });
    for (QAction* const step : {m_actions->findNext, m_actions->findPrevious}) {
        connect(step, &QAction::triggered, this, [this, isNext = step == m_actions->findNext] {
            m_docks->bringToFront(Pane::Log);
            m_panes.log->goToMatch(isNext);
        });
    }
    connect(m_actions->centre, &QAction::triggered, m_panes.timeline, &TimelineView::centerCurrent);
    connect(m_actions->nextPane, &QAction::triggered, this, [this] { m_docks->bringNeighbourToFront(true); });
    connect(m_actions->previousPane, &QAction::triggered, this, [this] { m_docks->bringNeighbourToFront(false); });
    connect(&m_selection, &Selection::historyChanged, this, &MainWindow::updateActions);
    connect(m_navigation, &Navigation::relatedChanged, this, &MainWindow::updateActions);
    connect(m_statusLine, &StatusLine::verdictActivated, m_navigation, &Navigation::goToTopCause);
}

void MainWindow::restore()
{
    if (!m_settings.geometry.isEmpty())
        restoreGeometry(m_settings.geometry);
    m_docks->restore(m_settings.layout);
    m_theme.setMode(m_settings.theme);
    m_actions->themeAction(m_settings.theme)->setChecked(true);
}

void MainWindow::closeEvent(QCloseEvent* event)
{
    m_settings.geometry = saveGeometry();
    m_settings.layout = m_docks->saveState(DockLayout::version);
    m_settings.theme = m_theme.mode();
    m_settings.save();
    QMainWindow::closeEvent(event);
}

bool MainWindow::isIdle() const
{
    return m_incident.isIdle() && !m_reportWatcher.isRunning();
}

bool MainWindow::showsWelcome() const
{
    return m_pages->currentWidget() == m_welcome;
}

void MainWindow::openSample()
{
    const auto paths = unpackSampleIncident();
    if (paths)
        m_incident.addPaths(*paths);
    else
        m_messages->add(describe(paths.error().code).level, texts::diagnostic(paths.error()));
}

void MainWindow::showFirstFailure()
{
    m_navigation->goToFirstFailure();
}

void MainWindow::add(const DropPlan& plan)
{
    for (const QString& address : plan.remoteAddresses) {
        const Diagnostic diagnostic{DiagnosticCode::UrlNotLocal, {}, {address.toStdString()}};
        m_messages->add(describe(diagnostic.code).level, texts::diagnostic(diagnostic));
    }
    if (const QStringList paths = plan.files + plan.folders; !paths.isEmpty())
        m_incident.addPaths(paths);
    if (!plan.text.trimmed().isEmpty())
        m_incident.addText(plan.text);
}

void MainWindow::chooseFiles()
{
    auto* dialog = new QFileDialog(this, tr("Add evidence"), m_settings.lastFolder);
    dialog->setObjectName(u"addFilesDialog"_s);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setFileMode(QFileDialog::ExistingFiles);
    connect(dialog, &QFileDialog::filesSelected, this, [this](const QStringList& paths) {
        m_settings.lastFolder = QFileInfo(paths.value(0)).absolutePath();
        m_incident.addPaths(paths);
    });
    dialog->open();
}

void MainWindow::chooseFolder()
{
    auto* dialog = new QFileDialog(this, tr("Add all files of a folder"), m_settings.lastFolder);
    dialog->setObjectName(u"addFolderDialog"_s);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setFileMode(QFileDialog::Directory);
    connect(dialog, &QFileDialog::fileSelected, this, [this](const QString& path) {
        m_settings.lastFolder = path;
        m_incident.addPaths({path});
    });
    dialog->open();
}

void MainWindow::chooseReportPath()
{
    auto* dialog = new QFileDialog(this, tr("Export report"), m_settings.lastFolder);
    dialog->setObjectName(u"exportReportDialog"_s);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setAcceptMode(QFileDialog::AcceptSave);
    dialog->setNameFilters({tr("PDF (*.pdf)"), tr("HTML (*.html)"), tr("Markdown (*.md)"), tr("JSON (*.json)")});
    dialog->setDefaultSuffix(u"pdf"_s);
    connect(dialog, &QFileDialog::filterSelected, dialog,
        [dialog](const QString& filter) { dialog->setDefaultSuffix(filter.section(u"*."_s, 1).chopped(1)); });
    dialog->selectFile(u"halfshake-report.pdf"_s);
    connect(dialog, &QFileDialog::fileSelected, this, &MainWindow::exportReport);
    dialog->open();
}

void MainWindow::exportReport(const QString& path)
{
    const ReportOptions options{.title = {}, .created = QDateTime::currentDateTimeUtc()};
    const auto write = [snapshot = m_incident.snapshot(), path, options](JobContext& job) -> Expected<QString> {
        return writeReport(*snapshot, path, options, job).transform([&path] { return path; });
    };
    m_report = runJob(*QThreadPool::globalInstance(), write);
    m_reportWatcher.setFuture(m_report.future());
    updateActions();
}

void MainWindow::finishReport()
{
    updateActions();
    const auto future = m_reportWatcher.future();
    if (future.isCanceled() || future.resultCount() == 0)
        return;
    if (const auto written = future.result())
        m_messages->add(DiagnosticLevel::Note, tr("The report was written to %1.").arg(*written));
    else
        m_messages->add(
            DiagnosticLevel::Error, tr("The report was not written. %1").arg(texts::diagnostic(written.error())));
}

void MainWindow::followIncident()
{
    const bool hasAny = hasEvidence(*m_incident.snapshot());
    if (hasAny == showsWelcome())
        m_pages->setCurrentWidget(hasAny ? static_cast<QWidget*>(m_docks) : m_welcome);
    announceProblems();
    updateActions();
}

void MainWindow::announceProblems()
{
    std::vector<const Evidence*> problems;
    const auto snapshot = m_incident.snapshot();
    for (const auto& evidence : snapshot->evidence) {
        const bool isProblem = evidence && evidence->error && evidence->state == EvidenceState::Failed;
        if (isProblem && m_announced.insert(evidence->id).second)
            problems.push_back(evidence.get());
    }
    if (problems.size() > mostProblemsToldSingly) {
        m_messages->add(DiagnosticLevel::Warning,
            tr("%1 files cannot be used. The evidence list says why of each.").arg(problems.size()));
        return;
    }
    for (const Evidence* evidence : problems) {
        m_messages->add(describe(evidence->error->code).level,
            QString::fromStdString(evidence->name) + u": "_s + texts::diagnostic(*evidence->error));
    }
}

void MainWindow::updateActions()
{
    const bool hasAny = !showsWelcome();
    const bool hasTime = !m_viewport.incident().isEmpty();
    m_actions->removeEvidence->setEnabled(m_panes.evidence->currentEvidence().isValid());
    m_actions->exportReport->setEnabled(hasAny && !m_reportWatcher.isRunning());
    m_actions->resetLayout->setEnabled(hasAny);
    m_actions->clocks->setEnabled(hasAny);
    for (QAction* action : {m_actions->zoomIn, m_actions->zoomOut, m_actions->fit, m_actions->zoomBack})
        action->setEnabled(hasAny && hasTime);
    for (QAction* action : {m_actions->find, m_actions->findNext, m_actions->findPrevious})
        action->setEnabled(hasAny);
    for (QAction* action : m_docks->toggleActions() + m_docks->focusActions())
        action->setEnabled(hasAny);
    m_actions->back->setEnabled(m_selection.canGoBack());
    m_actions->forward->setEnabled(m_selection.canGoForward());
    const bool hasFailures = m_navigation->hasFailures();
    m_actions->nextFailure->setEnabled(hasFailures);
    m_actions->previousFailure->setEnabled(hasFailures);
    m_actions->centre->setEnabled(m_navigation->related().range.has_value());
}

} // namespace halfshake
