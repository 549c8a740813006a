// SPDX-FileCopyrightText: The Halfshake authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <cstddef>
#include <functional>
#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace halfshake {

/// One word of a command, quotes removed and known variables filled in.
struct ShellWord
{
    std::string text;
    std::size_t offset = 0; ///< Of its first byte in the script.
};

/// A simple command: words up to an operator, and where its output goes.
struct ShellCommand
{
    std::vector<ShellWord> words;
    std::vector<ShellWord> outputFiles; ///< Behind > and >>.
    std::string hereDocument; ///< What stands behind <<WORD up to WORD.
    std::size_t hereDocumentOffset = 0;
    bool isPipedInto = false; ///< Reads what the command before it prints.
};

/// A word of a command that sets a parameter is short; longer ones are hostile.
inline constexpr std::size_t longestShellWord = std::size_t{8} << 10;

using ShellVariables = std::map<std::string, std::string, std::less<>>;

/// The simple commands of a POSIX shell script in the order they stand; keywords (if, then, do, !) are left out,
/// control flow is not followed. Variables are filled in where \a variables or an assignment before tells them, and
/// stand as written elsewhere. Any text is accepted.
[[nodiscard]] std::vector<ShellCommand> parseShellScript(std::string_view script, const ShellVariables& variables);

} // namespace halfshake
