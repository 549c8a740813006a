// SPDX-FileCopyrightText: The Halfshake authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "models/parameters/appendparameter.h"

#include "models/base/text.h"

namespace halfshake {

Parameter& appendParameter(ParameterFile& file, std::string_view key, std::string_view value, const SourceRef& place)
{
    auto& parameter = file.parameters.emplace_back();
    parameter.key = toValidUtf8(key);
    parameter.value = toValidUtf8(trimmed(value));
    parameter.place = place;
    return parameter;
}

} // namespace halfshake
