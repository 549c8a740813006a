// SPDX-FileCopyrightText: The Halfshake authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "models/parameters/parameterfile.h"

#include "models/parameters/sysctldump.h"

#include <algorithm>
#include <utility>

namespace halfshake {

namespace {

/// How one kind of file is recognised and read.
struct ParameterFormat
{
    ParameterFileKind kind;
    std::string_view name;
    ProbeResult (*probe)(const ProbeInput& input);
    Expected<void> (*read)(const ByteSource& source, ParameterFile& file, JobContext& job);
};

/// In the order of the enumeration; of two equally sure, the first is taken.
constexpr ParameterFormat formats[] = {
    {ParameterFileKind::SysctlDump, "sysctl dump", probeSysctlDump, readSysctlDump},
};

const ParameterFormat& formatOf(ParameterFileKind kind)
{
    const auto* const found = std::ranges::find(formats, kind, &ParameterFormat::kind);
    return found != std::end(formats) ? *found : formats[0];
}

} // namespace

std::string_view toString(ParameterFileKind kind)
{
    return formatOf(kind).name;
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
