// SPDX-FileCopyrightText: The Halfshake authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <cstdint>
#include <functional>
#include <stop_token>
#include <utility>

namespace halfshake {

/// How far a job is, in a unit of the job's own (bytes read, rows scanned).
struct Progress
{
    std::uint64_t done = 0;
    std::uint64_t total = 0;
};

/// What a long-running function gets from its caller.
///
/// Belongs to the thread that runs the job; the stop token may be stopped from any thread.
class JobContext
{
public:
    using ProgressFunction = std::move_only_function<void(Progress)>;

    JobContext() = default;
    explicit JobContext(std::stop_token stop, ProgressFunction report = {})
        : m_stop(std::move(stop)), m_report(std::move(report))
    {
    }

    [[nodiscard]] bool isCancelled() const noexcept { return m_stop.stop_requested(); }

    /// Cheap enough for every block of input: passes on at most one report per promille.
    void report(Progress progress)
    {
        if (!m_report || progress.total == 0)
            return;
        const auto promille = static_cast<std::uint32_t>(progress.done * 1000 / progress.total);
        if (promille != std::exchange(m_lastPromille, promille))
            m_report(progress);
    }

private:
    std::stop_token m_stop;
    ProgressFunction m_report;
    std::uint32_t m_lastPromille = ~0u;
};

} // namespace halfshake
