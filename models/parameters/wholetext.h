// SPDX-FileCopyrightText: The Halfshake authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "models/base/expected.h"
#include "models/base/jobcontext.h"
#include "models/base/strongindex.h"
#include "models/io/bytesource.h"
#include "models/io/probe.h"

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace halfshake {

/// The largest configuration or manifest that is read as one text.
inline constexpr std::uint64_t largestWholeText = std::uint64_t{256} << 20;

/// All of \a source, a UTF-8 byte order mark included.
/// Errors: ManifestTooLarge above largestWholeText, NotText where a NUL stands, Cancelled, those of the source.
[[nodiscard]] Expected<std::string> readWholeText(const ByteSource& source, EvidenceId evidence, JobContext& job);

/// The first lines of a probe's head without their ends, at most \a most; a last line that the head cuts off is left
/// out, and so is a byte order mark.
[[nodiscard]] std::vector<std::string_view> headLines(const ProbeInput& input, std::size_t most);

/// How many lines \a text has; a last one without newline counts.
[[nodiscard]] std::uint64_t countLines(std::string_view text);

/// A shell prompt with a command ("$ sysctl -a", "[root@node ~]# kubectl get svc") that was copied along.
[[nodiscard]] bool isPromptLine(std::string_view line);

} // namespace halfshake
