// SPDX-FileCopyrightText: The Halfshake authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "models/base/expected.h"

#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
#include <string>

namespace halfshake {

/// The bytes of one piece of evidence, read by position.
///
/// Reads never move a shared position, so any number of threads may read one source. A file is read with pread(2),
/// not mapped: a log that is truncated while open gives short reads instead of SIGBUS.
class ByteSource
{
public:
    ByteSource() = default;
    virtual ~ByteSource() = default;
    ByteSource(const ByteSource&) = delete;
    ByteSource& operator=(const ByteSource&) = delete;
    ByteSource(ByteSource&&) = delete;
    ByteSource& operator=(ByteSource&&) = delete;

    /// The size when the source was opened. A file may grow or shrink afterwards.
    [[nodiscard]] virtual std::uint64_t size() const = 0;

    /// Fills \a buffer from \a offset on; returns how many bytes there were, fewer than asked for only at the end.
    [[nodiscard]] virtual Expected<std::size_t> read(std::uint64_t offset, std::span<std::byte> buffer) const = 0;
};

/// Errors: FileNotFound, FileNotReadable (also for directories, sockets, FIFOs).
[[nodiscard]] Expected<std::shared_ptr<const ByteSource>> openFile(const std::string& path);

/// Holds \a bytes itself: pasted text, tests.
[[nodiscard]] std::shared_ptr<const ByteSource> memorySource(std::string bytes);

} // namespace halfshake
