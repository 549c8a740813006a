// SPDX-FileCopyrightText: The Halfshake authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/actions.h"

#include "widgets/common/icons.h"

#include <QAction>
#include <QActionGroup>
#include <QKeySequence>
#include <QMenu>
#include <QMenuBar>
#include <QToolBar>

namespace halfshake {

using namespace Qt::StringLiterals;

Actions::Actions(QObject* parent) : QObject(parent)
{
    makeFileActions();
    makeEditActions();
    makeViewActions();
    makeGoActions();
    shortcuts = add(u"shortcuts"_s, tr("&Keyboard shortcuts"), {}, QKeySequence(Qt::Key_Question));
    // where the platform does not tell which keys a combination may also stand for
    shortcuts->setShortcuts({QKeySequence(Qt::Key_Question), QKeySequence(Qt::SHIFT | Qt::Key_Question)});
    about = add(u"about"_s, tr("&About Halfshake"), {});
    about->setMenuRole(QAction::AboutRole);
}

QAction* Actions::add(const QString& name, const QString& text, const QString& icon, const QKeySequence& shortcut)
{
    auto* action = new QAction(text, this);
    action->setObjectName(name);
    action->setShortcut(shortcut);
    if (!icon.isEmpty())
        action->setIcon(themedIcon(icon));
    return action;
}

void Actions::makeFileActions()
{
    addFiles = add(u"addFiles"_s, tr("&Add evidence…"), u"addfiles"_s, QKeySequence::Open);
    addFolder = add(u"addFolder"_s, tr("Add &folder…"), u"addfolder"_s, QKeySequence(Qt::CTRL | Qt::SHIFT | Qt::Key_F));
    paste = add(u"paste"_s, tr("&Paste as evidence"), u"paste"_s, QKeySequence::Paste);
    paste->setToolTip(tr("Add the files or the text on the clipboard as evidence"));
    openSample = add(u"openSample"_s, tr("Open &sample incident"), u"sample"_s);
    removeEvidence = add(u"removeEvidenceAction"_s, tr("&Remove evidence"), u"remove"_s, QKeySequence::Delete);
    // only where the evidence list has the keyboard: elsewhere it would remove what the user does not look at
    removeEvidence->setShortcutContext(Qt::WidgetShortcut);
    clocks = add(u"clocks"_s, tr("&Clocks…"), {}, QKeySequence(Qt::CTRL | Qt::Key_K));
    exportReport = add(u"exportReport"_s, tr("&Export report…"), u"report"_s, QKeySequence(Qt::CTRL | Qt::Key_E));
    quit = add(u"quit"_s, tr("&Quit"), u"quit"_s, QKeySequence(Qt::CTRL | Qt::Key_Q));
    quit->setMenuRole(QAction::QuitRole);
}

void Actions::makeEditActions()
{
    copy = add(u"copy"_s, tr("&Copy"), u"copy"_s, QKeySequence::Copy);
    find = add(u"find"_s, tr("&Find in the log…"), {}, QKeySequence::Find);
    findNext = add(u"findNext"_s, tr("Find &next"), {}, QKeySequence(Qt::Key_F3));
    findPrevious = add(u"findPrevious"_s, tr("Find &previous"), {}, QKeySequence(Qt::SHIFT | Qt::Key_F3));
}

void Actions::makeViewActions()
{
    zoomIn = add(u"zoomIn"_s, tr("Zoom &in"), u"zoomin"_s, QKeySequence::ZoomIn);
    zoomOut = add(u"zoomOut"_s, tr("Zoom &out"), u"zoomout"_s, QKeySequence::ZoomOut);
    fit = add(u"fit"_s, tr("&Show everything"), u"fit"_s, QKeySequence(Qt::CTRL | Qt::Key_0));
    zoomBack = add(u"zoomBack"_s, tr("Previous &zoom"), u"zoomback"_s, QKeySequence(Qt::Key_Backspace));
    resetLayout = add(u"resetLayout"_s, tr("&Reset layout"), {});

    auto* themes = new QActionGroup(this);
    const auto addTheme = [this, themes](ThemeMode mode, const QString& name, const QString& text) {
        QAction* action = add(name, text, {});
        action->setCheckable(true);
        themes->addAction(action);
        m_themes[static_cast<std::size_t>(mode)] = action;
        connect(action, &QAction::triggered, this, [this, mode] { Q_EMIT themeChosen(mode); });
    };
    addTheme(ThemeMode::System, u"themeSystem"_s, tr("&As the desktop"));
    addTheme(ThemeMode::Light, u"themeLight"_s, tr("&Light"));
    addTheme(ThemeMode::Dark, u"themeDark"_s, tr("&Dark"));
}

void Actions::makeGoActions()
{
    back = add(u"back"_s, tr("&Back"), u"back"_s, QKeySequence::Back);
    forward = add(u"forward"_s, tr("&Forward"), u"forward"_s, QKeySequence::Forward);
    nextFailure = add(u"nextFailure"_s, tr("&Next failure"), u"nextfailure"_s, QKeySequence(Qt::Key_E));
    previousFailure =
        add(u"previousFailure"_s, tr("&Previous failure"), u"previousfailure"_s, QKeySequence(Qt::SHIFT | Qt::Key_E));
    centre = add(u"centre"_s, tr("&Centre the current object"), u"centre"_s, QKeySequence(Qt::Key_F));
    nextPane = add(u"nextPane"_s, tr("Next p&ane"), {}, QKeySequence(Qt::Key_F6));
    previousPane = add(u"previousPane"_s, tr("Previous pan&e"), {}, QKeySequence(Qt::SHIFT | Qt::Key_F6));
}

void Actions::fillMenuBar(QMenuBar& menuBar, const QList<QAction*>& paneToggles, const QList<QAction*>& paneFocus)
{
    QMenu* file = menuBar.addMenu(tr("&File"));
    file->addActions({addFiles, addFolder, paste, openSample});
    file->addSeparator();
    file->addActions({removeEvidence, clocks});
    file->addSeparator();
    file->addAction(quit);

    QMenu* edit = menuBar.addMenu(tr("&Edit"));
    edit->addAction(copy);
    edit->addSeparator();
    edit->addActions({find, findNext, findPrevious});

    QMenu* view = menuBar.addMenu(tr("&View"));
    view->addActions({zoomIn, zoomOut, fit, zoomBack});
    view->addSeparator();
    view->addMenu(tr("&Panes"))->addActions(paneToggles);
    QMenu* themes = view->addMenu(tr("&Theme"));
    for (QAction* theme : m_themes)
        themes->addAction(theme);
    view->addAction(resetLayout);

    QMenu* go = menuBar.addMenu(tr("&Go"));
    go->addActions({back, forward});
    go->addSeparator();
    go->addActions({nextFailure, previousFailure, centre});
    go->addSeparator();
    go->addMenu(tr("To &pane"))->addActions(paneFocus);
    go->addActions({nextPane, previousPane});

    menuBar.addMenu(tr("&Report"))->addAction(exportReport);
    menuBar.addMenu(tr("&Help"))->addActions({shortcuts, about});
}

void Actions::fillToolBar(QToolBar& toolBar)
{
    addFiles->setIconText(tr("Add evidence"));
    exportReport->setIconText(tr("Export report"));
    centre->setIconText(tr("Centre"));
    // known by their icons
    for (QAction* action : {back, forward, zoomIn, zoomOut, fit, zoomBack})
        action->setPriority(QAction::LowPriority);
    toolBar.addAction(addFiles);
    toolBar.addAction(exportReport);
    toolBar.addSeparator();
    toolBar.addActions({back, forward});
    toolBar.addSeparator();
    toolBar.addActions({previousFailure, nextFailure, centre});
    toolBar.addSeparator();
    toolBar.addActions({zoomIn, zoomOut, fit, zoomBack});
}

QList<QAction*> Actions::all() const
{
    return {addFiles, addFolder, paste, openSample, removeEvidence, clocks, exportReport, quit, copy, find, findNext,
        findPrevious, zoomIn, zoomOut, fit, zoomBack, resetLayout, back, forward, nextFailure, previousFailure, centre,
        nextPane, previousPane, shortcuts, about};
}

} // namespace halfshake
