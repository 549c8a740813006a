// SPDX-FileCopyrightText: The Halfshake authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <cstddef>
#include <cstdint>
#include <span>

namespace halfshake {

/// What bytes can be packed in.
enum class ArchiveKind : std::uint8_t {
    None,
    Gzip, ///< RFC 1952
    Zstd, ///< RFC 8878
    Xz,
    Bzip2,
    Lz4,
    Tar, ///< POSIX ustar and pax, GNU, V7
    Zip,
    SevenZip,
};

/// How much of the start of a file recogniseArchive wants to see.
inline constexpr std::size_t archiveHeadSize = 512;

/// By magic numbers that no text can start with, and by the header checksum for tar.
[[nodiscard]] ArchiveKind recogniseArchive(std::span<const std::byte> bytes);

/// One stream of bytes without names, as against a container of members.
[[nodiscard]] constexpr bool isCompression(ArchiveKind kind) noexcept
{
    return kind >= ArchiveKind::Gzip && kind <= ArchiveKind::Lz4;
}

} // namespace halfshake
