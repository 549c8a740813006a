// SPDX-FileCopyrightText: The Halfshake authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "models/logs/linescanner.h"

namespace halfshake {

/// Reads the values of a JSON access-log line. Where \a format names its keys, they mean what it says; else they are
/// guessed by name and by the shape of the value. Whole: the object is closed, has a time, a status and a request.
[[nodiscard]] LineFit scanJsonLine(const LogFormat& format, std::string_view line, AccessFields& fields);

} // namespace halfshake
