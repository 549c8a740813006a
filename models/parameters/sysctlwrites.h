// SPDX-FileCopyrightText: The Halfshake authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "models/parameters/shellscript.h"

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace halfshake {

/// A kernel parameter that a command sets.
struct SysctlAssignment
{
    std::string key; ///< As sysctl prints it.
    std::string value;
    std::string writtenKey; ///< As it stands in the command, to find its place.
    std::size_t argument = 0; ///< Which argument of the command line holds it.
    std::size_t offset = 0; ///< Where in that argument the assignment, or the script word with it, starts.
};

/// What a command line sets: sysctl [-w] KEY=VALUE..., behind sudo, nsenter and the like too; in a script given to a
/// shell (sh -c "..."), also echo VALUE > /proc/sys/..., ... | tee /proc/sys/..., sysctl -p with a here document.
/// \a variables are the container's environment.
[[nodiscard]] std::vector<SysctlAssignment> sysctlAssignments(
    const std::vector<std::string_view>& commandLine, const ShellVariables& variables);

/// The last part of a command's path: "sysctl" of "/usr/sbin/sysctl".
[[nodiscard]] std::string_view commandName(std::string_view path);

} // namespace halfshake
