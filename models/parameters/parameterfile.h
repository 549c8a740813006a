// SPDX-FileCopyrightText: The Halfshake authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "models/base/diagnosticlog.h"
#include "models/base/jobcontext.h"
#include "models/io/bytesource.h"
#include "models/io/probe.h"
#include "models/parameters/parameter.h"

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace halfshake {

/// What kind of text a parameter evidence is.
enum class ParameterFileKind : std::uint8_t {
    SysctlDump, ///< Output of sysctl -a.
    KubernetesObjects, ///< YAML or JSON, one or many documents.
    KubectlServices, ///< Table of kubectl get services.
    KubectlNodes, ///< Table of kubectl get nodes -o wide.
    NginxConfiguration, ///< nginx.conf or nginx -T.
    SysctlConfiguration, ///< /etc/sysctl.conf, a file of sysctl.d.
    KernelCounters, ///< nstat, netstat -s, /proc/net/netstat, sockstat, conntrack -S.
    SocketTables, ///< ss, in any form.
    ConntrackTable, ///< conntrack -L.
    TomcatConfiguration, ///< server.xml
    KernelMessages, ///< dmesg, kern.log.
    TypedValues, ///< What people know and no file states: timeouts of a load balancer.
    ApplicationProperties, ///< Spring Boot's application.properties or application.yaml.
};

inline constexpr std::uint8_t parameterFileKindCount = 13;

/// For people: "sysctl dump", "Kubernetes objects".
[[nodiscard]] std::string_view toString(ParameterFileKind kind);

/// For exports and the command line, stable: "sysctl", "sysctl_configuration", "kubernetes" (objects and tables),
/// "nginx_configuration", "kernel_counters", "sockets", "conntrack", "tomcat_configuration", "kernel_log",
/// "typed_values", "application_properties".
[[nodiscard]] std::string_view identifierOf(ParameterFileKind kind);

/// The part of a dump that speaks of one host: dumps of several are often in one file (tail, ansible, pdsh).
struct ParameterSection
{
    std::string host; ///< As the header says, else kernel.hostname; "" = unknown.
    std::string kernelVersion; ///< kernel.osrelease; "" = unknown.
    bool isComplete = false; ///< As ParameterFile::isComplete.
    bool isInitialNamespace = false; ///< As ParameterFile::isInitialNamespace.
    std::size_t firstParameter = 0; ///< Row of ParameterFile::parameters.
    std::size_t parameterCount = 0;
};

/// What was read from one evidence that holds settings. Immutable once handed out.
struct ParameterFile
{
    EvidenceId evidence;
    ParameterFileKind kind = ParameterFileKind::SysctlDump;
    std::vector<Parameter> parameters; ///< In file order, repeats kept.
    std::vector<NodePort> nodePorts;
    std::vector<Workload> workloads;
    std::vector<ParameterSection> sections; ///< Of a dump, by host; one in most.
    std::string host; ///< kernel.hostname of a dump; "" = unknown, or hosts differ.
    std::string kernelVersion; ///< kernel.osrelease or the node table's KERNEL-VERSION if all agree; "" = unknown.
    bool isComplete = true; ///< A dump without a denied line, and with net.core.somaxconn.
    bool isInitialNamespace = false; ///< The dump has keys only the initial network namespace shows.
    bool listsServices = false; ///< Names Services, so that the absence of NodePorts means there are none.
    std::uint64_t lines = 0;
    DiagnosticLog diagnostics;
};

struct ParameterProbe
{
    ParameterFileKind kind = ParameterFileKind::SysctlDump;
    ProbeResult result;
};

/// The best fitting kind, or confidence 0.
[[nodiscard]] ParameterProbe probeParameterFile(const ProbeInput& input);

/// Errors: ManifestMalformed, ManifestTooLarge, ParameterDumpNotLinux, NotText, Cancelled.
[[nodiscard]] Expected<std::shared_ptr<const ParameterFile>> readParameterFile(
    std::shared_ptr<const ByteSource> source, EvidenceId evidence, ParameterFileKind kind, JobContext& job);

} // namespace halfshake
