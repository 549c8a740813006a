// SPDX-FileCopyrightText: The Halfshake authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/helpdialogs.h"

#include <QAction>
#include <QApplication>
#include <QDialog>
#include <QDialogButtonBox>
#include <QIcon>
#include <QLabel>
#include <QTextBrowser>
#include <QVBoxLayout>

namespace halfshake {

using namespace Qt::StringLiterals;

namespace {

struct HelpTexts
{
    Q_DECLARE_TR_FUNCTIONS(HelpDialogs)
};

QString row(const QString& keys, const QString& what)
{
    return u"<tr><td><b>%1</b>&nbsp;&nbsp;&nbsp;</td><td>%2</td></tr>"_s.arg(
        keys.toHtmlEscaped(), what.toHtmlEscaped());
}

QDialog* makeDialog(const QString& name, const QString& title, QWidget* parent)
{
    auto* dialog = new QDialog(parent);
    dialog->setObjectName(name);
    dialog->setWindowTitle(title);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    return dialog;
}

void addCloseButton(QDialog& dialog, QVBoxLayout& layout)
{
    auto* buttons = new QDialogButtonBox(QDialogButtonBox::Close, &dialog);
    QObject::connect(buttons, &QDialogButtonBox::rejected, &dialog, &QDialog::reject);
    layout.addWidget(buttons);
}

QString shortcutsHtml(const QList<QAction*>& actions)
{
    QString html = u"<table cellpadding=\"2\">"_s;
    for (const QAction* action : actions) {
        if (!action->shortcut().isEmpty())
            html += row(action->shortcut().toString(QKeySequence::NativeText), action->text().remove(u'&'));
    }
    html += u"</table><p><b>%1</b></p><table cellpadding=\"2\">"_s.arg(HelpTexts::tr("With the timeline in focus"));
    html += row(HelpTexts::tr("Wheel, W, S"), HelpTexts::tr("Zoom at the pointer, zoom in, zoom out"));
    html += row(HelpTexts::tr("Shift+wheel, A, D"), HelpTexts::tr("Move in time"));
    html += row(HelpTexts::tr("Drag"), HelpTexts::tr("Show just this range"));
    html += row(HelpTexts::tr("Double-click"), HelpTexts::tr("Show just this object"));
    html += row(HelpTexts::tr(". ,"), HelpTexts::tr("Next and previous event of the lane"));
    html += row(HelpTexts::tr("Home"), HelpTexts::tr("Show everything"));
    return html + u"</table>"_s;
}

} // namespace

void showShortcuts(const QList<QAction*>& actions, QWidget* parent)
{
    QDialog* const dialog = makeDialog(u"shortcutsDialog"_s, HelpTexts::tr("Keyboard shortcuts"), parent);
    auto* layout = new QVBoxLayout(dialog);
    auto* text = new QTextBrowser(dialog);
    text->setAccessibleName(dialog->windowTitle());
    text->setFrameShape(QFrame::NoFrame);
    text->setHtml(shortcutsHtml(actions));
    layout->addWidget(text);
    addCloseButton(*dialog, *layout);
    dialog->resize(460, 560);
    dialog->show();
}

void showAbout(QWidget* parent)
{
    QDialog* const dialog = makeDialog(u"aboutDialog"_s, HelpTexts::tr("About Halfshake"), parent);
    auto* layout = new QVBoxLayout(dialog);
    layout->setContentsMargins(24, 24, 24, 16);
    layout->setSpacing(8);
    auto* icon = new QLabel(dialog);
    icon->setPixmap(QIcon(u":/icons/halfshake.svg"_s).pixmap(QSize(64, 64), dialog->devicePixelRatioF()));
    auto* name = new QLabel(u"<b>Halfshake %1</b>"_s.arg(QApplication::applicationVersion()), dialog);
    auto* text =
        new QLabel(HelpTexts::tr("Ties every failing request of a Kubernetes ingress to the TCP handshake that "
                                 "carried it, and explains it.\n\nEvidence is only read, never changed, and "
                                 "never leaves this computer.\n\nFree software under the GNU General Public "
                                 "License, version 3 or later."),
            dialog);
    text->setWordWrap(true);
    for (QWidget* part : {icon, name, text})
        layout->addWidget(part);
    addCloseButton(*dialog, *layout);
    dialog->resize(420, 320);
    dialog->show();
}

} // namespace halfshake
