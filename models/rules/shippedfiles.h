// SPDX-FileCopyrightText: The Halfshake authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace halfshake {

struct ShippedFile
{
    std::string name;
    std::string text;
};

/// The YAML files of one folder of the program's resources, by name.
[[nodiscard]] std::vector<ShippedFile> shippedFiles(std::string_view folder);

} // namespace halfshake
