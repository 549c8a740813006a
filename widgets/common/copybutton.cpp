// SPDX-FileCopyrightText: The Halfshake authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "widgets/common/copybutton.h"

#include "widgets/common/icons.h"

#include <QApplication>
#include <QClipboard>
#include <QTimer>

#include <chrono>

namespace halfshake {

using namespace Qt::StringLiterals;

CopyButton::CopyButton(QString text, const QString& what, QWidget* parent)
    : QToolButton(parent), m_text(std::move(text))
{
    setAutoRaise(true);
    setIcon(themedIcon(u"copy"_s));
    setToolTip(what);
    setAccessibleName(what);
    connect(this, &QToolButton::clicked, this, &CopyButton::copy);
}

void CopyButton::copy()
{
    QApplication::clipboard()->setText(m_text);
    setIcon(themedIcon(u"check"_s));
    QTimer::singleShot(std::chrono::milliseconds(1200), this, [this] { setIcon(themedIcon(u"copy"_s)); });
}

} // namespace halfshake
