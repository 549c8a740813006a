// SPDX-FileCopyrightText: The Halfshake authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "models/logs/errorlogscanner.h"
#include "models/logs/lineunwrapper.h"
#include "models/logs/logclock.h"
#include "models/logs/proxylog.h"
#include "models/logs/stacktrace.h"

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

namespace halfshake {

/// Turns lines that are no access entries into rows of a ProxyLog.
class EntryBuilder
{
public:
    /// The entry of an application that a stream is in, for the lines that go on with it.
    struct Stack
    {
        StackTrace trace;
        std::size_t entry = 0; ///< Its row.
    };

    EntryBuilder(ProxyLog& log, LogClock& clock, std::optional<EvidenceTime> changedAt)
        : m_log(log), m_clock(clock), m_changedAt(changedAt)
    {
    }

    void addErrorEntry(const ErrorLine& error, const UnwrappedLine& line);
    /// False, and nothing added, where \a text is no line of the kernel.
    [[nodiscard]] bool addKernelEntry(std::string_view text, const UnwrappedLine& line);
    /// False, and nothing added, where \a text begins no entry of an application.
    [[nodiscard]] bool addApplicationEntry(std::string_view text, const UnwrappedLine& line, Stack& stack);
    /// \a text goes on with the entry of \a stack.
    void goOn(std::string_view text, Stack& stack);
    /// Nothing goes on with the entry of \a stack any more.
    void complete(Stack& stack);

private:
    [[nodiscard]] StringId intern(std::string_view text);

    ProxyLog& m_log;
    LogClock& m_clock;
    std::optional<EvidenceTime> m_changedAt; ///< See ProxyLogOptions.
    std::string m_buffer;
};

/// \a range, or nothing yet, and the instants in [start, start + resolution).
[[nodiscard]] EvidenceTimeRange extended(EvidenceTimeRange range, EvidenceTime start, Duration resolution);

} // namespace halfshake
