// SPDX-FileCopyrightText: The Halfshake authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "models/io/archivereader.h"
#include "models/io/decompressionstream.h"
#include "models/io/spool.h"
#include "models/io/unpack.h"

#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <utility>

namespace halfshake {

/// One run of unpack(): opens a source and, while there are archives in it, what comes out.
class Unpacker
{
public:
    Unpacker(JobContext& job, const UnpackLimits& limits, std::uint64_t packedSize);

    /// Adds to the result what is in \a source. Errors: Cancelled, and that its start cannot be read.
    [[nodiscard]] Expected<void> open(
        std::shared_ptr<const ByteSource> source, const std::string& name, std::uint32_t depth);
    [[nodiscard]] UnpackResult takeResult() { return std::move(m_result); }

private:
    /// An archive that is being read.
    struct Layer
    {
        std::shared_ptr<const ByteSource> source;
        std::string name; ///< "" for the evidence itself.
        std::uint32_t depth = 0; ///< How many archives it came out of.
    };

    [[nodiscard]] Expected<void> openCompressed(const Layer& layer, ArchiveKind compression);
    [[nodiscard]] Expected<void> openTar(const Layer& layer, DecompressionStream& stream);
    /// False where the stream could not be read any further.
    [[nodiscard]] Expected<bool> openContainer(const Layer& layer, ByteStream& stream, ArchiveKind container);
    /// The path of \a member is its full name here.
    [[nodiscard]] Expected<void> openMember(const Layer& layer, ArchiveReader& reader, const ArchiveMember& member);
    [[nodiscard]] Expected<void> openSpooled(const Layer& layer, const std::string& name);

    /// Spooling says false where the member was refused.
    [[nodiscard]] Expected<bool> spool(ByteStream& stream, const std::string& name);
    [[nodiscard]] bool spool(ArchiveReader& reader, const std::string& name);
    [[nodiscard]] bool spool(std::span<const std::byte> bytes, const std::string& name);
    [[nodiscard]] bool spoolZeros(std::uint64_t count, const std::string& name);
    [[nodiscard]] bool isWithinLimits(std::uint64_t more, const std::string& name);

    void keepAsItIs(const Layer& layer);
    void refuse(const std::string& name, std::string reason);
    void noteDamage(std::string message, const std::string& name, std::uint64_t offset);
    [[nodiscard]] Expected<void> noteFailure(const Diagnostic& failure);

    JobContext& m_job;
    UnpackLimits m_limits;
    std::uint64_t m_packedSize;
    std::uint64_t m_unpackedSize = 0;
    std::uint32_t m_memberCount = 0;
    bool m_isExhausted = false; ///< A limit of the whole was reached: nothing more is unpacked.
    Spool m_spool;
    UnpackResult m_result;
};

} // namespace halfshake
