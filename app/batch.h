// SPDX-FileCopyrightText: The Halfshake authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "app/commandline.h"

namespace halfshake {

/// Runs "halfshake analyze": reads, analyses, writes what was asked for. Returns the exit status. Needs a QApplication
/// where needsWindowSystem() says so.
[[nodiscard]] int runBatch(const CommandLine& commandLine);

} // namespace halfshake
