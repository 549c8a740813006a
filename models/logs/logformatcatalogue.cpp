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
        {"Traefik CLF", combined + R"( $traefik_requests "$traefik_router" "$upstream_url" ${duration_ms}ms)",
            ValueEscape::Default, LogDialect::Traefik},
        {"Tomcat common with duration", common + " $duration_any_unit", ValueEscape::Default, LogDialect::Tomcat},
        {"Tomcat combined with duration", combined + " $duration_any_unit", ValueEscape::Default, LogDialect::Tomcat},
    };
}

/// Envoy's default format, and what Istio makes of it (reference: proxy-logs 1.8).
std::vector<LogFormatDefinition> envoyDefinitions()
{
    const std::string beginning = R"([$envoy_start] "$request" $status $envoy_flags )";
    const std::string middle = R"($bytes_received $body_bytes_sent $duration_ms $envoy_upstream_ms)"
                               R"( "$http_x_forwarded_for" "$http_user_agent" "$request_id" "$host" "$upstream_url")";
    const std::string addresses =
        " $upstream_cluster $upstream_local_address $downstream_local_address $downstream_remote_address"
        " $requested_server_name";
    const std::string details = R"($envoy_details $envoy_termination "$transport_failure" )";
    std::vector<LogFormatDefinition> formats{
        {"Envoy", beginning + middle},
        {"Istio", beginning + details + middle + addresses + " $route_name"},
        {"Istio (before 1.8)", beginning + R"("$mixer_status" "$transport_failure" )" + middle + addresses},
        {"Istio (1.6 to 1.8)",
            beginning + R"("$mixer_status" "$transport_failure" )" + middle + addresses + " $route_name"},
    };
    for (auto& format : formats) {
        format.escape = ValueEscape::None;
        format.dialect = LogDialect::Envoy;
    }
    return formats;
}

/// option httplog, without captured headers and with those of requests, or of requests and responses.
std::vector<LogFormatDefinition> haproxyDefinitions()
{
    const std::string beginning = "$client_port_pair [$haproxy_start] $frontend $haproxy_backend_server $haproxy_timers"
                                  " $haproxy_status $bytes_read $request_cookie $response_cookie $haproxy_state"
                                  " $haproxy_counts $queues ";
    const std::string request = R"("$request")";
    std::vector<LogFormatDefinition> formats{
        {"HAProxy HTTP", beginning + request},
        {"HAProxy HTTP", beginning + "{$captured} " + request},
        {"HAProxy HTTP", beginning + "{$captured} {$captured_response} " + request},
    };
    for (auto& format : formats)
        format.dialect = LogDialect::HAProxy;
    return formats;
}

std::vector<LogFormat> compiled()
{
    std::vector<LogFormat> formats;
    for (const auto& family : {definitions(), envoyDefinitions(), haproxyDefinitions()}) {
        for (const auto& definition : family) {
            if (auto format = LogFormat::compile(definition))
                formats.push_back(*std::move(format));
        }
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
