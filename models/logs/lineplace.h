// SPDX-FileCopyrightText: The Halfshake authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <cstdint>

namespace halfshake {

/// Where an entry stands in its file.
struct LinePlace
{
    std::uint64_t line = 0; ///< Counted from 1.
    std::uint64_t byteOffset = 0;
};

} // namespace halfshake
