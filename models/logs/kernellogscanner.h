// SPDX-FileCopyrightText: The Halfshake authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "models/base/timepoint.h"
#include "models/logs/timestamp.h"

#include <optional>
#include <string_view>

namespace halfshake {

/// The parts of one line of the kernel log; views into the line.
struct KernelLine
{
    std::optional<LogInstant> time; ///< dmesg -T: whole seconds of the host's zone.
    std::optional<Duration> uptime; ///< dmesg: since the host was started.
    std::string_view text;
};

/// Reads a line as dmesg prints it: "[ 5510.396666] text", also with -T ("[Mon Nov 23 04:29:17 2026] text"), with -x
/// ("kern  :info  : [ 5510.396666] text") or raw ("<6>[ 5510.396666] text").
[[nodiscard]] bool scanKernelLine(std::string_view line, KernelLine& result);

/// The text of a kernel message that syslog or the journal delivered, which may begin with the kernel's own stamp.
[[nodiscard]] KernelLine deliveredKernelLine(std::string_view text);

} // namespace halfshake
