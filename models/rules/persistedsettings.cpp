// SPDX-FileCopyrightText: The Halfshake authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "models/rules/persistedsettings.h"

#include "models/rules/hostdump.h"
#include "models/rules/sourcedvalue.h"

#include <algorithm>
#include <array>
#include <map>
#include <set>
#include <tuple>
#include <utility>

namespace halfshake {

namespace {

constexpr std::string_view procpsFile = "sysctl.conf";

std::string pathOf(const ParameterStore& parameters, const ParameterFile& file)
{
    const auto scope = parameters.scopeOf(file.evidence);
    return scope.path.empty() ? scope.label : scope.path;
}

/// Folders in the order in which they hide each other's files of the same name.
int folderRankOf(std::string_view path)
{
    static constexpr std::array<std::string_view, 4> folders{
        "/etc/sysctl.d/", "/run/sysctl.d/", "/usr/local/lib/sysctl.d/", "/usr/lib/sysctl.d/"};
    const auto padded = '/' + std::string(path);
    for (int rank = 0; const auto folder : folders) {
        if (padded.contains(folder))
            return rank;
        ++rank;
    }
    return static_cast<int>(folders.size());
}

struct Entry
{
    const ParameterFile* file = nullptr;
    std::string name;
    int folderRank = 0;

    [[nodiscard]] bool isProcpsFile() const { return name == procpsFile; }
};

/// In the order they are applied, hidden ones left out.
std::vector<const ParameterFile*> inOrder(std::vector<Entry> entries)
{
    std::ranges::stable_sort(entries, {}, [](const Entry& entry) {
        return std::tuple(entry.isProcpsFile(), std::string_view(entry.name), entry.folderRank);
    });
    std::vector<const ParameterFile*> files;
    const Entry* before = nullptr;
    for (const auto& entry : entries) {
        const bool isHidden = before && before->name == entry.name && before->folderRank < entry.folderRank;
        if (!isHidden) {
            files.push_back(entry.file);
            before = &entry;
        }
    }
    return files;
}

/// What a key is set to, over all files.
struct Assignments
{
    std::size_t count = 0;
    std::set<std::string_view> values;
    std::int64_t firstPosition = 0;
    const Parameter* last = nullptr;
};

std::map<std::string_view, Assignments> assignmentsOf(
    const ParameterStore& parameters, const PersistedSettings& settings)
{
    std::map<std::string_view, Assignments> all;
    std::int64_t position = 0;
    for (const auto* const file : settings.files) {
        for (const auto& parameter : settingsOf(parameters, file->evidence)) {
            auto& assignments = all[parameter.key];
            if (assignments.count++ == 0)
                assignments.firstPosition = position;
            assignments.values.insert(parameter.value);
            assignments.last = &parameter;
            ++position;
        }
    }
    return all;
}

} // namespace

std::string_view fileNameOf(std::string_view path)
{
    return path.substr(path.find_last_of("/!") + 1); // npos + 1 is 0
}

std::vector<PersistedSettings> persistedSettingsOf(const ParameterStore& parameters)
{
    std::map<std::string, std::vector<Entry>> byHost;
    for (const auto& file : parameters.files()) {
        if (file->kind != ParameterFileKind::SysctlConfiguration)
            continue;
        const auto path = pathOf(parameters, *file);
        byHost[parameters.scopeOf(file->evidence).host].push_back(
            {file.get(), std::string(fileNameOf(path)), folderRankOf(path)});
    }
    std::vector<PersistedSettings> all;
    for (auto& [host, entries] : byHost) {
        auto label = entries.size() == 1 ? parameters.scopeOf(entries.front().file->evidence).label
            : host.empty()               ? std::string("sysctl.d")
                                         : "sysctl.d of " + host;
        all.push_back({std::move(label), host, inOrder(std::move(entries))});
    }
    return all;
}

Value configurationVariables(const ParameterStore& parameters, const PersistedSettings& settings)
{
    ValueList statements;
    ValueMap values;
    for (const auto& [key, assignments] : assignmentsOf(parameters, settings)) {
        const auto& last = *assignments.last;
        const auto value = sourced(last.value, parameters, last);
        statements.push_back(Value::map({{"key", sourced(std::string(key), parameters, last)}, {"value", value},
            {"assignments", static_cast<std::int64_t>(assignments.count)},
            {"distinctValues", static_cast<std::int64_t>(assignments.values.size())},
            {"position", assignments.firstPosition}}));
        values.emplace(key, value);
    }
    ValueList files;
    bool hasProcpsFile = false;
    bool hasLink = false;
    for (const auto& file : parameters.files()) {
        const auto name = std::string(fileNameOf(pathOf(parameters, *file)));
        hasLink |= name.starts_with("99-sysctl.conf");
    }
    for (const auto* const file : settings.files) {
        const auto name = std::string(fileNameOf(pathOf(parameters, *file)));
        hasProcpsFile |= name == procpsFile && !file->parameters.empty();
        files.emplace_back(name);
    }
    return Value::map({{"statements", Value::list(std::move(statements))}, {"values", Value::map(std::move(values))},
        {"files", Value::list(std::move(files))}, {"setsInSysctlConf", hasProcpsFile}, {"hasSysctlConfLink", hasLink},
        {"hasFolder", settings.files.size() > 1}});
}

Value persistedVariables(const ParameterStore& parameters, const PersistedSettings& settings)
{
    ValueList persisted;
    for (const auto& [key, assignments] : assignmentsOf(parameters, settings)) {
        const auto& last = *assignments.last;
        persisted.push_back(Value::map({{"key", std::string(key)}, {"value", sourced(last.value, parameters, last)}}));
    }
    return Value::list(std::move(persisted));
}

} // namespace halfshake
