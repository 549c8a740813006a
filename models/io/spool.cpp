// SPDX-FileCopyrightText: The Halfshake authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "models/io/spool.h"

#include "models/io/filesource.h"

#include <fcntl.h>
#include <unistd.h>

#include <cerrno>
#include <cstdlib>
#include <system_error>
#include <utility>

namespace halfshake {

namespace {

FileDescriptor openTemporaryFileIn(const std::string& folder)
{
    FileDescriptor file{::open(folder.c_str(), O_TMPFILE | O_RDWR | O_EXCL | O_CLOEXEC, S_IRUSR | S_IWUSR)};
    if (file.isOpen())
        return file;
    // a file system without O_TMPFILE
    auto path = folder + "/halfshake-XXXXXX";
    file = FileDescriptor{::mkostemp(path.data(), O_CLOEXEC)};
    if (file.isOpen())
        ::unlink(path.c_str());
    return file;
}

/// In $TMPDIR; else in /var/tmp, which is meant for what is too large for a /tmp in memory.
FileDescriptor openTemporaryFile()
{
    if (const char* folder = ::secure_getenv("TMPDIR"); folder != nullptr && *folder != '\0')
        return openTemporaryFileIn(folder);
    auto file = openTemporaryFileIn("/var/tmp");
    return file.isOpen() ? std::move(file) : openTemporaryFileIn("/tmp");
}

std::unexpected<Diagnostic> systemFailure()
{
    return failure(DiagnosticCode::FileNotReadable, {}, {std::system_category().message(errno)});
}

} // namespace

Expected<void> Spool::append(std::span<const std::byte> bytes)
{
    if (m_written == 0) {
        const auto size = m_memory.size() + bytes.size();
        if (size <= largestInMemory && m_memoryUsed + size <= memoryBudget) {
            m_memory.append(reinterpret_cast<const char*>(bytes.data()), bytes.size());
            return {};
        }
        const auto begun = std::exchange(m_memory, {});
        if (const auto written = write(std::as_bytes(std::span{begun})); !written)
            return written;
    }
    return write(bytes);
}

Expected<void> Spool::write(std::span<const std::byte> bytes)
{
    if (m_file == nullptr) {
        auto file = openTemporaryFile();
        if (!file.isOpen())
            return systemFailure();
        m_file = std::make_shared<const FileDescriptor>(std::move(file));
    }
    while (!bytes.empty()) {
        const auto position = static_cast<off_t>(m_begin + m_written);
        const auto count = ::pwrite(m_file->value(), bytes.data(), bytes.size(), position);
        if (count < 0 && errno == EINTR)
            continue;
        if (count < 0)
            return systemFailure();
        m_written += static_cast<std::uint64_t>(count);
        bytes = bytes.subspan(static_cast<std::size_t>(count));
    }
    return {};
}

std::shared_ptr<const ByteSource> Spool::finishMember()
{
    if (m_written == 0) {
        m_memoryUsed += m_memory.size();
        return memorySource(std::exchange(m_memory, {}));
    }
    auto member = std::make_shared<FileSource>(m_file, m_begin, m_written);
    m_begin += std::exchange(m_written, 0);
    return member;
}

void Spool::discardMember()
{
    m_memory.clear();
    if (m_written > 0)
        std::ignore = ::ftruncate(m_file->value(), static_cast<off_t>(m_begin));
    m_written = 0;
}

} // namespace halfshake
