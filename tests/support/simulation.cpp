// SPDX-FileCopyrightText: The Halfshake authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "tests/support/simulation.h"

#include "tests/support/simulatedcapture.h"
#include "tests/support/simulatedlogs.h"
#include "tests/support/simulatedtraffic.h"

#include <format>

namespace halfshake::test {

namespace {

std::string sysctlDump(const SimulationOptions& options)
{
    return std::format("kernel.osrelease = 6.1.0-18-amd64\n"
                       "net.core.netdev_max_backlog = 1000\n"
                       "net.core.somaxconn = 4096\n"
                       "net.ipv4.conf.all.rp_filter = 0\n"
                       "net.ipv4.ip_local_port_range = {}\t60999\n"
                       "net.ipv4.ip_local_reserved_ports = \n"
                       "net.ipv4.tcp_syn_retries = {}\n"
                       "net.ipv4.tcp_synack_retries = 5\n"
                       "net.ipv4.tcp_tw_reuse = 2\n",
        options.firstPort, options.synRetries);
}

std::string serviceList()
{
    std::string text = "apiVersion: v1\nkind: List\nitems:\n";
    int number = 0;
    for (const auto port : simulatedNodePorts)
        text += std::format("- apiVersion: v1\n  kind: Service\n  metadata: {{name: svc-{}, namespace: shop}}\n"
                            "  spec:\n    type: NodePort\n    ports:\n"
                            "    - {{name: http, port: 80, targetPort: 8080, protocol: TCP, nodePort: {}}}\n",
            number++, port);
    return text;
}

} // namespace

SimulatedIncident simulate(const SimulationOptions& options)
{
    const SimulatedTraffic traffic(options);
    auto logs = proxyLogs(options, traffic.requests());
    SimulatedIncident incident;
    incident.failures = std::move(logs.failures);
    const auto drift = static_cast<double>((options.span / 2).count()) * options.logDrift;
    incident.logAhead = options.logAhead + Duration{static_cast<Duration::rep>(drift)};
    incident.files.push_back({"access.log", std::move(logs.access)});
    if (options.isErrorLogGiven && !logs.errors.empty())
        incident.files.push_back({"error.log", std::move(logs.errors)});
    incident.files.push_back({"proxy.pcap", proxyCapture(options, traffic.connections())});
    if (options.hasServerCaptures) {
        int number = 0;
        for (const auto& server : traffic.upstreams())
            incident.files.push_back(
                {std::format("pod-{}.pcap", number++), serverCapture(options, traffic.connections(), server)});
    }
    incident.files.push_back({"proxy-sysctl.txt", sysctlDump(options)});
    incident.files.push_back({"services.yaml", serviceList()});
    if (options.shape == LogShape::Milliseconds)
        incident.files.push_back({"nginx.conf", proxyConfiguration(options)});
    return incident;
}

} // namespace halfshake::test
