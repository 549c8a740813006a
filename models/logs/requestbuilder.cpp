// SPDX-FileCopyrightText: The Halfshake authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "models/logs/requestbuilder.h"

#include "models/base/endpoint.h"
#include "models/base/text.h"
#include "models/logs/requesttimes.h"
#include "models/logs/textescape.h"

#include <algorithm>

namespace halfshake {

namespace {

bool isMethod(std::string_view text)
{
    return !text.empty() && std::ranges::all_of(text, [](char character) {
        return (character >= 'A' && character <= 'Z') || character == '_' || character == '-';
    });
}

/// Other proxies than nginx write the port with it; HAProxy an IPv6 address without brackets.
std::string_view clientAddress(const AccessFields& fields)
{
    auto address = fields[LogField::RemoteAddr];
    const bool hasPort = fields.dialect == LogDialect::HAProxy
        || (fields.dialect != LogDialect::Nginx && Endpoint::parse(address).has_value());
    if (!hasPort)
        return address;
    address = address.substr(0, address.rfind(':'));
    const bool isBracketed = address.starts_with('[') && address.ends_with(']');
    return isBracketed ? address.substr(1, address.size() - 2) : address;
}

} // namespace

RequestLine splitRequestLine(std::string_view request)
{
    const auto blank = request.find(' ');
    if (blank == std::string_view::npos || !isMethod(request.substr(0, blank)))
        return {};
    auto target = request.substr(blank + 1);
    if (const auto version = target.rfind(" HTTP/"); version != std::string_view::npos)
        target = target.substr(0, version);
    return {request.substr(0, blank), target};
}

StringId RequestBuilder::kept(std::string_view value, ValueEscape escape, ColumnText& column)
{
    if (value.empty() || value == "-")
        return {};
    return column.keep(unescaped(value, escape, m_buffer));
}

void RequestBuilder::setRequestLine(const AccessFields& fields, ProxyRequest& request)
{
    // undone as a whole: an escaped blank is one that the client sent
    const auto line = splitRequestLine(unescaped(fields[LogField::Request], fields.escape, m_buffer));
    if (!line.method.empty()) {
        request.method = m_names.keep(line.method);
        request.target = m_targets.keep(line.target);
    }
}

void RequestBuilder::setTarget(const AccessFields& fields, ProxyRequest& request)
{
    if (fields.has(LogField::RequestUri)) {
        request.target = kept(fields[LogField::RequestUri], fields.escape, m_targets);
        return;
    }
    const auto path = fields[LogField::Uri];
    const auto query = fields[LogField::Args];
    if (path.empty() || path == "-")
        return;
    m_joined = path;
    if (!query.empty() && query != "-")
        m_joined.append(1, '?').append(query);
    request.target = kept(m_joined, fields.escape, m_targets);
}

bool RequestBuilder::append(const AccessFields& fields, LineFit fit, LinePlace place)
{
    const auto instant = loggedInstant(fields);
    const auto status = accessStatus(fields);
    if (!instant || !status)
        return false;
    if (!m_clock.hasInferred()) {
        if (const auto zone = writtenZone(fields))
            m_clock.infer(*zone);
    }

    ProxyRequest request;
    request.line = place.line;
    request.byteOffset = place.byteOffset;
    request.loggedAt = m_clock.utc(*instant);
    request.resolution = instant->resolution;
    request.requestTime = requestDuration(fields);
    request.status = *status;
    setRequestLine(fields, request);
    if (!request.method.isValid())
        request.method = kept(fields[LogField::RequestMethod], fields.escape, m_names);
    if (!request.target.isValid())
        setTarget(fields, request);
    request.host = kept(fields[LogField::Host], fields.escape, m_names);
    request.upstreamName = kept(fields[LogField::ProxyUpstreamName], fields.escape, m_names);
    request.clientAddress = kept(clientAddress(fields), fields.escape, m_clients);
    request.requestId = kept(fields[LogField::RequestId], fields.escape, m_requestIds);
    request.requestIdHash = requestIdHash(m_log.text(request.requestId));
    request.connection = toInteger<std::uint64_t>(fields[LogField::Connection]).value_or(0);
    request.isPartlyParsed = fit != LineFit::Whole;

    const auto row = static_cast<std::uint32_t>(m_log.requests.size());
    // lists that were cut off would make failures of attempts that went well
    if (fit == LineFit::Whole || fields.has(LogField::UpstreamStatus))
        m_attempts.append(fields, request, row);
    else
        request.firstAttempt = static_cast<std::uint32_t>(m_log.upstreamAttempts.size());
    m_log.requests.push_back(request);
    return true;
}

} // namespace halfshake
