// SPDX-FileCopyrightText: The Halfshake authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <string>

namespace halfshake::test {

/// Whether \a text is what the file \a expectedPath holds. If not, writes \a text beside it with the suffix .actual
/// into the current folder, prints the difference, and says so; with HALFSHAKE_UPDATE_GOLDEN=1 rewrites the file
/// instead.
[[nodiscard]] bool matchesGolden(const std::string& expectedPath, const std::string& text);

} // namespace halfshake::test
