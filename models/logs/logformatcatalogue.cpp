// SPDX-FileCopyrightText: The Halfshake authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "models/logs/logformatcatalogue.h"

#include <string>

namespace halfshake {

namespace {

std::vector<LogFormatDefinition> definitions()
{
    const std::string common = R"($remote_addr - $remote_user [$time_local] "$request" $status $body_bytes_sent)";
    const std::string combined = common + R"( "$http_referer" "$http_user_agent")";
    // Up to 0.25 the address after X-Forwarded-For was written as well.
    const std::string combinedWithRealIp =
        R"($remote_addr - [$the_real_ip] - $remote_user [$time_local] "$request" $status $body_bytes_sent)"
        R"( "$http_referer" "$http_user_agent")";
    const std::string sizeAndUpstream = " $request_length $request_time [$proxy_upstream_name]";
    const std::string alternative = " [$proxy_alternative_upstream_name]";
    const std::string attempts = " $upstream_addr $upstream_response_length $upstream_response_time $upstream_status";
    const std::string managerMiddle =
        R"( - $request_method $scheme $host "$request_uri" [Client $remote_addr] [Length $body_bytes_sent])"
        R"( [Gzip $gzip_ratio])";
    const std::string upstreamInfo = "ingress-nginx upstreaminfo";
    return {
        {upstreamInfo, combined + sizeAndUpstream + alternative + attempts + " $req_id"},
        {upstreamInfo + " (0.25)", combinedWithRealIp + sizeAndUpstream + alternative + attempts + " $req_id"},
        {upstreamInfo + " (0.15 to 0.24)", combinedWithRealIp + sizeAndUpstream + attempts + " $req_id"},
        {upstreamInfo + " (before 0.15)", combinedWithRealIp + sizeAndUpstream + attempts},
        {upstreamInfo + " (ACK)",
            combinedWithRealIp + sizeAndUpstream + attempts + " $req_id $host [$proxy_alternative_upstream_name]"},
        {"nginx main", combined + R"( "$http_x_forwarded_for")"},
        {"nginx combined", combined},
        {"nginx common", common},
        {"nginx proxy manager",
            "[$time_local] $upstream_cache_status $upstream_status $status" + managerMiddle
                + R"( [Sent-to $server] "$http_user_agent" "$http_referer")"},
        {"nginx proxy manager (no upstream)",
            "[$time_local] $status" + managerMiddle + R"( "$http_user_agent" "$http_referer")"},
        {"Traefik CLF", combined + R"( $traefik_requests "$traefik_router" "$traefik_server" ${traefik_ms}ms)"},
    };
}

std::vector<LogFormat> compiled()
{
    std::vector<LogFormat> formats;
    for (auto& definition : definitions()) {
        if (auto format = LogFormat::compile(std::move(definition)))
            formats.push_back(*std::move(format));
    }
    formats.push_back(LogFormat::anyJson());
    return formats;
}

} // namespace

const std::vector<LogFormat>& builtInLogFormats()
{
    static const auto formats = compiled();
    return formats;
}

} // namespace halfshake
