// SPDX-FileCopyrightText: The Halfshake authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "models/parameters/parameterfile.h"

#include <string>
#include <string_view>

namespace halfshake {

/// Adds a running kernel parameter, for the caller to say more of; what is no UTF-8 in key or value is replaced, white
/// space around the value removed.
Parameter& appendParameter(ParameterFile& file, std::string_view key, std::string_view value, const SourceRef& place);

} // namespace halfshake
