// SPDX-FileCopyrightText: The Halfshake authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "models/base/diagnosticlog.h"
#include "models/base/jobcontext.h"
#include "models/io/bytesource.h"

#include <memory>
#include <string>
#include <vector>

namespace halfshake {

/// Bounds for hostile archives. Reaching one refuses the member and says so: ArchiveMemberRefused with the reason
/// "total-bytes", "ratio" or "member-count" (what follows is left out too), or "depth" (comes back as it is).
/// Other reasons are "encrypted", "link" and the system's message where there was no room.
struct UnpackLimits
{
    std::uint64_t totalBytes = std::uint64_t{64} << 30;
    std::uint64_t ratio = 2000; ///< Unpacked bytes per packed byte, checked beyond 64 MiB.
    std::uint32_t members = 10'000;
    std::uint32_t depth = 3; ///< Archives inside archives, the outermost counted.
};

/// One file as it comes out of zero or more layers of compression and archives.
struct UnpackedMember
{
    std::string member; ///< Path inside the archive; "" for a plain or merely compressed file. Nested: "a.tar!b.log".
    std::shared_ptr<const ByteSource> bytes;
};

struct UnpackResult
{
    std::vector<UnpackedMember> members;
    DiagnosticLog diagnostics; ///< Damaged tails, refused members.
};

/// Recognises gzip (many members), zstd, xz, bzip2, lz4, tar, zip and 7z by content and unpacks what is in them;
/// anything else comes back as it is. Unpacked bytes go to unlinked temporary files, never beside the evidence.
/// A damaged archive gives what could be read, and ArchiveDamaged with the place in the packed bytes; one that gives
/// nothing comes back as it is. One without files is noted as FileIsDirectoryWithoutFiles. Errors: Cancelled, and that
/// the start of \a source cannot be read.
[[nodiscard]] Expected<UnpackResult> unpack(
    std::shared_ptr<const ByteSource> source, JobContext& job, const UnpackLimits& limits = {});

} // namespace halfshake
