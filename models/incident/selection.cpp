// SPDX-FileCopyrightText: The Halfshake authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "models/incident/selection.h"

namespace halfshake {

void Selection::setCurrent(ObjectRef object)
{
    if (object == m_current)
        return;
    m_current = object;
    if (object.isValid()) {
        m_history.resize(m_position);
        m_history.push_back(object);
        m_position = m_history.size();
    }
    Q_EMIT currentChanged(m_current);
    Q_EMIT historyChanged();
}

void Selection::goBack()
{
    if (!canGoBack())
        return;
    --m_position;
    m_current = m_history[m_position - 1];
    Q_EMIT currentChanged(m_current);
    Q_EMIT historyChanged();
}

void Selection::goForward()
{
    if (!canGoForward())
        return;
    m_current = m_history[m_position++];
    Q_EMIT currentChanged(m_current);
    Q_EMIT historyChanged();
}

void Selection::clear()
{
    m_history.clear();
    m_position = 0;
    m_current = {};
    m_cursor.reset();
    Q_EMIT currentChanged(m_current);
    Q_EMIT cursorChanged();
    Q_EMIT historyChanged();
}

void Selection::setCursor(std::optional<TimePoint> time)
{
    if (time == m_cursor)
        return;
    m_cursor = time;
    Q_EMIT cursorChanged();
}

} // namespace halfshake
