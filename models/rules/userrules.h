// SPDX-FileCopyrightText: The Halfshake authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "models/rules/rulecatalogue.h"

#include <string>
#include <vector>

namespace halfshake {

/// A rule file of the user's own.
struct UserRuleFile
{
    std::string path;
    std::string text;
    std::string error; ///< Why it could not be read; "" where it could.
};

/// Where users put rules: halfshake/rules below the XDG data folder.
[[nodiscard]] std::string userRuleFolder();

/// The *.yaml files of \a folder by name; none where there is no such folder. Larger files than a catalogue takes are
/// not read.
[[nodiscard]] std::vector<UserRuleFile> userRuleFiles(const std::string& folder);

/// The shipped rules and those of the user.
[[nodiscard]] RuleCatalogue rulesWith(const std::string& folder);

/// Names, sizes and times of the folder's files: where it is another than before, the rules are to be read again.
[[nodiscard]] std::string ruleFolderState(const std::string& folder);

} // namespace halfshake
