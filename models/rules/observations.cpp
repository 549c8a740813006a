// SPDX-FileCopyrightText: The Halfshake authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "models/rules/observations.h"

#include "models/base/text.h"
#include "models/rules/countervariables.h"
#include "models/rules/socketvariables.h"

#include <algorithm>
#include <array>
#include <map>
#include <tuple>
#include <utility>

namespace halfshake {

namespace {

using Files = std::vector<const ParameterFile*>;

/// Where samples of a file's kind go; null for other kinds.
Files Observations::* listOf(ParameterFileKind kind)
{
    switch (kind) {
    case ParameterFileKind::KernelCounters:
        return &Observations::counters;
    case ParameterFileKind::SocketTables:
        return &Observations::sockets;
    case ParameterFileKind::ConntrackTable:
        return &Observations::trackedConnections;
    case ParameterFileKind::KernelMessages:
        return &Observations::kernelMessages;
    default:
        return nullptr;
    }
}

bool isSeparator(char c)
{
    return c == '-' || c == '_' || c == '.' || c == ' ' || c == ':';
}

/// A word that tells one sample of a thing from the next.
bool isSampleWord(std::string_view word)
{
    static constexpr std::array<std::string_view, 16> samples{"after", "before", "begin", "during", "end", "first",
        "last", "later", "log", "mid", "middle", "out", "second", "start", "then", "txt"};
    const bool isNumber = !word.empty() && std::ranges::all_of(word, [](char c) { return c >= '0' && c <= '9'; });
    const bool isTime = word.size() > 1 && word.front() == 't' && toInteger<int>(word.substr(1)).has_value();
    return word.empty() || isNumber || isTime || std::ranges::binary_search(samples, word);
}

/// Files that are samples of the same thing, by what is stated about them, else by their names.
auto groupKey(const ParameterStore& parameters, const ParameterFile& file)
{
    const auto scope = parameters.scopeOf(file.evidence);
    const bool isStated = !scope.host.empty() && !scope.networkNamespace.empty();
    return std::tuple(scope.host, scope.networkNamespace, isStated ? std::string{} : sampleGroup(scope.label),
        isStated ? ParameterFileKind::SysctlDump : file.kind);
}

} // namespace

std::set<std::string> Observations::names() const
{
    std::set<std::string> names;
    if (!counters.empty())
        names.insert("counters");
    if (!sockets.empty())
        names.insert("sockets");
    if (!trackedConnections.empty())
        names.insert("trackedConnections");
    if (!kernelMessages.empty())
        names.insert("kernelMessages");
    return names;
}

std::string sampleGroup(std::string_view name)
{
    auto rest = name;
    while (!rest.empty()) {
        const auto separator = std::ranges::find_if(rest.rbegin(), rest.rend(), isSeparator);
        const auto length = static_cast<std::size_t>(rest.rend() - separator);
        if (length == 0 || !isSampleWord(rest.substr(length)))
            break;
        rest = rest.substr(0, length - 1);
    }
    return std::string{rest.empty() ? name : rest};
}

std::vector<Observations> observationsOf(const ParameterStore& parameters)
{
    std::vector<Observations> all;
    using Key = decltype(groupKey(parameters, std::declval<const ParameterFile&>()));
    std::map<Key, std::size_t> groups;
    for (const auto& file : parameters.files()) {
        const auto list = listOf(file->kind);
        if (!list)
            continue;
        const auto scope = parameters.scopeOf(file->evidence);
        const auto [group, isNew] = groups.try_emplace(groupKey(parameters, *file), all.size());
        if (isNew) {
            all.push_back({.label = {},
                .host = scope.host,
                .networkNamespace = scope.networkNamespace,
                .counters = {},
                .sockets = {},
                .trackedConnections = {},
                .kernelMessages = {}});
        }
        auto& observations = all[group->second];
        observations.label += (observations.label.empty() ? "" : ", ") + scope.label;
        (observations.*list).push_back(file.get());
    }
    return all;
}

ValueMap observationVariables(const ParameterStore& parameters, const Observations& observations)
{
    ValueMap variables;
    if (!observations.counters.empty())
        variables.merge(counterVariables(parameters, observations.counters));
    if (!observations.sockets.empty())
        variables.emplace("sockets", socketVariables(parameters, observations.sockets));
    if (!observations.trackedConnections.empty())
        variables.emplace(
            "trackedConnections", trackedConnectionVariables(parameters, observations.trackedConnections));
    if (!observations.kernelMessages.empty())
        variables.emplace("kernelMessages", kernelMessageVariables(parameters, observations.kernelMessages));
    return variables;
}

} // namespace halfshake
