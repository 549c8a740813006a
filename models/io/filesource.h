// SPDX-FileCopyrightText: The Halfshake authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "models/io/bytesource.h"
#include "models/io/filedescriptor.h"

#include <cstdint>
#include <memory>

namespace halfshake {

/// A stretch of an open regular file. What is appended to the file later lies outside.
class FileSource final : public ByteSource
{
public:
    FileSource(std::shared_ptr<const FileDescriptor> file, std::uint64_t begin, std::uint64_t size);

    [[nodiscard]] std::uint64_t size() const override { return m_size; }
    [[nodiscard]] Expected<std::size_t> read(std::uint64_t offset, std::span<std::byte> buffer) const override;

private:
    std::shared_ptr<const FileDescriptor> m_file;
    std::uint64_t m_begin;
    std::uint64_t m_size;
};

} // namespace halfshake
