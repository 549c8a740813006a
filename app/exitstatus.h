// SPDX-FileCopyrightText: The Halfshake authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

namespace halfshake::exitstatus {

/// What "halfshake analyze" returns (README).
inline constexpr int nothingFailing = 0;
inline constexpr int failuresFound = 1;
inline constexpr int usage = 2;
inline constexpr int someUnreadable = 3;
inline constexpr int nothingReadable = 4;

} // namespace halfshake::exitstatus
