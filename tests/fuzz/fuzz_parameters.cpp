// SPDX-FileCopyrightText: The Halfshake authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "models/parameters/parameterstore.h"
#include "tests/fuzz/check.h"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

using namespace halfshake;

namespace {

constexpr EvidenceId evidence{3};

void checkPlace(const ParameterFile& file, const SourceRef& place, std::size_t size)
{
    FUZZ_CHECK(place.evidence == evidence);
    FUZZ_CHECK(place.line <= file.lines);
    FUZZ_CHECK(place.byteOffset <= size);
}

void checkFile(const ParameterFile& file, std::size_t size)
{
    std::size_t inSections = 0;
    for (const auto& section : file.sections) {
        FUZZ_CHECK(section.firstParameter == inSections && section.parameterCount > 0);
        inSections += section.parameterCount;
    }
    FUZZ_CHECK(file.sections.empty() || inSections == file.parameters.size());
    for (const auto& parameter : file.parameters)
        checkPlace(file, parameter.place, size);
    for (const auto& port : file.nodePorts) {
        FUZZ_CHECK(port.port != 0);
        checkPlace(file, port.place, size);
    }
    for (const auto& workload : file.workloads) {
        FUZZ_CHECK(workload.isHostNetwork || workload.isIngressController || !workload.sysctlWrites.empty()
            || !workload.hostPorts.empty());
        for (const auto& write : workload.sysctlWrites)
            checkPlace(file, write.place, size);
    }
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
    const std::string_view text{reinterpret_cast<const char*>(data), size};
    const auto probe = probeParameterFile({text, size});
    FUZZ_CHECK(probe.result.confidence <= 100);
    for (std::uint8_t kind = 0; kind < parameterFileKindCount; ++kind) {
        JobContext job;
        const auto file =
            readParameterFile(memorySource(std::string{text}), evidence, static_cast<ParameterFileKind>(kind), job);
        if (!file) {
            FUZZ_CHECK(file.error().where.evidence == evidence);
            continue;
        }
        checkFile(**file, size);
        const ParameterStore store{{*file}, {}};
        FUZZ_CHECK(store.parameters().size() == (*file)->parameters.size());
        FUZZ_CHECK(store.nodePorts().size() <= (*file)->nodePorts.size());
    }
    return 0;
}
