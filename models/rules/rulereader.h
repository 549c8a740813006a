// SPDX-FileCopyrightText: The Halfshake authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "models/rules/rule.h"
#include "models/rules/yamlfields.h"

#include <optional>

namespace halfshake {

/// One entry of a rule file, or nothing where it cannot be used; why is told to \a file.
[[nodiscard]] std::optional<Rule> readRule(YamlFields& fields, CatalogueFile& file);

} // namespace halfshake
