// SPDX-FileCopyrightText: The Halfshake authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "models/base/sourceref.h"

namespace halfshake {

std::string toString(EvidenceId evidence)
{
    return evidence.isValid() ? 'E' + std::to_string(std::uint64_t{evidence.value()} + 1) : std::string{};
}

std::string toString(const SourceRef& place)
{
    auto text = toString(place.evidence);
    if (place.packet != 0)
        text += '#' + std::to_string(place.packet);
    else if (place.line != 0)
        text += ':' + std::to_string(place.line);
    return text;
}

} // namespace halfshake
