// SPDX-FileCopyrightText: The Halfshake authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "models/io/unpacker.h"

#include <algorithm>
#include <array>
#include <vector>

namespace halfshake {

namespace {

constexpr std::size_t blockSize = std::size_t{256} << 10;
/// Small archives of repeated text may well be packed tighter than any limit.
constexpr std::uint64_t ratioMattersFrom = std::uint64_t{64} << 20;
/// How much behind the last member of a compressed tar is read, for the sake of the checksum at the very end.
constexpr std::uint64_t longestTarPadding = std::uint64_t{64} << 20;

/// Of everything that \a stream has left, up to what recogniseArchive wants to see.
ArchiveKind recogniseContent(ByteStream& stream)
{
    std::array<std::byte, archiveHeadSize> head{};
    const auto count = stream.read(head);
    return count ? recogniseArchive(std::span{head}.first(*count)) : ArchiveKind::None;
}

} // namespace

Unpacker::Unpacker(JobContext& job, const UnpackLimits& limits, std::uint64_t packedSize)
    : m_job(job), m_limits(limits), m_packedSize(std::max<std::uint64_t>(packedSize, 1))
{
}

Expected<void> Unpacker::open(std::shared_ptr<const ByteSource> source, const std::string& name, std::uint32_t depth)
{
    std::array<std::byte, archiveHeadSize> head{};
    const auto count = source->read(0, head);
    if (!count)
        return std::unexpected(count.error());
    const auto kind = recogniseArchive(std::span{head}.first(*count));
    const Layer layer{.source = std::move(source), .name = name, .depth = depth};
    if (kind != ArchiveKind::None && depth >= m_limits.depth)
        refuse(name, "depth");
    if (kind == ArchiveKind::None || depth >= m_limits.depth || m_isExhausted) {
        keepAsItIs(layer);
        return {};
    }
    if (isCompression(kind))
        return openCompressed(layer, kind);
    SourceStream stream{*layer.source, m_job, depth == 0};
    const auto isReadable = openContainer(layer, stream, kind);
    return isReadable ? Expected<void>{} : std::unexpected(isReadable.error());
}

Expected<void> Unpacker::openCompressed(const Layer& layer, ArchiveKind compression)
{
    SourceStream packed{*layer.source, m_job, layer.depth == 0};
    const auto content = recogniseContent(*decompress(packed, compression));
    packed.seek(0);
    const auto stream = decompress(packed, compression);
    if (content == ArchiveKind::Tar)
        return openTar(layer, *stream);

    const auto isKept = spool(*stream, layer.name);
    if (!isKept)
        return std::unexpected(isKept.error());
    if (!stream->damage().empty())
        noteDamage(stream->damage(), layer.name, stream->packedPosition());
    if (!*isKept)
        return {};
    if (m_spool.memberSize() == 0 && !stream->damage().empty()) {
        keepAsItIs(layer);
        return {};
    }
    return openSpooled(layer, layer.name);
}

Expected<void> Unpacker::openTar(const Layer& layer, DecompressionStream& stream)
{
    const auto isReadable = openContainer(layer, stream, ArchiveKind::Tar);
    if (!isReadable)
        return std::unexpected(isReadable.error());
    if (!*isReadable)
        return {};
    std::vector<std::byte> block(blockSize);
    for (std::uint64_t rest = 0; rest < longestTarPadding && !m_isExhausted; rest += block.size()) {
        const auto count = stream.read(block);
        if (!count)
            return noteFailure(count.error());
        if (*count < block.size())
            break;
    }
    if (!stream.damage().empty())
        noteDamage(stream.damage(), layer.name, stream.packedPosition());
    return {};
}

Expected<bool> Unpacker::openContainer(const Layer& layer, ByteStream& stream, ArchiveKind container)
{
    ArchiveReader reader{stream, container};
    std::uint32_t number = 0;
    bool hasFiles = false;
    while (!m_isExhausted) {
        const auto member = reader.nextMember();
        if (!reader.damage().empty())
            noteDamage(reader.takeDamage(), layer.name, reader.packedPosition());
        if (!member)
            break;
        ++number;
        hasFiles = hasFiles || member->type != ArchiveMember::Type::Other;
        const auto path = member->path.empty() ? '#' + std::to_string(number) : member->path;
        const auto opened =
            openMember(layer, reader, {layer.name.empty() ? path : layer.name + '!' + path, member->type});
        if (!opened)
            return std::unexpected(opened.error());
    }
    if (number == 0 && reader.isBroken())
        keepAsItIs(layer);
    else if (!hasFiles && !m_isExhausted)
        m_result.diagnostics.add(DiagnosticCode::FileIsDirectoryWithoutFiles, {}, {layer.name});
    const auto& failed = reader.streamFailure();
    if (!failed)
        return true;
    if (const auto noted = noteFailure(*failed); !noted)
        return std::unexpected(noted.error());
    return false;
}

Expected<void> Unpacker::openMember(const Layer& layer, ArchiveReader& reader, const ArchiveMember& member)
{
    const auto& name = member.path;
    if (member.type == ArchiveMember::Type::Encrypted)
        refuse(name, "encrypted");
    else if (member.type == ArchiveMember::Type::Link)
        refuse(name, "link");
    if (member.type != ArchiveMember::Type::File)
        return {};
    if (m_memberCount == m_limits.members) {
        m_isExhausted = true;
        refuse(name, "member-count");
        return {};
    }
    ++m_memberCount;
    if (!spool(reader, name))
        return {};
    const auto damage = reader.takeDamage();
    if (!damage.empty())
        noteDamage(damage, name, reader.packedPosition());
    if (m_spool.memberSize() == 0 && !damage.empty())
        return {};
    return openSpooled(layer, name);
}

Expected<void> Unpacker::openSpooled(const Layer& layer, const std::string& name)
{
    return open(m_spool.finishMember(), name, layer.depth + 1);
}

Expected<bool> Unpacker::spool(ByteStream& stream, const std::string& name)
{
    std::vector<std::byte> block(blockSize);
    while (true) {
        const auto count = stream.read(block);
        if (!count) {
            if (const auto noted = noteFailure(count.error()); !noted)
                return std::unexpected(noted.error());
            return true;
        }
        if (*count == 0)
            return true;
        if (!spool(std::span{block}.first(*count), name))
            return false;
    }
}

bool Unpacker::spool(ArchiveReader& reader, const std::string& name)
{
    while (const auto block = reader.nextBlock()) {
        const auto size = m_spool.memberSize();
        if (block->offset > size && !spoolZeros(block->offset - size, name))
            return false;
        if (!spool(block->bytes, name))
            return false;
    }
    return true;
}

bool Unpacker::spoolZeros(std::uint64_t count, const std::string& name)
{
    if (!isWithinLimits(count, name))
        return false;
    const std::vector<std::byte> zeros(static_cast<std::size_t>(std::min<std::uint64_t>(count, blockSize)));
    while (count > 0) {
        const auto part = static_cast<std::size_t>(std::min<std::uint64_t>(count, zeros.size()));
        if (!spool(std::span{zeros}.first(part), name))
            return false;
        count -= part;
    }
    return true;
}

bool Unpacker::spool(std::span<const std::byte> bytes, const std::string& name)
{
    if (!isWithinLimits(bytes.size(), name))
        return false;
    m_unpackedSize += bytes.size();
    const auto appended = m_spool.append(bytes);
    if (!appended) {
        m_spool.discardMember();
        refuse(name, appended.error().arguments.empty() ? "no room" : appended.error().arguments.front());
    }
    return appended.has_value();
}

bool Unpacker::isWithinLimits(std::uint64_t more, const std::string& name)
{
    const bool isTooMuch = more > m_limits.totalBytes || m_unpackedSize > m_limits.totalBytes - more;
    const auto size = m_unpackedSize + more;
    const bool isTooTight = !isTooMuch && size > ratioMattersFrom && size / m_packedSize >= m_limits.ratio;
    if (!isTooMuch && !isTooTight)
        return true;
    m_isExhausted = true;
    m_spool.discardMember();
    refuse(name, isTooMuch ? "total-bytes" : "ratio");
    return false;
}

void Unpacker::keepAsItIs(const Layer& layer)
{
    m_result.members.push_back({layer.name, layer.source});
}

void Unpacker::refuse(const std::string& name, std::string reason)
{
    m_result.diagnostics.add(DiagnosticCode::ArchiveMemberRefused, {}, {name, std::move(reason)});
}

void Unpacker::noteDamage(std::string message, const std::string& name, std::uint64_t offset)
{
    m_result.diagnostics.add(DiagnosticCode::ArchiveDamaged, {.byteOffset = offset}, {std::move(message), name});
}

Expected<void> Unpacker::noteFailure(const Diagnostic& failure)
{
    if (failure.code == DiagnosticCode::Cancelled)
        return std::unexpected(failure);
    m_result.diagnostics.add(failure);
    return {};
}

} // namespace halfshake
