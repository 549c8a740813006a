// SPDX-FileCopyrightText: The Halfshake authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "models/parameters/parameterstore.h"
#include "models/rules/value.h"

#include <string>
#include <string_view>
#include <vector>

namespace halfshake {

/// The files of one host that set kernel parameters at boot, in the order in which they are applied.
///
/// sysctl.d(5): files are sorted by name whatever their folder, a later statement wins, and a file in /etc takes the
/// place of one of the same name in /run and /usr. /etc/sysctl.conf comes last, as for sysctl --system of procps.
struct PersistedSettings
{
    std::string label; ///< Of one file its name, else "sysctl.d of HOST".
    std::string host; ///< "" = unknown.
    std::vector<const ParameterFile*> files; ///< Those that count, in the order they are applied.
};

/// By host.
[[nodiscard]] std::vector<PersistedSettings> persistedSettingsOf(const ParameterStore& parameters);

/// The last part of a path, also of an archive's member.
[[nodiscard]] std::string_view fileNameOf(std::string_view path);

/// configuration: statements, files, and the order of what matters (resources/rules/README.md).
[[nodiscard]] Value configurationVariables(const ParameterStore& parameters, const PersistedSettings& settings);

/// persisted: a list of maps with the key and the value that wins at boot; globs as they are written.
[[nodiscard]] Value persistedVariables(const ParameterStore& parameters, const PersistedSettings& settings);

} // namespace halfshake
