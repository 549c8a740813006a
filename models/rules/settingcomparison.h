// SPDX-FileCopyrightText: The Halfshake authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <string_view>

namespace halfshake {

/// Whether two texts state the same setting: blanks and tabs count alike, numbers by value, port lists as sets, and
/// what follows a number as a comment not at all, as the kernel stops there.
[[nodiscard]] bool isSameSetting(std::string_view a, std::string_view b);

} // namespace halfshake
