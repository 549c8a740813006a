// SPDX-FileCopyrightText: The Halfshake authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "app/panes.h"
#include "app/windowsettings.h"
#include "models/incident/incident.h"
#include "models/incident/job.h"
#include "models/incident/selection.h"
#include "models/incident/timeviewport.h"
#include "widgets/common/theme.h"
#include "widgets/evidence/dropplan.h"

#include <QFutureWatcher>
#include <QMainWindow>

#include <set>

class QStackedWidget;

namespace halfshake {

class Actions;
class DockLayout;
class DropTarget;
class MessageArea;
class Navigation;
class StatusLine;
class WelcomePage;

/// The window: menus, tool bar, the start page or the panes, messages, status line. Composes them and connects actions;
/// what they show is their own affair.
class MainWindow : public QMainWindow
{
    Q_OBJECT

public:
    explicit MainWindow(Incident& incident, QWidget* parent = nullptr);
    ~MainWindow() override;

    void openSample();
    void showFirstFailure();
    void add(const DropPlan& plan); ///< Adds what was dropped or pasted; never replaces what is there.
    void exportReport(const QString& path); ///< In the background; a message says when it is done.
    [[nodiscard]] bool isIdle() const; ///< Nothing is being read, analysed or written.

    [[nodiscard]] Incident& incident() const { return m_incident; }
    [[nodiscard]] Selection& selection() { return m_selection; }
    [[nodiscard]] TimeViewport& viewport() { return m_viewport; }
    [[nodiscard]] const Panes& panes() const { return m_panes; }
    [[nodiscard]] Actions& actions() const { return *m_actions; }
    [[nodiscard]] DockLayout& docks() const { return *m_docks; }
    [[nodiscard]] MessageArea& messages() const { return *m_messages; }
    [[nodiscard]] StatusLine& statusLine() const { return *m_statusLine; }
    [[nodiscard]] DropTarget& dropTarget() const { return *m_dropTarget; }
    [[nodiscard]] Navigation& navigation() const { return *m_navigation; }
    [[nodiscard]] Theme& theme() { return m_theme; }
    [[nodiscard]] bool showsWelcome() const;

protected:
    void closeEvent(QCloseEvent* event) override;

private:
    void makePanes();
    void layOut();
    void connectFileActions();
    void connectViewActions();
    void connectGoActions();
    void restore();
    void chooseFiles();
    void chooseFolder();
    void chooseReportPath();
    void finishReport();
    void followIncident();
    void announceProblems();
    void updateActions();

    Incident& m_incident;
    Theme m_theme;
    Selection m_selection;
    TimeViewport m_viewport;
    WindowSettings m_settings;
    Panes m_panes;
    Actions* m_actions;
    QStackedWidget* m_pages = nullptr;
    WelcomePage* m_welcome = nullptr;
    DockLayout* m_docks = nullptr;
    MessageArea* m_messages = nullptr;
    StatusLine* m_statusLine = nullptr;
    DropTarget* m_dropTarget = nullptr;
    Navigation* m_navigation = nullptr;
    std::set<EvidenceId> m_announced; ///< Evidence whose problem was told.
    Job<QString> m_report;
    QFutureWatcher<Expected<QString>> m_reportWatcher;
};

} // namespace halfshake
