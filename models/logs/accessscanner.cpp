// SPDX-FileCopyrightText: The Halfshake authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "models/logs/accessscanner.h"

#include "models/logs/jsonlinescanner.h"

namespace halfshake {

LineFit scanAccessLine(const LogFormat& format, std::string_view line, AccessFields& fields)
{
    return format.isJson() ? scanJsonLine(format, line, fields) : scanLine(format, line, fields);
}

} // namespace halfshake
