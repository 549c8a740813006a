// SPDX-FileCopyrightText: The Halfshake authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "widgets/common/messagebar.h"

#include "models/itemmodels/texts.h"
#include "widgets/common/icons.h"
#include "widgets/common/levelicon.h"
#include "widgets/common/theme.h"

#include <QAccessible>
#include <QEvent>
#include <QHBoxLayout>
#include <QLabel>
#include <QToolButton>
#include <QVBoxLayout>

namespace halfshake {

using namespace Qt::StringLiterals;

MessageBar::MessageBar(DiagnosticLevel level, const QString& text, QWidget* parent)
    : QFrame(parent), m_level(level), m_icon(new QLabel(this)), m_text(new QLabel(text, this))
{
    setObjectName(u"messageBar"_s);
    setAccessibleName(texts::diagnosticLevel(level) + u": "_s + text);
    setFrameShape(QFrame::NoFrame);
    setAutoFillBackground(true);

    m_text->setWordWrap(true);
    m_text->setTextFormat(Qt::PlainText);
    m_text->setTextInteractionFlags(Qt::TextSelectableByMouse);

    auto* close = new QToolButton(this);
    close->setObjectName(u"closeMessage"_s);
    close->setAutoRaise(true);
    close->setIcon(themedIcon(u"close"_s));
    close->setToolTip(tr("Close this message"));
    close->setAccessibleName(close->toolTip());
    connect(close, &QToolButton::clicked, this, [this] {
        hide();
        deleteLater();
    });

    auto* layout = new QHBoxLayout(this);
    layout->setContentsMargins(10, 5, 6, 5);
    layout->setSpacing(8);
    layout->addWidget(m_icon, 0, Qt::AlignTop);
    layout->addWidget(m_text, 1);
    layout->addWidget(close, 0, Qt::AlignTop);
    followPalette();
}

QString MessageBar::text() const
{
    return m_text->text();
}

void MessageBar::changeEvent(QEvent* event)
{
    if (event->type() == QEvent::PaletteChange)
        followPalette();
    QFrame::changeEvent(event);
}

void MessageBar::followPalette()
{
    const QPalette application = parentWidget() != nullptr ? parentWidget()->palette() : palette();
    const LevelIcon icon = levelIcon(m_level, application);
    m_icon->setPixmap(icon.icon(16).pixmap(QSize(16, 16), devicePixelRatioF()));
    QPalette own; // of one colour, so that the others go on following the window
    own.setColor(QPalette::Window, mixed(application.color(QPalette::Base), icon.color, 0.14));
    setPalette(own);
}

MessageArea::MessageArea(QWidget* parent) : QWidget(parent), m_layout(new QVBoxLayout(this))
{
    m_layout->setContentsMargins(0, 0, 0, 0);
    m_layout->setSpacing(1);
}

void MessageArea::add(DiagnosticLevel level, const QString& text)
{
    if (texts().contains(text))
        return;
    const auto bars = findChildren<MessageBar*>(Qt::FindDirectChildrenOnly);
    if (bars.size() >= mostMessages)
        delete bars.front();
    auto* bar = new MessageBar(level, text, this);
    m_layout->addWidget(bar);
    bar->show();
    QAccessibleEvent event(bar, QAccessible::Alert);
    QAccessible::updateAccessibility(&event);
}

void MessageArea::clear()
{
    qDeleteAll(findChildren<MessageBar*>(Qt::FindDirectChildrenOnly));
}

QStringList MessageArea::texts() const
{
    QStringList texts;
    for (const MessageBar* bar : findChildren<MessageBar*>(Qt::FindDirectChildrenOnly)) {
        if (!bar->isHidden())
            texts.append(bar->text());
    }
    return texts;
}

} // namespace halfshake
