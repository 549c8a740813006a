// SPDX-FileCopyrightText: The Halfshake authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "models/io/bytesource.h"

#include "models/io/filesource.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstring>
#include <system_error>
#include <utility>

namespace halfshake {

namespace {

/// The kernel's own files (/proc, /sys) state no size. They are small; what does not end here is no evidence.
constexpr std::size_t longestUnsizedFile = std::size_t{16} << 20;

class MemorySource final : public ByteSource
{
public:
    explicit MemorySource(std::string bytes) : m_bytes(std::move(bytes)) { }

    [[nodiscard]] std::uint64_t size() const override { return m_bytes.size(); }
    [[nodiscard]] Expected<std::size_t> read(std::uint64_t offset, std::span<std::byte> buffer) const override
    {
        if (offset >= m_bytes.size())
            return 0;
        const auto count = std::min(buffer.size(), m_bytes.size() - static_cast<std::size_t>(offset));
        std::memcpy(buffer.data(), m_bytes.data() + offset, count);
        return count;
    }

private:
    std::string m_bytes;
};

std::unexpected<Diagnostic> notReadable(std::errc error)
{
    return failure(DiagnosticCode::FileNotReadable, {}, {std::make_error_code(error).message()});
}

std::unexpected<Diagnostic> notReadable(int error)
{
    const auto code =
        error == ENOENT || error == ENOTDIR ? DiagnosticCode::FileNotFound : DiagnosticCode::FileNotReadable;
    return failure(code, {}, {std::system_category().message(error)});
}

Expected<std::shared_ptr<const ByteSource>> readUnsizedFile(const FileDescriptor& file)
{
    std::string bytes;
    std::array<char, 1 << 16> block{};
    while (bytes.size() < longestUnsizedFile) {
        const auto count = ::read(file.value(), block.data(), block.size());
        if (count == 0)
            return memorySource(std::move(bytes));
        if (count > 0)
            bytes.append(block.data(), static_cast<std::size_t>(count));
        else if (errno != EINTR)
            return notReadable(errno);
    }
    return notReadable(std::errc::file_too_large);
}

} // namespace

Expected<std::shared_ptr<const ByteSource>> openFile(const std::string& path)
{
    // without O_NONBLOCK a FIFO would wait here for somebody to write
    FileDescriptor file{::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY)};
    if (!file.isOpen())
        return notReadable(errno);
    struct stat status{};
    if (::fstat(file.value(), &status) != 0)
        return notReadable(errno);
    if (S_ISDIR(status.st_mode))
        return notReadable(std::errc::is_a_directory);
    if (!S_ISREG(status.st_mode))
        return failure(DiagnosticCode::FileNotReadable, {}, {"not a regular file"});
    if (status.st_size == 0)
        return readUnsizedFile(file);
    return std::make_shared<FileSource>(
        std::make_shared<FileDescriptor>(std::move(file)), 0, static_cast<std::uint64_t>(status.st_size));
}

std::shared_ptr<const ByteSource> memorySource(std::string bytes)
{
    return std::make_shared<MemorySource>(std::move(bytes));
}

} // namespace halfshake
