// SPDX-FileCopyrightText: The Halfshake authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "models/logs/logfield.h"
#include "models/logs/logformat.h"

#include <cstdint>
#include <string_view>

namespace halfshake {

/// How much of a line its format explains.
enum class LineFit : std::uint8_t {
    None,
    Partly, ///< Time and status are there; from some field on the line is damaged, cut, or of a longer format.
    Whole, ///< From the first byte to the last.
};

/// Reads the values of \a line into \a fields by the steps of \a format. Views point into \a line. A value whose end is
/// not there (the line was cut in it) is not taken.
[[nodiscard]] LineFit scanLine(const LogFormat& format, std::string_view line, AccessFields& fields);

} // namespace halfshake
