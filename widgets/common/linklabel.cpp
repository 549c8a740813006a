// SPDX-FileCopyrightText: The Halfshake authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "widgets/common/linklabel.h"

#include "widgets/common/objectlink.h"

#include <QDesktopServices>
#include <QFocusEvent>
#include <QRegularExpression>
#include <QUrl>

namespace halfshake {

using namespace Qt::StringLiterals;

void letWrap(QLabel& label)
{
    label.setWordWrap(true);
    QSizePolicy policy(QSizePolicy::Ignored, QSizePolicy::Minimum);
    policy.setHeightForWidth(true);
    label.setSizePolicy(policy);
}

LinkLabel::LinkLabel(const QString& html, QWidget* parent) : QLabel(html, parent)
{
    setTextFormat(Qt::RichText);
    setTextInteractionFlags(Qt::TextBrowserInteraction);
    setFocusPolicy(Qt::TabFocus);
    setAccessibleName(QString(html).remove(QRegularExpression(u"<[^>]*>"_s)));
    letWrap(*this);
    connect(this, &QLabel::linkActivated, this, [this](const QString& address) {
        if (const ObjectRef object = objectOfLink(address); object.isValid())
            Q_EMIT objectActivated(object);
        else
            QDesktopServices::openUrl(QUrl(address));
    });
}

void LinkLabel::focusInEvent(QFocusEvent* event)
{
    QLabel::focusInEvent(event);
    // Tab comes to a link, not to the text around it
    if (event->reason() == Qt::TabFocusReason || event->reason() == Qt::BacktabFocusReason)
        QLabel::focusNextPrevChild(event->reason() == Qt::TabFocusReason);
}

QString LinkLabel::withWebLinks(const QString& text)
{
    static const QRegularExpression address(u"(https?://[^\\s<>\"]+[^\\s<>\".,;:)])"_s);
    return text.toHtmlEscaped().replace(address, u"<a href=\"\\1\">\\1</a>"_s);
}

} // namespace halfshake
