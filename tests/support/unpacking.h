// SPDX-FileCopyrightText: The Halfshake authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "models/io/unpack.h"

#include <string>
#include <string_view>
#include <vector>

namespace halfshake::test {

struct UnpackedFile
{
    std::string member;
    std::string bytes;

    bool operator==(const UnpackedFile&) const = default;
};

[[nodiscard]] std::string bytesOf(const ByteSource& source);
[[nodiscard]] UnpackResult unpacked(std::string packed, const UnpackLimits& limits = {});
[[nodiscard]] std::vector<UnpackedFile> filesOf(const UnpackResult& result);
/// Text that packs to about half of its size, the same for the same size.
[[nodiscard]] std::string logText(std::size_t size);

} // namespace halfshake::test
