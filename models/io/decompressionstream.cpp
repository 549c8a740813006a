// SPDX-FileCopyrightText: The Halfshake authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "models/io/decompressionstream.h"

#include "models/io/archivereader.h"
#include "models/io/gzipstream.h"

#include <algorithm>
#include <cstring>
#include <span>

namespace halfshake {

namespace {

class LibarchiveStream final : public DecompressionStream
{
public:
    LibarchiveStream(ByteStream& packed, ArchiveKind compression)
        : m_packed(packed), m_reader(packed, compression), m_isAtEnd(!m_reader.nextMember())
    {
    }

    [[nodiscard]] Expected<std::size_t> read(std::span<std::byte> buffer) override
    {
        std::size_t done = 0;
        while (done < buffer.size()) {
            if (m_rest.empty() && !nextBlock())
                break;
            const auto count = std::min(m_rest.size(), buffer.size() - done);
            std::memcpy(buffer.data() + done, m_rest.data(), count);
            m_rest = m_rest.subspan(count);
            done += count;
        }
        m_position += done;
        if (const auto& failed = m_reader.streamFailure(); done == 0 && failed)
            return std::unexpected(*failed);
        return done;
    }

    [[nodiscard]] std::uint64_t position() const override { return m_position; }
    [[nodiscard]] const std::string& damage() const override { return m_damage; }
    [[nodiscard]] std::uint64_t packedPosition() const override { return m_reader.packedPosition(); }

private:
    bool nextBlock()
    {
        while (!m_isAtEnd) {
            const auto block = m_reader.nextBlock();
            m_isAtEnd = !block;
            m_rest = block ? block->bytes : std::span<const std::byte>{};
            if (!m_rest.empty())
                return true;
        }
        m_damage = m_reader.damage();
        // libarchive stops at what it does not know and calls that the end
        const bool isWhole = m_damage.empty() && !m_reader.streamFailure();
        if (isWhole && m_reader.packedPosition() < m_packed.seekableSize().value_or(0))
            m_damage = "bytes after the end of the compressed data";
        return false;
    }

    ByteStream& m_packed;
    ArchiveReader m_reader;
    bool m_isAtEnd;
    std::span<const std::byte> m_rest;
    std::string m_damage;
    std::uint64_t m_position = 0;
};

} // namespace

std::unique_ptr<DecompressionStream> decompress(ByteStream& packed, ArchiveKind kind)
{
    if (kind == ArchiveKind::Gzip)
        return std::make_unique<GzipStream>(packed);
    return std::make_unique<LibarchiveStream>(packed, kind);
}

} // namespace halfshake
