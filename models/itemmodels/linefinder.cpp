// SPDX-FileCopyrightText: The Halfshake authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "models/itemmodels/linefinder.h"

#include <algorithm>
#include <utility>

namespace halfshake {

namespace {

constexpr std::uint64_t linesPerBlock = 4096;

} // namespace

Expected<LineMatches> matchingLines(
    const LineIndex& text, const LineMatcher& matcher, JobContext& job, std::size_t mostLines)
{
    LineMatches result;
    const std::uint64_t total = text.lineCount();
    for (std::uint64_t first = 1; first <= total; first += linesPerBlock) {
        if (job.isCancelled())
            return failure(DiagnosticCode::Cancelled);
        job.report({first, total});
        const auto lines = text.lines(first, std::min(linesPerBlock, total - first + 1));
        if (!lines)
            return std::unexpected(lines.error());
        for (std::size_t i = 0; i < lines->size(); ++i) {
            if (!matcher.matches((*lines)[i]))
                continue;
            if (result.lines.size() == mostLines) {
                result.isCut = true;
                return result;
            }
            result.lines.push_back(first + i);
        }
    }
    return result;
}

LineFinder::LineFinder(QObject* parent) : QObject(parent)
{
    connect(&m_watcher, &QFutureWatcherBase::finished, this, &LineFinder::finish);
    connect(&m_watcher, &QFutureWatcherBase::progressValueChanged, this, [this](int promille) {
        m_promille = promille;
        Q_EMIT changed();
    });
}

LineFinder::~LineFinder() = default;

void LineFinder::setText(std::shared_ptr<const LineIndex> text)
{
    if (m_text == text)
        return;
    m_text = std::move(text);
    start();
}

void LineFinder::setQuery(const LineQuery& query)
{
    if (m_matcher->query() == query)
        return;
    m_matcher = std::make_shared<const LineMatcher>(query);
    start();
}

void LineFinder::start()
{
    m_job = {};
    m_watcher.setFuture({});
    m_matches = {};
    m_promille = 0;
    m_isRunning = m_text != nullptr && !m_matcher->isEmpty() && m_matcher->problem().isEmpty();
    if (m_isRunning) {
        m_job = runJob(*QThreadPool::globalInstance(),
            [text = m_text, matcher = m_matcher](JobContext& job) { return matchingLines(*text, *matcher, job); });
        m_watcher.setFuture(m_job.future());
    }
    Q_EMIT changed();
}

void LineFinder::finish()
{
    const auto future = m_watcher.future();
    if (!m_isRunning || future.resultCount() == 0)
        return;
    m_isRunning = false;
    if (auto found = future.result())
        m_matches = std::move(*found);
    Q_EMIT changed();
}

std::optional<std::uint64_t> LineFinder::next(std::uint64_t line) const
{
    const auto& lines = m_matches.lines;
    if (lines.empty())
        return {};
    const auto after = std::ranges::upper_bound(lines, line);
    return after != lines.end() ? *after : lines.front();
}

std::optional<std::uint64_t> LineFinder::previous(std::uint64_t line) const
{
    const auto& lines = m_matches.lines;
    if (lines.empty())
        return {};
    const auto from = std::ranges::lower_bound(lines, line);
    return from != lines.begin() ? *std::prev(from) : lines.back();
}

std::size_t LineFinder::positionOf(std::uint64_t line) const
{
    const auto place = std::ranges::lower_bound(m_matches.lines, line);
    return place != m_matches.lines.end() && *place == line
        ? static_cast<std::size_t>(place - m_matches.lines.begin()) + 1
        : 0;
}

} // namespace halfshake
