// SPDX-FileCopyrightText: The Halfshake authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "models/io/bytesource.h"
#include "models/io/filedescriptor.h"

#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
#include <string>

namespace halfshake {

/// Where unpacked bytes are put, one member after the other: small ones in memory, the others in one temporary file
/// without a name, which the system removes when nobody reads a member any more.
///
/// One file for all: ten thousand members would use up the file descriptors.
class Spool
{
public:
    static constexpr std::size_t largestInMemory = std::size_t{256} << 10; ///< Of one member.
    static constexpr std::size_t memoryBudget = std::size_t{32} << 20; ///< Of all members.

    /// Adds to the open member. Errors: FileNotReadable with the system's message where there is no room.
    [[nodiscard]] Expected<void> append(std::span<const std::byte> bytes);
    [[nodiscard]] std::uint64_t memberSize() const { return m_memory.size() + m_written; }

    /// Ends the open member and starts the next.
    [[nodiscard]] std::shared_ptr<const ByteSource> finishMember();
    void discardMember();

private:
    [[nodiscard]] Expected<void> write(std::span<const std::byte> bytes);

    std::string m_memory; ///< The open member, as long as it is small.
    std::size_t m_memoryUsed = 0; ///< By finished members.
    std::shared_ptr<const FileDescriptor> m_file;
    std::uint64_t m_begin = 0; ///< Of the open member in the file.
    std::uint64_t m_written = 0; ///< Of the open member.
};

} // namespace halfshake
