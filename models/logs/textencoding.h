// SPDX-FileCopyrightText: The Halfshake authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "models/base/expected.h"
#include "models/io/bytesource.h"

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

namespace halfshake {

/// Whether \a head begins with a UTF-16 byte order mark, as logs saved by Windows programs do.
[[nodiscard]] bool isUtf16(std::string_view head);

/// UTF-8 for UTF-16 of either byte order; what is no character becomes U+FFFD. A last odd byte is dropped.
[[nodiscard]] std::string utf8FromUtf16(std::string_view bytes);

/// \a source itself, or its text in UTF-8 where it is UTF-16. Errors: FileNotReadable; also for UTF-16 of more than
/// 512 MiB, which is converted in memory.
[[nodiscard]] Expected<std::shared_ptr<const ByteSource>> utf8Source(std::shared_ptr<const ByteSource> source);

} // namespace halfshake
