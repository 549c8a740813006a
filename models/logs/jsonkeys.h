// SPDX-FileCopyrightText: The Halfshake authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "models/logs/logfield.h"

#include <cstdint>
#include <string_view>

namespace halfshake {

/// What the key of a JSON access log probably means, by the names people give them.
struct JsonKeyMeaning
{
    LogField field = LogField::Other;
    std::uint8_t rank = 0; ///< Of two keys for the same field the lower rank wins.
    bool isTime = false; ///< Tells the instant; which field it is shows in the value.
    LogDialect dialect = LogDialect::Nginx; ///< Only this proxy has the key.
};

/// Upper case, "_", "-", "." and "@" make no difference: "upstreamAddr" is "upstream_addr".
[[nodiscard]] JsonKeyMeaning meaningOfJsonKey(std::string_view key);

} // namespace halfshake
