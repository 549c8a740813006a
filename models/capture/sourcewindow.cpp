// SPDX-FileCopyrightText: The Halfshake authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "models/capture/sourcewindow.h"

#include <algorithm>

namespace halfshake {

SourceWindow::SourceWindow(const ByteSource& source)
    : m_source(source), m_buffer(static_cast<std::size_t>(std::min<std::uint64_t>(usualSize, source.size())))
{
}

std::uint64_t SourceWindow::remaining() const
{
    const std::uint64_t size = std::max<std::uint64_t>(m_source.size(), m_offset + m_end);
    return size - std::min(size, position());
}

Expected<std::span<const std::byte>> SourceWindow::require(std::size_t wanted)
{
    // Never larger than what the source has left: a length field alone allocates nothing.
    const auto reachable = static_cast<std::size_t>(std::min<std::uint64_t>(wanted, remaining()));
    if (reachable <= m_end - m_begin)
        return ahead();

    std::copy(m_buffer.begin() + static_cast<std::ptrdiff_t>(m_begin),
        m_buffer.begin() + static_cast<std::ptrdiff_t>(m_end), m_buffer.begin());
    m_offset += m_begin;
    m_end -= m_begin;
    m_begin = 0;
    if (reachable > m_buffer.size())
        m_buffer.resize(reachable);
    while (m_end < reachable) {
        const auto got = m_source.read(m_offset + m_end, std::span(m_buffer).subspan(m_end));
        if (!got)
            return std::unexpected(got.error());
        if (*got == 0)
            break;
        m_end += *got;
    }
    return ahead();
}

void SourceWindow::skip(std::uint64_t count)
{
    const std::size_t inMemory = m_end - m_begin;
    if (count <= inMemory) {
        m_begin += static_cast<std::size_t>(count);
        return;
    }
    const std::uint64_t target = position() + std::min(count, remaining());
    m_offset = target;
    m_begin = 0;
    m_end = 0;
}

} // namespace halfshake
