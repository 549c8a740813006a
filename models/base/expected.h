// SPDX-FileCopyrightText: The Halfshake authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "models/base/diagnostic.h"

#include <expected>
#include <string>

namespace halfshake {

/// The result of anything that can fail: a value, or the one Diagnostic that explains why there is none.
template<typename T>
using Expected = std::expected<T, Diagnostic>;

[[nodiscard]] inline std::unexpected<Diagnostic> failure(
    DiagnosticCode code, SourceRef where = {}, std::vector<std::string> arguments = {})
{
    return std::unexpected(Diagnostic{code, where, std::move(arguments)});
}

} // namespace halfshake
