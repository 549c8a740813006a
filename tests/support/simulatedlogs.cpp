// SPDX-FileCopyrightText: The Halfshake authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "tests/support/simulatedlogs.h"

#include "tests/support/logbuilder.h"
#include "tests/support/testtime.h"

#include <algorithm>
#include <format>
#include <numeric>

namespace halfshake::test {

namespace {

using namespace std::chrono_literals;
using Milliseconds = std::chrono::milliseconds;

std::string seconds(Duration duration)
{
    return std::format("{:.3f}", static_cast<double>(std::chrono::round<Milliseconds>(duration).count()) / 1000.0);
}

/// The proxy's clock at \a at.
std::chrono::sys_time<Milliseconds> stamped(const SimulationOptions& options, Duration at)
{
    const auto drift = Duration{static_cast<Duration::rep>(static_cast<double>(at.count()) * options.logDrift)};
    const auto step = at > options.span / 2 ? options.logStep : Duration{0};
    const auto time = testStart() + at + options.logAhead + drift + step;
    return std::chrono::sys_time<Milliseconds>{std::chrono::floor<Milliseconds>(time.time_since_epoch())};
}

std::string zoneText(std::chrono::minutes zone)
{
    const auto size = std::chrono::abs(zone).count();
    return std::format("{}{:02}{:02}", zone < 0min ? '-' : '+', size / 60, size % 60);
}

class Writer
{
public:
    Writer(const SimulationOptions& options, const std::vector<SimulatedRequest>& requests)
        : m_options(options), m_requests(requests)
    {
    }

    SimulatedLogs run();

private:
    [[nodiscard]] std::string line(const SimulatedRequest& request) const;
    [[nodiscard]] std::string list(const SimulatedRequest& request, auto&& text) const;
    [[nodiscard]] std::string localTime(Duration at) const;
    void addErrors(const SimulatedRequest& request, std::size_t number);

    const SimulationOptions& m_options;
    const std::vector<SimulatedRequest>& m_requests;
    std::vector<std::pair<Duration, std::string>> m_errors;
};

std::string Writer::list(const SimulatedRequest& request, auto&& text) const
{
    std::string joined;
    for (const auto& each : request.tries)
        joined += (joined.empty() ? "" : ", ") + text(each);
    return joined;
}

std::string Writer::localTime(Duration at) const
{
    const auto time = std::chrono::floor<std::chrono::seconds>(stamped(m_options, at) + m_options.zone);
    return std::format("{:%d/%b/%Y:%H:%M:%S} {}", time, zoneText(m_options.zone));
}

std::string Writer::line(const SimulatedRequest& request) const
{
    const auto end = request.at + request.length();
    const auto text = request.method + ' ' + request.target + " HTTP/1.1";
    if (m_options.shape == LogShape::UpstreamInfo) {
        AccessEntry entry{.clientAddress = "10.20.1.5",
            .time = localTime(end),
            .request = text,
            .status = request.status,
            .requestTime = seconds(request.length()),
            .groups = {{}},
            .requestId = request.requestId};
        for (const auto& each : request.tries)
            entry.groups[0].push_back({each.upstream, each.status, seconds(each.length)});
        return upstreamInfoLine(entry);
    }
    const auto address = list(request, [](const SimulatedTry& each) { return each.upstream; });
    const auto status = list(request, [](const SimulatedTry& each) { return each.status; });
    const auto times = list(request, [](const SimulatedTry& each) { return seconds(each.length); });
    const auto connects = list(request, [](const SimulatedTry& each) { return each.connectTime; });
    const auto stamp = stamped(m_options, end).time_since_epoch().count();
    const auto precise = std::format("{}.{:03}", stamp / 1000, stamp % 1000);
    if (m_options.shape == LogShape::Json)
        return std::format(
            R"({{"time_iso8601": "{:%FT%T}", "msec": "{}", "remote_addr": "10.20.1.5", "request": "{}", )"
            R"("status": "{}", "request_time": "{}", "upstream_addr": "{}", "upstream_status": "{}", )"
            R"("upstream_response_time": "{}", "upstream_connect_time": "{}", "request_id": "{}"}})",
            std::chrono::floor<std::chrono::seconds>(stamped(m_options, end)), precise, text, request.status,
            seconds(request.length()), address, status, times, connects, request.requestId);
    return std::format("10.20.1.5 - [{}] {} \"{}\" {} rt={} ua=\"{}\" us=\"{}\" ut=\"{}\" uc=\"{}\" id={}",
        localTime(end), precise, text, request.status, seconds(request.length()), address, status, times, connects,
        request.requestId);
}

void Writer::addErrors(const SimulatedRequest& request, std::size_t number)
{
    auto at = request.at;
    for (const auto& each : request.tries) {
        at += each.length;
        if (each.message.empty())
            continue;
        const auto time = std::chrono::floor<std::chrono::seconds>(stamped(m_options, at) + m_options.zone);
        m_errors.emplace_back(at,
            errorLogLine({.time = std::format("{:%Y/%m/%d %H:%M:%S}", time),
                .connection = number + 1,
                .message = each.message,
                .request = request.method + ' ' + request.target + " HTTP/1.1",
                .upstream = "http://" + each.upstream + request.target}));
    }
}

SimulatedLogs Writer::run()
{
    std::vector<std::size_t> order(m_requests.size());
    std::iota(order.begin(), order.end(), 0u);
    std::ranges::stable_sort(order, {}, [this](std::size_t i) { return m_requests[i].at + m_requests[i].length(); });
    SimulatedLogs logs;
    std::uint64_t number = 0;
    for (const auto i : order) {
        const auto& request = m_requests[i];
        logs.access += line(request) + '\n';
        ++number;
        addErrors(request, i);
        for (std::uint16_t t = 0; t < request.tries.size(); ++t) {
            if (request.tries[t].status != "200")
                logs.failures.push_back({number, t, request.tries[t].client, request.tries[t].fault});
        }
    }
    std::ranges::stable_sort(m_errors, {}, [](const auto& error) { return error.first; });
    for (const auto& [at, text] : m_errors)
        logs.errors += text + '\n';
    return logs;
}

} // namespace

SimulatedLogs proxyLogs(const SimulationOptions& options, const std::vector<SimulatedRequest>& requests)
{
    return Writer(options, requests).run();
}

std::string proxyConfiguration(const SimulationOptions& options)
{
    return std::format(R"(worker_processes 2;
http {{
    log_format precise '$remote_addr - [$time_local] $msec "$request" $status rt=$request_time ua="$upstream_addr" '
                       'us="$upstream_status" ut="$upstream_response_time" uc="$upstream_connect_time" id=$request_id';
    access_log /var/log/nginx/access.log precise;
    server {{
        listen 80;
        location / {{
            proxy_connect_timeout {}s;
            proxy_read_timeout 8s;
            proxy_pass http://orders;
        }}
    }}
}}
)",
        options.connectTimeout / 1s);
}

} // namespace halfshake::test
