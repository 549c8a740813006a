// SPDX-FileCopyrightText: The Halfshake authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <cstdint>
#include <string_view>

namespace halfshake {

/// Which side of the connections the capture was taken on (reference: tcp-handshakes 1.6).
enum class VantagePoint : std::uint8_t {
    Unknown,
    Client,
    Server,
    Middle,
};

/// "client"
[[nodiscard]] std::string_view toString(VantagePoint vantage);

} // namespace halfshake
