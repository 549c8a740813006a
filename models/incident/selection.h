// SPDX-FileCopyrightText: The Halfshake authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "models/base/objectref.h"
#include "models/base/timepoint.h"

#include <QObject>

#include <cstddef>
#include <optional>
#include <vector>

namespace halfshake {

/// The one current object and the one time cursor of the window, with a history to go back and forth in. GUI thread.
class Selection : public QObject
{
    Q_OBJECT

public:
    using QObject::QObject;

    [[nodiscard]] ObjectRef current() const { return m_current; }
    /// Makes \a object current and a step of the history. Setting the current object again does nothing.
    void setCurrent(ObjectRef object);

    [[nodiscard]] bool canGoBack() const { return m_position > 1; }
    [[nodiscard]] bool canGoForward() const { return m_position < m_history.size(); }
    void goBack();
    void goForward();
    void clear();

    [[nodiscard]] std::optional<TimePoint> cursor() const { return m_cursor; }
    void setCursor(std::optional<TimePoint> time);

Q_SIGNALS:
    void currentChanged(halfshake::ObjectRef object);
    void cursorChanged();
    void historyChanged();

private:
    ObjectRef m_current;
    std::vector<ObjectRef> m_history;
    std::size_t m_position = 0; ///< One past the entry that is current.
    std::optional<TimePoint> m_cursor;
};

} // namespace halfshake
