// SPDX-FileCopyrightText: The Halfshake authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "models/logs/attemptbuilder.h"
#include "models/logs/columntext.h"
#include "models/logs/lineplace.h"
#include "models/logs/linescanner.h"
#include "models/logs/logclock.h"
#include "models/logs/logfield.h"
#include "models/logs/proxylog.h"

#include <cstdint>
#include <string>

namespace halfshake {

/// Turns the values of access-log lines into rows of a ProxyLog.
class RequestBuilder
{
public:
    RequestBuilder(ProxyLog& log, LogClock& clock)
        : m_log(log)
        , m_clock(clock)
        , m_targets(log.strings)
        , m_clients(log.strings)
        , m_requestIds(log.strings)
        , m_names(log.strings)
        , m_attempts(log.strings, log.upstreamAttempts)
    {
    }

    /// Appends one request and its attempts. False, and nothing appended, where the line tells no time or no status.
    bool append(const AccessFields& fields, LineFit fit, LinePlace place);

private:
    [[nodiscard]] StringId kept(std::string_view value, ValueEscape escape, ColumnText& column);
    void setRequestLine(const AccessFields& fields, ProxyRequest& request);
    void setTarget(const AccessFields& fields, ProxyRequest& request);

    ProxyLog& m_log;
    LogClock& m_clock;
    ColumnText m_targets;
    ColumnText m_clients;
    ColumnText m_requestIds;
    ColumnText m_names; ///< Of methods, hosts, services.
    AttemptBuilder m_attempts;
    std::string m_buffer;
    std::string m_joined;
};

/// The parts of a request line "METHOD target HTTP/1.1"; empty where it is none.
struct RequestLine
{
    std::string_view method;
    std::string_view target;
};

[[nodiscard]] RequestLine splitRequestLine(std::string_view request);

} // namespace halfshake
