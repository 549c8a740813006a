// SPDX-FileCopyrightText: The Halfshake authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "widgets/common/guithreadmonitor.h"

#include <time.h>

#include <QTimerEvent>

#include <algorithm>

namespace halfshake {

namespace {

constexpr std::chrono::milliseconds interval{1};

std::chrono::nanoseconds processorTimeOfThread()
{
    timespec time{};
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time);
    return std::chrono::seconds(time.tv_sec) + std::chrono::nanoseconds(time.tv_nsec);
}

} // namespace

void GuiThreadMonitor::start()
{
    m_longestBlock = {};
    m_longestWork = {};
    m_lastTurn = std::chrono::steady_clock::now();
    m_lastProcessorTime = processorTimeOfThread();
    m_timer.start(interval, Qt::PreciseTimer, this);
}

void GuiThreadMonitor::stop()
{
    m_timer.stop();
}

void GuiThreadMonitor::timerEvent(QTimerEvent* event)
{
    if (event->timerId() != m_timer.timerId())
        return;
    const auto now = std::chrono::steady_clock::now();
    const auto processorTime = processorTimeOfThread();
    m_longestBlock = std::max<std::chrono::nanoseconds>(m_longestBlock, now - m_lastTurn - interval);
    m_longestWork = std::max(m_longestWork, processorTime - m_lastProcessorTime);
    m_lastTurn = now;
    m_lastProcessorTime = processorTime;
}

} // namespace halfshake
