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
        : m_reader(packed, compression), m_isEmpty(!m_reader.nextMember())
    {
    }

    [[nodiscard]] Expected<std::size_t> read(std::span<std::byte> buffer) override
    {
        std::size_t done = 0;
        while (done < buffer.size()) {
            if (m_rest.empty() && (m_isEmpty || !nextBlock()))
                break;
            const auto count = std::min(m_rest.size(), buffer.size() - done);
            std::memcpy(buffer.data() + done, m_rest.data(), count);
            m_rest = m_rest.subspan(count);
            done += count;
        }
        m_position += done;
        if (done == 0 && m_reader.streamFailure())
            return std::unexpected(*m_reader.streamFailure());
        return done;
    }

    [[nodiscard]] std::uint64_t position() const override { return m_position; }
    [[nodiscard]] const std::string& damage() const override { return m_reader.damage(); }
    [[nodiscard]] std::uint64_t packedPosition() const override { return m_reader.packedPosition(); }

private:
    bool nextBlock()
    {
        while (const auto block = m_reader.nextBlock()) {
            m_rest = block->bytes;
            if (!m_rest.empty())
                return true;
        }
        return false;
    }

    ArchiveReader m_reader;
    bool m_isEmpty;
    std::span<const std::byte> m_rest;
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
