// SPDX-FileCopyrightText: The Halfshake authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "models/rules/value.h"

#include <yaml-cpp/yaml.h>

#include <cstdint>
#include <expected>
#include <string>

namespace halfshake {

/// What is wrong with a YAML node, and where; both counted from 1.
struct YamlError
{
    std::string text;
    std::uint32_t line = 0;
    std::uint32_t column = 0;
};

/// The value a node stands for: plain scalars as null, bool, int, double or string, quoted ones as string, and by tag
/// !ports "30000-32767", !duration 40s, !version 4.18, !unknown "what is missing". Bounded, whatever aliases repeat.
[[nodiscard]] std::expected<Value, YamlError> valueOf(const YAML::Node& node);

} // namespace halfshake
