// SPDX-FileCopyrightText: The Halfshake authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "models/incident/job.h"
#include "models/io/lineindex.h"
#include "models/itemmodels/linematcher.h"

#include <QFutureWatcher>
#include <QObject>

#include <cstdint>
#include <memory>
#include <optional>
#include <vector>

namespace halfshake {

/// The lines of a text in which a query matches, counted from 1 and in order.
struct LineMatches
{
    std::vector<std::uint64_t> lines;
    bool isCut = false; ///< There are more than can be listed.
};

/// Errors: Cancelled, and what reading gives.
[[nodiscard]] Expected<LineMatches> matchingLines(
    const LineIndex& text, const LineMatcher& matcher, JobContext& job, std::size_t mostLines = 2'000'000);

/// Looks through a text of any size on a worker. The latest query wins. GUI thread.
class LineFinder : public QObject
{
    Q_OBJECT

public:
    explicit LineFinder(QObject* parent = nullptr);
    ~LineFinder() override;

    void setText(std::shared_ptr<const LineIndex> text); ///< Null for none. Looks for the same in it.
    void setQuery(const LineQuery& query); ///< An empty one ends the search.

    [[nodiscard]] const LineMatcher& matcher() const { return *m_matcher; }
    [[nodiscard]] const LineMatches& matches() const { return m_matches; }
    [[nodiscard]] bool isRunning() const { return m_isRunning; }
    [[nodiscard]] int progress() const { return m_promille; } ///< Promille while it runs.
    /// The matching line after or before \a line; from the other end where there is none; empty where nothing matches.
    [[nodiscard]] std::optional<std::uint64_t> next(std::uint64_t line) const;
    [[nodiscard]] std::optional<std::uint64_t> previous(std::uint64_t line) const;
    [[nodiscard]] std::size_t positionOf(std::uint64_t line) const; ///< From 1; 0 where the line does not match.

Q_SIGNALS:
    void changed(); ///< Of the matches or the progress.

private:
    void start();
    void finish();

    std::shared_ptr<const LineIndex> m_text;
    std::shared_ptr<const LineMatcher> m_matcher = std::make_shared<const LineMatcher>();
    LineMatches m_matches;
    Job<LineMatches> m_job;
    QFutureWatcher<Expected<LineMatches>> m_watcher;
    int m_promille = 0;
    bool m_isRunning = false;
};

} // namespace halfshake
