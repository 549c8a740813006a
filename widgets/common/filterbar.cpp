// SPDX-FileCopyrightText: The Halfshake authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "widgets/common/filterbar.h"

#include "models/itemmodels/texts.h"
#include "widgets/common/icons.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QLineEdit>

namespace halfshake {

using namespace Qt::StringLiterals;

FilterBar::FilterBar(const QString& what, QWidget* parent)
    : QWidget(parent), m_layout(new QHBoxLayout(this)), m_edit(new QLineEdit(this)), m_count(new QLabel(this))
{
    m_edit->setPlaceholderText(tr("Filter %1").arg(what));
    m_edit->setAccessibleName(m_edit->placeholderText());
    m_edit->setClearButtonEnabled(true);
    // what is dropped here is meant for the window
    m_edit->setAcceptDrops(false);
    m_edit->addAction(themedIcon(u"filter"_s), QLineEdit::LeadingPosition);
    m_edit->setMinimumWidth(90);
    connect(m_edit, &QLineEdit::textChanged, this, &FilterBar::textChanged);

    m_count->setForegroundRole(QPalette::PlaceholderText);
    m_count->setAccessibleName(tr("Number of %1 shown").arg(what));

    m_layout->setContentsMargins(4, 4, 6, 4);
    m_layout->setSpacing(6);
    m_layout->addWidget(m_edit, 1);
    m_layout->addWidget(m_count);
}

void FilterBar::addWidget(QWidget* widget)
{
    m_layout->insertWidget(m_layout->count() - 1, widget);
}

void FilterBar::setCounts(std::uint64_t shown, std::uint64_t total)
{
    m_count->setText(
        shown == total ? texts::count(total) : tr("%1 of %2").arg(texts::count(shown), texts::count(total)));
}

QString FilterBar::text() const
{
    return m_edit->text();
}

QString FilterBar::countText() const
{
    return m_count->text();
}

} // namespace halfshake
