// SPDX-FileCopyrightText: The Halfshake authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "models/parameters/parameterfile.h"

#include "models/parameters/applicationproperties.h"
#include "models/parameters/conntracktable.h"
#include "models/parameters/kernelcounters.h"
#include "models/parameters/kernelmessages.h"
#include "models/parameters/kubectltables.h"
#include "models/parameters/kubernetesobjects.h"
#include "models/parameters/nginxconfiguration.h"
#include "models/parameters/sockettables.h"
#include "models/parameters/sysctlconfiguration.h"
#include "models/parameters/sysctldump.h"
#include "models/parameters/tomcatconfiguration.h"
#include "models/parameters/typedvalues.h"

#include <iterator>
#include <utility>

namespace halfshake {

namespace {

/// How one kind of file is recognised and read.
struct ParameterFormat
{
    ParameterFileKind kind;
    std::string_view name;
    std::string_view identifier;
    ProbeResult (*probe)(const ProbeInput& input);
    Expected<void> (*read)(const ByteSource& source, ParameterFile& file, JobContext& job);
};

/// In the order of the enumeration; of two equally sure, the first is taken.
constexpr ParameterFormat formats[] = {
    {ParameterFileKind::SysctlDump, "sysctl dump", "sysctl", probeSysctlDump, readSysctlDump},
    {ParameterFileKind::KubernetesObjects, "Kubernetes objects", "kubernetes", probeKubernetesObjects,
        readKubernetesObjects},
    {ParameterFileKind::KubectlServices, "kubectl get services", "kubernetes", probeKubectlServices, readKubectlTables},
    {ParameterFileKind::KubectlNodes, "kubectl get nodes", "kubernetes", probeKubectlNodes, readKubectlTables},
    {ParameterFileKind::NginxConfiguration, "nginx configuration", "nginx_configuration", probeNginxConfiguration,
        readNginxConfiguration},
    {ParameterFileKind::SysctlConfiguration, "sysctl configuration", "sysctl_configuration", probeSysctlConfiguration,
        readSysctlConfiguration},
    {ParameterFileKind::KernelCounters, "kernel counters", "kernel_counters", probeKernelCounters, readKernelCounters},
    {ParameterFileKind::SocketTables, "ss", "sockets", probeSocketTables, readSocketTables},
    {ParameterFileKind::ConntrackTable, "conntrack", "conntrack", probeConntrackTable, readConntrackTable},
    {ParameterFileKind::TomcatConfiguration, "Tomcat configuration", "tomcat_configuration", probeTomcatConfiguration,
        readTomcatConfiguration},
    {ParameterFileKind::KernelMessages, "kernel log", "kernel_log", probeKernelMessages, readKernelMessages},
    {ParameterFileKind::TypedValues, "typed values", "typed_values", probeTypedValues, readTypedValues},
    {ParameterFileKind::ApplicationProperties, "Spring Boot configuration", "application_properties",
        probeApplicationProperties, readApplicationProperties},
};

constexpr const ParameterFormat& formatOf(ParameterFileKind kind)
{
    return formats[std::to_underlying(kind)];
}

consteval bool formatsFollowEnumeration()
{
    for (std::uint8_t i = 0; const auto& format : formats) {
        if (std::to_underlying(format.kind) != i++)
            return false;
    }
    return true;
}
static_assert(formatsFollowEnumeration() && std::size(formats) == parameterFileKindCount);

} // namespace

std::string_view toString(ParameterFileKind kind)
{
    return formatOf(kind).name;
}

std::string_view identifierOf(ParameterFileKind kind)
{
    return formatOf(kind).identifier;
}

ParameterProbe probeParameterFile(const ProbeInput& input)
{
    ParameterProbe best;
    for (const auto& format : formats) {
        auto result = format.probe(input);
        if (result.confidence > best.result.confidence)
            best = {.kind = format.kind, .result = std::move(result)};
    }
    return best;
}

Expected<std::shared_ptr<const ParameterFile>> readParameterFile(
    std::shared_ptr<const ByteSource> source, EvidenceId evidence, ParameterFileKind kind, JobContext& job)
{
    auto file = std::make_shared<ParameterFile>();
    file->evidence = evidence;
    file->kind = kind;
    auto result = formatOf(kind).read(*source, *file, job);
    if (!result) {
        result.error().where.evidence = evidence;
        return std::unexpected(std::move(result.error()));
    }
    return file;
}

} // namespace halfshake
