// SPDX-FileCopyrightText: The Halfshake authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "models/logs/accessscanner.h"

#include "models/logs/jsonlinescanner.h"
#include "models/logs/requesttimes.h"

namespace halfshake {

LineFit scanAccessLine(const LogFormat& format, std::string_view line, AccessFields& fields)
{
    const auto fit = format.isJson() ? scanJsonLine(format, line, fields) : scanLine(format, line, fields);
    if (fit == LineFit::None || !accessStatus(fields) || !loggedInstant(fields))
        return LineFit::None;
    return fit;
}

} // namespace halfshake
