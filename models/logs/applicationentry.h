// SPDX-FileCopyrightText: The Halfshake authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "models/base/strongindex.h"
#include "models/base/timepoint.h"
#include "models/logs/loglevel.h"

#include <cstdint>

namespace halfshake {

/// One entry of an application's log: Tomcat, Spring Boot, log4j, logback, a JSON encoder. A stack trace belongs to
/// the entry before it.
struct ApplicationEntry
{
    std::uint64_t line = 0; ///< First line, counted from 1.
    std::uint64_t byteOffset = 0; ///< Of that line.
    std::uint32_t lineCount = 1; ///< With its stack trace.
    LogLevel level = LogLevel::Info;
    EvidenceTime loggedAt; ///< In [loggedAt, loggedAt + resolution).
    Duration resolution{0};
    StringId logger; ///< As written, often shortened: "o.a.c.c.StandardWrapperValve".
    StringId exception; ///< Class of the outermost exception: "jakarta.servlet.ServletException".
    StringId rootCause; ///< Class after the last "Caused by:"; invalid where there is none.
    StringId ownFrame; ///< First stack frame of the root cause that is no library's: "com.shop.Cart.add(Cart.java:17)".
    std::uint32_t requestIdHash = 0; ///< requestIdHash() of it.
    StringId requestId; ///< An id of 32 hexadecimal digits or a UUID in its text; invalid where there is none.
};

} // namespace halfshake
