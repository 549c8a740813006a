// SPDX-FileCopyrightText: The Halfshake authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "models/logs/attemptbuilder.h"

#include "models/base/text.h"
#include "models/logs/attemptclassifier.h"
#include "models/logs/attempttimes.h"
#include "models/logs/lastattempt.h"
#include "models/logs/timestamp.h"

#include <algorithm>
#include <array>
#include <optional>
#include <span>

namespace halfshake {

namespace {

/// The item for attempt \a index; nothing where nginx had none to write.
std::string_view itemText(const UpstreamList& list, std::size_t index)
{
    if (list.isEmpty() || index >= list.items.size() || list.items[index].text == "-")
        return {};
    return list.items[index].text;
}

std::optional<std::uint16_t> statusOf(std::string_view item)
{
    return item.size() == 3 ? toInteger<std::uint16_t>(item) : std::nullopt;
}

/// Whether the items are what nginx writes as statuses; anything else means the line was damaged.
bool areStatuses(const UpstreamList& list)
{
    return std::ranges::all_of(
        list.items, [](const auto& item) { return item.text == "-" || statusOf(item.text).has_value(); });
}

bool isUnsafeToRepeat(std::string_view method)
{
    return method == "POST" || method == "LOCK" || method == "PATCH";
}

} // namespace

void AttemptBuilder::readLists(const AccessFields& fields)
{
    parseUpstreamList(fields[LogField::UpstreamAddr], m_addresses);
    parseUpstreamList(fields[LogField::UpstreamStatus], m_statuses);
    parseUpstreamList(fields[LogField::UpstreamResponseTime], m_responseTimes);
    parseUpstreamList(fields[LogField::UpstreamConnectTime], m_connectTimes);
    parseUpstreamList(fields[LogField::UpstreamHeaderTime], m_headerTimes);
    parseUpstreamList(fields[LogField::UpstreamResponseLength], m_responseLengths);
}

const UpstreamList* AttemptBuilder::canonicalList() const
{
    for (const auto* list : {&m_addresses, &m_statuses, &m_responseTimes}) {
        if (!list->isEmpty())
            return list;
    }
    return nullptr;
}

bool AttemptBuilder::areAligned(const UpstreamList& canonical) const
{
    const std::array lists{
        &m_addresses, &m_statuses, &m_responseTimes, &m_connectTimes, &m_headerTimes, &m_responseLengths};
    return areStatuses(m_statuses) && std::ranges::all_of(lists, [&](const UpstreamList* list) {
        return list->isEmpty() || haveSameShape(*list, canonical);
    });
}

void AttemptBuilder::setPeer(UpstreamAttempt& attempt, std::string_view text)
{
    if (text.empty())
        return;
    attempt.upstream = m_strings.intern(text);
    auto& known = m_knownPeers[attempt.upstream.value() % m_knownPeers.size()];
    if (known.upstream != attempt.upstream)
        known = {attempt.upstream, Endpoint::parse(text)};
    attempt.endpoint = known.endpoint;
}

void AttemptBuilder::appendAligned(const UpstreamList& canonical, const ProxyRequest& request, std::uint32_t row)
{
    const auto first = m_attempts.size();
    for (std::size_t i = 0; i < canonical.items.size(); ++i) {
        const auto peer = itemText(m_addresses, i);
        const auto status = statusOf(itemText(m_statuses, i));
        if (!m_addresses.isEmpty() && peer.empty() && !status)
            continue; // a group that reached no peer: the name was not resolved
        auto& attempt = m_attempts.emplace_back();
        attempt.request = row;
        attempt.index = static_cast<std::uint16_t>(i);
        attempt.group = canonical.items[i].group;
        setPeer(attempt, peer);
        attempt.status = status;
        attempt.responseTime = parseSeconds(itemText(m_responseTimes, i));
        attempt.connectTime = parseSeconds(itemText(m_connectTimes, i));
        attempt.headerTime = parseSeconds(itemText(m_headerTimes, i));
    }
    const auto attempts = std::span{m_attempts}.subspan(first);
    if (m_responseTimes.isEmpty())
        return;
    setStartIntervals(attempts, request);
}

void AttemptBuilder::appendLast(const AccessFields& fields, ProxyRequest& request, std::uint32_t row)
{
    auto last = lastAttempt(fields, request);
    if (!last)
        return;
    last->attempt.request = row;
    if (!last->upstream.empty())
        last->attempt.upstream = m_strings.intern(last->upstream);
    m_attempts.push_back(last->attempt);
    request.attemptCount = 1;
}

void AttemptBuilder::appendMisaligned(std::uint32_t row)
{
    auto& attempt = m_attempts.emplace_back();
    attempt.request = row;
    attempt.isListAligned = false;
    if (!m_addresses.items.empty()) {
        const auto& last = m_addresses.items.back();
        attempt.index = static_cast<std::uint16_t>(m_addresses.items.size() - 1);
        attempt.group = last.group;
        setPeer(attempt, last.text == "-" ? std::string_view{} : last.text);
    }
    if (!m_statuses.items.empty())
        attempt.status = statusOf(m_statuses.items.back().text);
}

void AttemptBuilder::inferLastStatus(const ProxyRequest& request, std::size_t first)
{
    constexpr std::uint16_t clientClosedRequest = 499;
    if (m_attempts.size() == first || request.status == clientClosedRequest || request.status < 100)
        return;
    m_attempts.back().status = request.status;
}

void AttemptBuilder::append(const AccessFields& fields, ProxyRequest& request, std::uint32_t row)
{
    const auto first = m_attempts.size();
    request.firstAttempt = static_cast<std::uint32_t>(first);
    if (fields.dialect != LogDialect::Nginx) {
        appendLast(fields, request, row);
        return;
    }
    readLists(fields);
    const auto* canonical = canonicalList();
    if (canonical == nullptr)
        return;
    const bool hasStatuses = fields.has(LogField::UpstreamStatus);
    // without statuses it is unknown whether a group before the last one ended well
    request.areListsMisaligned = !areAligned(*canonical) || (!hasStatuses && canonical->groups > 1);
    if (request.areListsMisaligned)
        appendMisaligned(row);
    else
        appendAligned(*canonical, request, row);
    if (!hasStatuses)
        inferLastStatus(request, first);

    request.attemptCount = static_cast<std::uint32_t>(m_attempts.size() - first);
    classify(request, first);
}

void AttemptBuilder::classify(const ProxyRequest& request, std::size_t first)
{
    AttemptContext context{.hasConnectTimes = !m_connectTimes.items.empty(),
        .isUnsafeToRepeat = request.method.isValid() && isUnsafeToRepeat(m_strings.view(request.method))};
    for (auto i = first; i < m_attempts.size(); ++i) {
        auto& attempt = m_attempts[i];
        if (!attempt.hasFailed())
            continue;
        const auto length = itemText(m_responseLengths, attempt.index);
        context.hasBody = !length.empty() && length != "0";
        context.hasNoPeer =
            attempt.upstream.isValid() && !attempt.endpoint && !m_strings.view(attempt.upstream).starts_with("unix:");
        context.wasRetried = i + 1 < m_attempts.size() && m_attempts[i + 1].group == attempt.group;
        attempt.errorClass = attempt.isListAligned ? guessErrorClass(attempt, request, context) : ErrorClass::Other;
    }
}

} // namespace halfshake
