// SPDX-FileCopyrightText: The Halfshake authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>

namespace halfshake {

/// What the first bytes of an HTTP/1 request say.
struct HttpRequestHead
{
    std::uint64_t targetHash = 0; ///< 0 where the request line is cut off.
    std::uint64_t requestIdHash = 0; ///< 0 where no X-Request-ID was seen.
};

/// Reads \a payload, as far as it was captured, as the start of a request; nothing where it is none.
[[nodiscard]] std::optional<HttpRequestHead> readHttpRequest(std::span<const std::byte> payload);

/// The status of a response that starts with \a payload; nothing where it is none.
[[nodiscard]] std::optional<std::uint16_t> readHttpStatus(std::span<const std::byte> payload);

} // namespace halfshake
