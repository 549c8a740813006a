// SPDX-FileCopyrightText: The Halfshake authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "models/base/expected.h"
#include "models/base/jobcontext.h"

#include <QFuture>
#include <QPromise>
#include <QThreadPool>
#include <QtConcurrentRun>

#include <concepts>
#include <exception>
#include <stop_token>
#include <utility>

namespace halfshake {

/// A function of models/ under way on a worker thread. The GUI thread holds it; dropping it cancels.
template<typename T>
class Job
{
public:
    Job() = default;
    Job(QFuture<Expected<T>> future, std::stop_source stop) : m_future(std::move(future)), m_stop(std::move(stop)) { }
    Job(Job&& other) noexcept = default;
    Job& operator=(Job&& other) noexcept
    {
        cancel();
        m_future = std::move(other.m_future);
        m_stop = std::move(other.m_stop);
        return *this;
    }
    Job(const Job&) = delete;
    Job& operator=(const Job&) = delete;
    ~Job() { cancel(); }

    void cancel() { m_stop.request_stop(); }
    [[nodiscard]] const QFuture<Expected<T>>& future() const { return m_future; }

private:
    QFuture<Expected<T>> m_future;
    std::stop_source m_stop{std::nostopstate};
};

/// Runs \a function on \a pool. Progress comes out of the future in promille; what the function throws comes out of
/// it as a Diagnostic.
template<typename Function>
    requires std::invocable<Function, JobContext&>
auto runJob(QThreadPool& pool, Function function)
{
    using Result = std::invoke_result_t<Function, JobContext&>;
    std::stop_source stop;
    auto future = QtConcurrent::run(
        &pool, [token = stop.get_token(), function = std::move(function)](QPromise<Result>& promise) mutable {
            promise.setProgressRange(0, 1000);
            JobContext context(token, [&promise](Progress progress) {
                promise.setProgressValue(static_cast<int>(progress.done * 1000 / progress.total));
            });
            try {
                promise.addResult(function(context));
            } catch (const std::exception& error) {
                promise.addResult(Result(failure(DiagnosticCode::InternalError, {}, {error.what()})));
            }
        });
    return Job<typename Result::value_type>(std::move(future), std::move(stop));
}

} // namespace halfshake
