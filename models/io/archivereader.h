// SPDX-FileCopyrightText: The Halfshake authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "models/io/archivekind.h"
#include "models/io/bytestream.h"

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <vector>

struct archive;
struct archive_entry;

namespace halfshake {

/// One member of an archive, before its bytes are read.
struct ArchiveMember
{
    enum class Type : std::uint8_t { File, Link, Encrypted, Other };

    std::string path; ///< Valid UTF-8, as the archive states it: only for showing.
    Type type = Type::Other;
};

/// Bytes of a member; between two blocks of a sparse file there is a gap of zeros.
struct ArchiveBlock
{
    std::uint64_t offset = 0;
    std::span<const std::byte> bytes; ///< Valid until the next call.
};

/// The members of one archive, in order, by libarchive.
class ArchiveReader
{
public:
    /// A compression has one member, the bytes that were compressed. Not for Gzip: GzipStream reads that.
    ArchiveReader(ByteStream& stream, ArchiveKind kind);

    /// Nothing at the end, and where the archive is broken.
    [[nodiscard]] std::optional<ArchiveMember> nextMember();
    /// Nothing at the end of the member, and where it is broken.
    [[nodiscard]] std::optional<ArchiveBlock> nextBlock();

    /// The first thing that libarchive complained about since it was last taken; empty if nothing.
    [[nodiscard]] const std::string& damage() const { return m_damage; }
    [[nodiscard]] std::string takeDamage();
    /// Nothing can be read any more.
    [[nodiscard]] bool isBroken() const { return m_isBroken; }
    /// Why the stream could not be read, or that the job was cancelled.
    [[nodiscard]] const std::optional<Diagnostic>& streamFailure() const { return m_streamFailure; }
    /// How many packed bytes were taken.
    [[nodiscard]] std::uint64_t packedPosition() const;

private:
    struct Close
    {
        void operator()(archive* handle) const noexcept;
    };

    void open(ArchiveKind kind);
    void note(const char* complaint);
    [[nodiscard]] std::ptrdiff_t readPacked(const void** block);
    [[nodiscard]] std::int64_t seekPacked(std::int64_t offset, int whence);

    static std::ptrdiff_t onRead(archive* handle, void* self, const void** block);
    static std::int64_t onSkip(archive* handle, void* self, std::int64_t request);
    static std::int64_t onSeek(archive* handle, void* self, std::int64_t offset, int whence);

    ByteStream& m_stream;
    std::vector<std::byte> m_packed;
    std::unique_ptr<archive, Close> m_archive;
    std::string m_damage;
    std::optional<Diagnostic> m_streamFailure;
    bool m_isBroken = false;
};

} // namespace halfshake
