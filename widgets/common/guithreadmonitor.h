// SPDX-FileCopyrightText: The Halfshake authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QBasicTimer>
#include <QObject>

#include <chrono>

namespace halfshake {

/// Measures how long the event loop of the thread it lives in was kept from turning. Wakes up every millisecond while
/// it runs: for tests and benchmarks.
class GuiThreadMonitor : public QObject
{
    Q_OBJECT

public:
    using QObject::QObject;

    void start(); ///< Forgets what was measured before.
    void stop();

    [[nodiscard]] std::chrono::nanoseconds longestBlock() const
    {
        return m_longestBlock;
    } ///< By the clock on the wall.
    /// The most processor time that this thread used between two turns: what the program itself did, however busy the
    /// machine is with others.
    [[nodiscard]] std::chrono::nanoseconds longestWork() const { return m_longestWork; }

protected:
    void timerEvent(QTimerEvent* event) override;

private:
    QBasicTimer m_timer;
    std::chrono::steady_clock::time_point m_lastTurn;
    std::chrono::nanoseconds m_lastProcessorTime{0};
    std::chrono::nanoseconds m_longestBlock{0};
    std::chrono::nanoseconds m_longestWork{0};
};

} // namespace halfshake
