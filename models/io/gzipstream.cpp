// SPDX-FileCopyrightText: The Halfshake authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "models/io/gzipstream.h"

#include <algorithm>
#include <limits>

namespace halfshake {

namespace {

constexpr std::size_t inputSize = std::size_t{128} << 10;
constexpr int gzipOnly = 16 + MAX_WBITS;
constexpr Bytef firstMagicByte = 0x1F;

} // namespace

GzipStream::GzipStream(ByteStream& packed) : m_packed(packed), m_input(inputSize), m_inflate(new z_stream{})
{
    if (inflateInit2(m_inflate.get(), gzipOnly) != Z_OK) {
        m_damage = "out of memory";
        m_isAtEnd = true;
    }
}

Expected<bool> GzipStream::fill()
{
    const auto count = m_packed.read(m_input);
    if (!count)
        return std::unexpected(count.error());
    m_inflate->next_in = reinterpret_cast<Bytef*>(m_input.data());
    m_inflate->avail_in = static_cast<uInt>(*count);
    return *count > 0;
}

Expected<bool> GzipStream::startNextMember()
{
    // zeros pad the file to the block size of a tape or a disk
    while (true) {
        while (m_inflate->avail_in > 0 && *m_inflate->next_in == 0) {
            ++m_inflate->next_in;
            --m_inflate->avail_in;
        }
        if (m_inflate->avail_in > 0)
            break;
        const auto isMore = fill();
        if (!isMore || !*isMore)
            return isMore;
    }
    if (*m_inflate->next_in != firstMagicByte) {
        m_damage = "bytes after the end of the gzip data";
        return false;
    }
    inflateReset(m_inflate.get());
    m_isBetweenMembers = false;
    return true;
}

void GzipStream::inflateSome()
{
    switch (const int status = inflate(m_inflate.get(), Z_NO_FLUSH)) {
    case Z_OK:
    case Z_BUF_ERROR:
        break;
    case Z_STREAM_END:
        m_isBetweenMembers = true;
        break;
    default:
        m_damage = m_inflate->msg != nullptr ? m_inflate->msg : zError(status);
        m_isAtEnd = true;
    }
}

Expected<std::size_t> GzipStream::read(std::span<std::byte> buffer)
{
    buffer = buffer.first(std::min<std::size_t>(buffer.size(), std::numeric_limits<uInt>::max()));
    m_inflate->next_out = reinterpret_cast<Bytef*>(buffer.data());
    m_inflate->avail_out = static_cast<uInt>(buffer.size());
    while (!m_isAtEnd && m_inflate->avail_out > 0) {
        const bool wasBetweenMembers = m_isBetweenMembers;
        Expected<bool> isMore = true;
        if (wasBetweenMembers)
            isMore = startNextMember();
        else if (m_inflate->avail_in == 0)
            isMore = fill();
        if (!isMore && m_inflate->avail_out < buffer.size())
            break; // what was unpacked first; the next call fails again
        if (!isMore)
            return std::unexpected(isMore.error());
        if (*isMore) {
            inflateSome();
            continue;
        }
        m_isAtEnd = true;
        if (!wasBetweenMembers)
            m_damage = "truncated gzip input";
    }
    const auto count = buffer.size() - m_inflate->avail_out;
    m_position += count;
    return count;
}

} // namespace halfshake
