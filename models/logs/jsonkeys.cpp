// SPDX-FileCopyrightText: The Halfshake authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "models/logs/jsonkeys.h"

#include <algorithm>
#include <array>

namespace halfshake {

namespace {

struct KnownKey
{
    std::string_view key; ///< Lower case, letters and digits only.
    JsonKeyMeaning meaning;
};

constexpr JsonKeyMeaning time(std::uint8_t rank)
{
    return {LogField::Other, rank, true};
}

constexpr auto knownKeys = std::to_array<KnownKey>({
    {"args", {LogField::Args, 0}},
    {"authority", {LogField::Host, 1}},
    {"client", {LogField::RemoteAddr, 2}},
    {"clientaddr", {LogField::RemoteAddr, 1}},
    {"clienthost", {LogField::RemoteAddr, 0, false, LogDialect::Traefik}},
    {"clientip", {LogField::RemoteAddr, 1}},
    {"connection", {LogField::Connection, 0}},
    {"connectionid", {LogField::Connection, 1}},
    {"date", time(4)},
    {"datetime", time(4)},
    {"domain", {LogField::Host, 2}},
    {"downstreamremoteaddress", {LogField::RemoteAddr, 1}},
    {"downstreamstatus", {LogField::Status, 0, false, LogDialect::Traefik}},
    {"duration", {LogField::RequestTime, 2}}, // or a whole number, whose unit the other keys tell
    {"host", {LogField::Host, 0}},
    {"httphost", {LogField::Host, 1}},
    {"httpmethod", {LogField::RequestMethod, 1}},
    {"httpxrequestid", {LogField::RequestId, 1}},
    {"method", {LogField::RequestMethod, 1}},
    {"msec", time(0)},
    {"originduration", {LogField::UpstreamNanoseconds, 0, false, LogDialect::Traefik}},
    {"originstatus", {LogField::UpstreamStatus, 2, false, LogDialect::Traefik}},
    {"path", {LogField::Uri, 2}},
    {"proxyupstreamname", {LogField::ProxyUpstreamName, 0}},
    {"query", {LogField::Args, 2}},
    {"querystring", {LogField::Args, 1}},
    {"realip", {LogField::RemoteAddr, 3}},
    {"remoteaddr", {LogField::RemoteAddr, 0}},
    {"remoteip", {LogField::RemoteAddr, 1}},
    {"reqid", {LogField::RequestId, 0}},
    {"request", {LogField::Request, 0}},
    {"requesthost", {LogField::Host, 1}},
    {"requestid", {LogField::RequestId, 0}},
    {"requestline", {LogField::Request, 1}},
    {"requestmethod", {LogField::RequestMethod, 0}},
    {"requestpath", {LogField::Uri, 2}},
    {"requestquery", {LogField::Args, 1}},
    {"requesttime", {LogField::RequestTime, 0}},
    {"requesturi", {LogField::RequestUri, 0}},
    {"requesturl", {LogField::RequestUri, 1}},
    {"responsecode", {LogField::Status, 1}},
    {"responsecodedetails", {LogField::ResponseDetails, 0, false, LogDialect::Envoy}},
    {"responseflags", {LogField::ResponseFlags, 0, false, LogDialect::Envoy}},
    {"responsetime", {LogField::RequestTime, 2}},
    {"rt", {LogField::RequestTime, 1}},
    {"serviceaddr", {LogField::UpstreamAddr, 2, false, LogDialect::Traefik}},
    {"servicename", {LogField::ProxyUpstreamName, 1}},
    {"starttime", {LogField::Other, 1, true}},
    {"startutc", {LogField::Other, 1, true, LogDialect::Traefik}},
    {"status", {LogField::Status, 0}},
    {"statuscode", {LogField::Status, 1}},
    {"time", time(2)},
    {"timeiso8601", time(1)},
    {"timelocal", time(1)},
    {"timestamp", time(3)}, // also @timestamp, which a shipper may have put there
    {"ts", time(4)},
    {"ua", {LogField::UpstreamAddr, 2}}, // more often the user agent: its value tells
    {"uct", {LogField::UpstreamConnectTime, 1}},
    {"uht", {LogField::UpstreamHeaderTime, 1}},
    {"upstream", {LogField::UpstreamAddr, 3}},
    {"upstreamaddr", {LogField::UpstreamAddr, 0}},
    {"upstreamaddress", {LogField::UpstreamAddr, 1}},
    {"upstreamcluster", {LogField::ProxyUpstreamName, 1}},
    {"upstreamconnecttime", {LogField::UpstreamConnectTime, 0}},
    {"upstreamheadertime", {LogField::UpstreamHeaderTime, 0}},
    {"upstreamhost", {LogField::UpstreamAddr, 2}},
    {"upstreamname", {LogField::ProxyUpstreamName, 1}},
    {"upstreamresponselength", {LogField::UpstreamResponseLength, 0}},
    {"upstreamresponsetime", {LogField::UpstreamResponseTime, 0}},
    {"upstreamservicetime", {LogField::UpstreamMilliseconds, 0, false, LogDialect::Envoy}},
    {"upstreamstatus", {LogField::UpstreamStatus, 0}},
    {"upstreamtime", {LogField::UpstreamResponseTime, 1}},
    {"upstreamtransportfailurereason", {LogField::TransportFailure, 0, false, LogDialect::Envoy}},
    {"uri", {LogField::Uri, 1}},
    {"url", {LogField::Uri, 2}},
    {"urt", {LogField::UpstreamResponseTime, 1}},
    {"us", {LogField::UpstreamStatus, 1}},
    {"ut", {LogField::UpstreamResponseTime, 2}},
    {"verb", {LogField::RequestMethod, 2}},
    {"vhost", {LogField::Host, 1}},
    {"xenvoyoriginpath", {LogField::Uri, 2, false, LogDialect::Envoy}},
    {"xenvoyupstreamservicetime", {LogField::UpstreamMilliseconds, 0, false, LogDialect::Envoy}},
    {"xrequestid", {LogField::RequestId, 1}},
});
static_assert(std::ranges::is_sorted(knownKeys, {}, &KnownKey::key));

constexpr std::size_t longestKey = 40;

} // namespace

JsonKeyMeaning meaningOfJsonKey(std::string_view key)
{
    std::array<char, longestKey> buffer{};
    std::size_t length = 0;
    for (const char character : key) {
        const bool isUpper = character >= 'A' && character <= 'Z';
        const bool isKept = isUpper || (character >= 'a' && character <= 'z') || (character >= '0' && character <= '9');
        if (!isKept)
            continue;
        if (length == buffer.size())
            return {};
        buffer[length++] = isUpper ? static_cast<char>(character - 'A' + 'a') : character;
    }
    const std::string_view normalised{buffer.data(), length};
    const auto found = std::ranges::lower_bound(knownKeys, normalised, {}, &KnownKey::key);
    return found != knownKeys.end() && found->key == normalised ? found->meaning : JsonKeyMeaning{};
}

} // namespace halfshake
