// SPDX-FileCopyrightText: The Halfshake authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "models/logs/linescanner.h"

namespace halfshake {

/// Reads \a line by \a format, text or JSON, and checks that the values make sense: a status, and a time that parses.
[[nodiscard]] LineFit scanAccessLine(const LogFormat& format, std::string_view line, AccessFields& fields);

} // namespace halfshake
