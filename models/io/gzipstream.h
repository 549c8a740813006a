// SPDX-FileCopyrightText: The Halfshake authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "models/io/decompressionstream.h"

#include <zlib.h>

#include <memory>
#include <string>
#include <vector>

namespace halfshake {

/// What a gzip file (RFC 1952) holds, all of its members one after the other.
///
/// libarchive is not used for it: it does not verify the checksums, and keeps back up to 64 KiB before a damaged place.
class GzipStream final : public DecompressionStream
{
public:
    explicit GzipStream(ByteStream& packed);

    [[nodiscard]] Expected<std::size_t> read(std::span<std::byte> buffer) override;
    [[nodiscard]] std::uint64_t position() const override { return m_position; }
    [[nodiscard]] const std::string& damage() const override { return m_damage; }
    [[nodiscard]] std::uint64_t packedPosition() const override { return m_packed.position() - m_inflate->avail_in; }

private:
    struct EndInflate
    {
        void operator()(z_stream* stream) const noexcept
        {
            inflateEnd(stream);
            std::default_delete<z_stream>{}(stream);
        }
    };

    [[nodiscard]] Expected<bool> fill(); ///< False at the end of the packed bytes.
    [[nodiscard]] Expected<bool> startNextMember(); ///< False if there is none.
    void inflateSome();

    ByteStream& m_packed;
    std::vector<std::byte> m_input;
    std::unique_ptr<z_stream, EndInflate> m_inflate;
    std::uint64_t m_position = 0;
    std::string m_damage;
    bool m_isBetweenMembers = false;
    bool m_isAtEnd = false;
};

} // namespace halfshake
