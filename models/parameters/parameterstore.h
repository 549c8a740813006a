// SPDX-FileCopyrightText: The Halfshake authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "models/base/portset.h"
#include "models/parameters/parameterfile.h"

#include <cstddef>
#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace halfshake {

/// Whom a parameter evidence speaks of, where the evidence itself does not say: set by the user or inferred.
struct ParameterScope
{
    std::string host;
    std::string networkNamespace;
    std::string label; ///< How people call it: host, or the evidence's name: "ingress.txt".
    std::string path = {}; ///< Of the evidence; the folders of sysctl.d decide which file counts.
};

/// All settings of the incident. Immutable.
class ParameterStore
{
public:
    ParameterStore() = default;
    ParameterStore(
        std::vector<std::shared_ptr<const ParameterFile>> files, std::map<EvidenceId, ParameterScope> scopes);

    [[nodiscard]] const std::vector<std::shared_ptr<const ParameterFile>>& files() const { return m_files; }
    /// Every parameter of every file, files in evidence order; the row number is ObjectRef::index.
    [[nodiscard]] const std::vector<Parameter>& parameters() const { return m_parameters; }
    [[nodiscard]] ParameterScope scopeOf(EvidenceId evidence) const;

    /// The last statement of \a key in one file; for duplicated keys the last one wins, as in sysctl. Nothing in a dump
    /// of several hosts, where the answer depends on the host.
    [[nodiscard]] const Parameter* find(EvidenceId evidence, std::string_view key) const;
    /// The same within ParameterFile::sections[\a section].
    [[nodiscard]] const Parameter* find(EvidenceId evidence, std::size_t section, std::string_view key) const;
    /// Row of that parameter in parameters().
    [[nodiscard]] std::optional<std::uint32_t> rowOf(const Parameter& parameter) const;

    [[nodiscard]] std::vector<NodePort>
    nodePorts() const; ///< Of all files, repeats of one Service port removed, by port.
    [[nodiscard]] PortSet nodePortSet(std::string_view protocol) const;
    [[nodiscard]] std::vector<const Workload*> workloads() const;

private:
    /// Rows of one section of one file. In m_byKey they stand at the same positions, ordered by key, then by row.
    struct Section
    {
        EvidenceId evidence;
        std::size_t index = 0;
        std::size_t begin = 0;
        std::size_t end = 0;
    };

    void addFile(const ParameterFile& file);
    void addSection(Section section);

    std::vector<std::shared_ptr<const ParameterFile>> m_files;
    std::map<EvidenceId, ParameterScope> m_scopes;
    std::vector<Parameter> m_parameters;
    std::vector<std::uint32_t> m_byKey; ///< Rows of m_parameters.
    std::vector<Section> m_sections; ///< By evidence, then index.
};

} // namespace halfshake
