// SPDX-FileCopyrightText: The Halfshake authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "models/capture/vantagepoint.h"

namespace halfshake {

std::string_view toString(VantagePoint vantage)
{
    switch (vantage) {
    case VantagePoint::Unknown:
        return "unknown";
    case VantagePoint::Client:
        return "client";
    case VantagePoint::Server:
        return "server";
    case VantagePoint::Middle:
        return "middle";
    }
    return "unknown";
}

} // namespace halfshake
