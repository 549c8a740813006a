// SPDX-FileCopyrightText: The Halfshake authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "models/logs/errorclassifier.h"

#include <optional>

namespace halfshake {

namespace {

constexpr int brokenPipe = 32;
constexpr int tooManyFilesInSystem = 23;
constexpr int tooManyFiles = 24;
constexpr int invalidArgument = 22;
constexpr int addressInUse = 98;
constexpr int addressNotAvailable = 99;
constexpr int networkUnreachable = 101;
constexpr int connectionReset = 104;
constexpr int timedOut = 110;
constexpr int connectionRefused = 111;
constexpr int hostUnreachable = 113;

/// What nginx was doing: the text after the last " while ".
enum class Action : unsigned char {
    Unknown, // none stated, or one that is about no upstream
    Connecting,
    Handshaking,
    Sending,
    ReadingHeader,
    ReadingBody,
    OtherUpstream,
};

Action actionOf(std::string_view text)
{
    constexpr std::string_view key = " while ";
    const auto found = text.rfind(key);
    if (found == std::string_view::npos)
        return Action::Unknown;
    const auto action = text.substr(found + key.size());
    if (action.starts_with("connecting to upstream"))
        return Action::Connecting;
    if (action.starts_with("SSL handshaking to upstream"))
        return Action::Handshaking;
    if (action.starts_with("sending request to upstream") || action.starts_with("sending to upstream"))
        return Action::Sending;
    if (action.starts_with("reading response header from upstream"))
        return Action::ReadingHeader;
    // an upgraded connection (WebSocket) is past its response header
    if (action.starts_with("reading upstream") || action.starts_with("proxying upgraded connection"))
        return Action::ReadingBody;
    return action.contains("upstream") ? Action::OtherUpstream : Action::Unknown;
}

ErrorClass classifyTimeout(Action action)
{
    switch (action) {
    case Action::Connecting:
        return ErrorClass::ConnectTimeout;
    case Action::Handshaking:
        return ErrorClass::TlsTimeout;
    case Action::Sending:
        return ErrorClass::SendTimeout;
    case Action::ReadingHeader:
        return ErrorClass::ReadTimeout;
    case Action::ReadingBody:
        return ErrorClass::Truncated;
    case Action::OtherUpstream:
    case Action::Unknown:
        break;
    }
    return ErrorClass::Other;
}

ErrorClass classifyConnect(const ErrorMessage& message)
{
    switch (message.errorNumber) {
    case connectionRefused:
        return ErrorClass::ConnRefused;
    case timedOut:
        return ErrorClass::SynExhausted;
    case hostUnreachable:
        return ErrorClass::HostUnreach;
    case networkUnreachable:
        return ErrorClass::NetUnreach;
    case addressNotAvailable:
        return ErrorClass::NoLocalPort;
    case connectionReset:
        return ErrorClass::ConnResetEarly;
    case invalidArgument:
        // the address ingress-nginx writes into its configuration for its Lua balancer to replace
        return message.text.contains("0.0.0.1:") ? ErrorClass::NoEndpoint : ErrorClass::Other;
    default:
        return ErrorClass::Other;
    }
}

ErrorClass classifyClosed(Action action)
{
    if (action == Action::ReadingBody)
        return ErrorClass::Truncated;
    return action == Action::Handshaking ? ErrorClass::TlsFail : ErrorClass::FinBeforeHeader;
}

/// A system call on a connection that was up.
ErrorClass classifyTransfer(int errorNumber, Action action)
{
    const bool isReset = errorNumber == connectionReset || errorNumber == brokenPipe;
    switch (action) {
    case Action::ReadingBody:
        return ErrorClass::Truncated;
    case Action::ReadingHeader:
        if (errorNumber == hostUnreachable)
            return ErrorClass::HostUnreach;
        return isReset ? ErrorClass::RstBeforeHeader : ErrorClass::Other;
    case Action::Sending:
        return isReset ? ErrorClass::WriteReset : ErrorClass::Other;
    case Action::Connecting:
        return isReset ? ErrorClass::ConnResetEarly : ErrorClass::Other;
    case Action::Handshaking:
        return ErrorClass::TlsFail;
    case Action::OtherUpstream:
    case Action::Unknown:
        break;
    }
    return ErrorClass::Other;
}

/// Messages that say it all by themselves.
std::optional<ErrorClass> classifyByPhrase(std::string_view text, Action action)
{
    if (text.contains("client prematurely closed connection")) {
        if (action == Action::Connecting)
            return ErrorClass::AbortInConnect;
        const bool hasUpstream = action != Action::Unknown || text.contains("upstream connection is closed");
        return hasUpstream ? ErrorClass::ClientAbort : ErrorClass::None;
    }
    if (text.starts_with("no live upstreams"))
        return ErrorClass::NoLive;
    if (text.starts_with("upstream server temporarily disabled"))
        return ErrorClass::PeerEjected;
    if (text.contains(" could not be resolved") || text.starts_with("no resolver defined to resolve"))
        return ErrorClass::Dns;
    if (text.starts_with("limiting requests") || text.starts_with("limiting connections"))
        return ErrorClass::Limited;
    if (text.contains("worker_connections are not enough"))
        return ErrorClass::FdLimit;
    return {};
}

bool startsWithCall(std::string_view text, std::string_view name)
{
    return text.starts_with(name) && text.substr(name.size()).starts_with("()");
}

/// Messages "upstream ..." of the proxy itself.
std::optional<ErrorClass> classifyByUpstreamPhrase(std::string_view text, Action action)
{
    if (!text.starts_with("upstream "))
        return {};
    text.remove_prefix(std::string_view{"upstream "}.size());
    if (text.starts_with("timed out"))
        return classifyTimeout(action);
    if (text.starts_with("prematurely closed") || text.starts_with("closed prematurely"))
        return classifyClosed(action);
    if (text.starts_with("sent more data than specified"))
        return ErrorClass::None; // the response went through
    if (text.starts_with("sent "))
        return ErrorClass::BadResponse;
    if (text.starts_with("SSL certificate"))
        return ErrorClass::TlsFail;
    return {};
}

std::optional<ErrorClass> classifyByCall(const ErrorMessage& message, Action action)
{
    const auto text = message.text;
    const bool isOutOfFiles = message.errorNumber == tooManyFiles || message.errorNumber == tooManyFilesInSystem;
    if (isOutOfFiles && (startsWithCall(text, "socket") || startsWithCall(text, "accept4")))
        return ErrorClass::FdLimit;
    if (action == Action::Unknown)
        return {};
    if (startsWithCall(text, "connect"))
        return classifyConnect(message);
    if (text.starts_with("bind("))
        return message.errorNumber == addressInUse || message.errorNumber == addressNotAvailable
            ? ErrorClass::NoLocalPort
            : ErrorClass::Other;
    if (startsWithCall(text, "SSL_do_handshake") || text.starts_with("peer closed connection in SSL handshake"))
        return ErrorClass::TlsFail;
    for (const auto call : {"recv", "readv", "send", "writev", "sendfile", "SSL_read", "SSL_write"}) {
        if (startsWithCall(text, call))
            return classifyTransfer(message.errorNumber, action);
    }
    return {};
}

} // namespace

ErrorClass classifyErrorMessage(const ErrorMessage& message)
{
    const auto action = actionOf(message.text);
    if (const auto known = classifyByPhrase(message.text, action))
        return *known;
    if (const auto known = classifyByUpstreamPhrase(message.text, action))
        return *known;
    if (const auto known = classifyByCall(message, action))
        return *known;
    const bool isAboutAttempt = message.hasUpstream && action != Action::Unknown;
    return isAboutAttempt && message.level >= ErrorLevel::Error ? ErrorClass::Other : ErrorClass::None;
}

} // namespace halfshake
