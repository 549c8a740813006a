// SPDX-FileCopyrightText: The Halfshake authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "models/io/filesource.h"

#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <system_error>
#include <utility>

namespace halfshake {

FileSource::FileSource(std::shared_ptr<const FileDescriptor> file, std::uint64_t begin, std::uint64_t size)
    : m_file(std::move(file)), m_begin(begin), m_size(size)
{
}

Expected<std::size_t> FileSource::read(std::uint64_t offset, std::span<std::byte> buffer) const
{
    if (offset >= m_size)
        return 0;
    buffer = buffer.first(static_cast<std::size_t>(std::min<std::uint64_t>(buffer.size(), m_size - offset)));
    std::size_t done = 0;
    while (done < buffer.size()) {
        const auto position = static_cast<off_t>(m_begin + offset + done);
        const auto count = ::pread(m_file->value(), buffer.data() + done, buffer.size() - done, position);
        if (count == 0)
            break;
        if (count > 0)
            done += static_cast<std::size_t>(count);
        else if (errno != EINTR)
            return failure(DiagnosticCode::FileNotReadable, {.byteOffset = offset + done},
                {std::system_category().message(errno)});
    }
    return done;
}

} // namespace halfshake
