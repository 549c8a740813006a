// SPDX-FileCopyrightText: The Halfshake authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "models/logs/haproxystate.h"

#include "models/base/text.h"
#include "models/logs/attemptclassifier.h"

#include <array>

namespace halfshake {

namespace {

using std::chrono::milliseconds;

/// False where \a text is no number.
bool parseTimer(std::string_view text, std::optional<Duration>& timer)
{
    const auto value = toInteger<std::int64_t>(text.substr(text.starts_with('+') ? 1 : 0));
    constexpr std::int64_t longest = std::int64_t{1} << 40;
    if (!value || *value < -1 || *value > longest)
        return false;
    timer = *value < 0 ? std::optional<Duration>{} : milliseconds{*value};
    return true;
}

/// S: the server, or something between, refused the connection. The kernel reports an address that answers no ARP in
/// the same way, after three seconds.
ErrorClass classOfServerAbort(const HaproxyOutcome& outcome)
{
    switch (outcome.state[1]) {
    case 'C':
        break;
    case 'H':
        return ErrorClass::FinBeforeHeader;
    case 'D':
    case 'L':
        return ErrorClass::Truncated;
    default:
        return ErrorClass::Other;
    }
    const auto before = outcome.timers.request.value_or(Duration{0}) + outcome.timers.queue.value_or(Duration{0});
    const auto spent = outcome.timers.total.value_or(Duration{0}) - before;
    if (isSynGiveUpTime(spent))
        return ErrorClass::SynExhausted;
    return spent >= milliseconds{3000} ? ErrorClass::HostUnreach : ErrorClass::ConnRefused;
}

/// s: a timeout ran out on the server's side.
ErrorClass classOfServerTimeout(char phase)
{
    switch (phase) {
    case 'C':
        return ErrorClass::ConnectTimeout;
    case 'H':
        return ErrorClass::ReadTimeout;
    case 'D':
    case 'L':
        return ErrorClass::Truncated;
    case 'Q':
        return ErrorClass::Limited;
    default:
        return ErrorClass::Other;
    }
}

} // namespace

std::optional<HaproxyTimers> parseHaproxyTimers(std::string_view text)
{
    HaproxyTimers timers;
    const std::array fields{&timers.request, &timers.queue, &timers.connect, &timers.response, &timers.total};
    const auto parts = split(text, '/');
    if (parts.size() != fields.size())
        return {};
    for (std::size_t i = 0; i < fields.size(); ++i) {
        if (!parseTimer(parts[i], *fields[i]))
            return {};
    }
    return timers;
}

ErrorClass errorClassOf(const HaproxyOutcome& outcome)
{
    if (outcome.state.size() < 2)
        return outcome.status >= 500 ? ErrorClass::Other : ErrorClass::None;
    if (outcome.server == "<NOSRV>" && outcome.status >= 500)
        return ErrorClass::NoLive;
    switch (outcome.state.front()) {
    case 'S':
        return classOfServerAbort(outcome);
    case 's':
        return classOfServerTimeout(outcome.state[1]);
    case 'C':
    case 'c':
        return outcome.state[1] == 'C' ? ErrorClass::AbortInConnect : ErrorClass::ClientAbort;
    case 'R':
        return ErrorClass::NoLocalPort;
    case 'P':
        return outcome.state[1] == 'H' ? ErrorClass::BadResponse : ErrorClass::Limited;
    default:
        return outcome.status >= 500 ? ErrorClass::UpstreamStatus : ErrorClass::None;
    }
}

} // namespace halfshake
