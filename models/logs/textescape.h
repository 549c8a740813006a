// SPDX-FileCopyrightText: The Halfshake authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "models/logs/logfield.h"

#include <string>
#include <string_view>

namespace halfshake {

/// The bytes that were escaped when \a text was written: \xXX and \", \\ (ValueEscape::Default), JSON's escapes and
/// \xXX (Json), nothing (None). Returns \a text itself where there is nothing to undo, else what is now in \a buffer.
[[nodiscard]] std::string_view unescaped(std::string_view text, ValueEscape escape, std::string& buffer);

} // namespace halfshake
