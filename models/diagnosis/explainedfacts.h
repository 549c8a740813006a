// SPDX-FileCopyrightText: The Halfshake authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "models/diagnosis/countedobjects.h"
#include "models/diagnosis/failure.h"
#include "models/rules/value.h"

#include <span>

namespace halfshake {

/// explained.*: counts over the failures one cause explains, and what they count.
struct ExplainedFacts
{
    Value value;
    CountedObjects counted;
};

[[nodiscard]] ExplainedFacts explainedFacts(std::span<const Failure* const> explained, std::size_t undecided);

/// A field of the variables of one failure, connection.isReused for instance; null where it is not there.
[[nodiscard]] const Value* fieldOf(const Failure& failure, const char* object, const char* field);

/// Whether that field is there and true.
[[nodiscard]] bool isFieldTrue(const Failure& failure, const char* object, const char* field);

} // namespace halfshake
