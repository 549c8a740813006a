// SPDX-FileCopyrightText: The Halfshake authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "models/rules/hostdump.h"

#include <algorithm>
#include <ranges>

namespace halfshake {

const Parameter* HostDump::find(std::string_view key) const
{
    const auto reversed = settings | std::views::reverse;
    const auto it = std::ranges::find(reversed, key, &Parameter::key);
    return it == reversed.end() ? nullptr : &*it;
}

std::span<const Parameter> settingsOf(const ParameterStore& parameters, EvidenceId evidence)
{
    const auto range = std::ranges::equal_range(
        parameters.parameters(), evidence, {}, [](const Parameter& parameter) { return parameter.place.evidence; });
    return {range.begin(), range.end()};
}

std::vector<HostDump> hostDumps(const ParameterStore& parameters)
{
    std::vector<HostDump> dumps;
    for (const auto& file : parameters.files()) {
        if (file->kind != ParameterFileKind::SysctlDump)
            continue;
        const auto scope = parameters.scopeOf(file->evidence);
        const auto settings = settingsOf(parameters, file->evidence);
        if (file->sections.size() < 2) {
            dumps.push_back({file->evidence, scope.label, scope.host, scope.networkNamespace, file->isComplete,
                file->isInitialNamespace, settings});
            continue;
        }
        for (const auto& section : file->sections) {
            const auto label = section.host.empty() ? scope.label : scope.label + ", " + section.host;
            dumps.push_back({file->evidence, label, section.host, scope.networkNamespace, section.isComplete,
                section.isInitialNamespace, settings.subspan(section.firstParameter, section.parameterCount)});
        }
    }
    return dumps;
}

} // namespace halfshake
