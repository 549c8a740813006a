// SPDX-FileCopyrightText: The Halfshake authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "models/base/expected.h"
#include "models/base/jobcontext.h"
#include "models/io/bytesource.h"
#include "models/io/probe.h"
#include "models/parameters/parameterfile.h"

#include <span>
#include <string_view>

namespace halfshake {

/// Keys of kernel messages: "kernel-log/CONNTRACK_FULL", the value is how many lines there are.
inline constexpr std::string_view kernelMessagePrefix = "kernel-log/";

/// The kinds of message that tell of network trouble: CONNTRACK_FULL, SYN_FLOOD, NEIGH_OVERFLOW, ...
[[nodiscard]] std::span<const std::string_view> kernelMessageKinds();

/// The kind of one line of a kernel log, whatever stands in front of the message; "" for all others.
[[nodiscard]] std::string_view kernelMessageKind(std::string_view line);

/// dmesg, dmesg -T, kern.log, journalctl -k.
[[nodiscard]] ProbeResult probeKernelMessages(const ProbeInput& input);

/// One parameter for each kind that occurs, placed at its first line.
/// Errors: NotText, ManifestTooLarge, Cancelled.
[[nodiscard]] Expected<void> readKernelMessages(const ByteSource& source, ParameterFile& file, JobContext& job);

} // namespace halfshake
