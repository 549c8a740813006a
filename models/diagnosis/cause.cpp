// SPDX-FileCopyrightText: The Halfshake authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "models/diagnosis/cause.h"

namespace halfshake {

std::string_view toString(Certainty certainty)
{
    switch (certainty) {
    case Certainty::Confirmed:
        return "confirmed";
    case Certainty::Likely:
        return "likely";
    case Certainty::Possible:
        return "possible";
    case Certainty::Excluded:
        break;
    }
    return "excluded";
}

} // namespace halfshake
