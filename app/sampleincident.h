// SPDX-FileCopyrightText: The Halfshake authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "models/base/expected.h"

#include <QStringList>

namespace halfshake {

/// Puts the files of the sample incident that ships inside the program into the user's cache folder, where evidence
/// can be read from, and returns their paths. Files already there with the right size are kept.
/// Errors: FileNotReadable (cannot write, with the system's words).
[[nodiscard]] Expected<QStringList> unpackSampleIncident();

} // namespace halfshake
