// SPDX-FileCopyrightText: The Halfshake authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "models/base/objectref.h"
#include "models/parameters/parameterstore.h"
#include "models/rules/value.h"

#include <string>

namespace halfshake {

// Values that say where they were read.

/// What a click on that line opens; invalid where the place is no line.
[[nodiscard]] ObjectRef lineObject(const SourceRef& place);

/// \a value under the name people know, read at \a place.
[[nodiscard]] Value sourced(Value value, std::string name, const SourceRef& place);

/// \a value as \a parameter, of \a parameters, states it.
[[nodiscard]] Value sourced(Value value, const ParameterStore& parameters, const Parameter& parameter);

} // namespace halfshake
