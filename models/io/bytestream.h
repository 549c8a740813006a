// SPDX-FileCopyrightText: The Halfshake authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "models/base/expected.h"
#include "models/base/jobcontext.h"
#include "models/io/bytesource.h"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>

namespace halfshake {

/// Bytes one after the other.
class ByteStream
{
public:
    ByteStream() = default;
    virtual ~ByteStream() = default;
    ByteStream(const ByteStream&) = delete;
    ByteStream& operator=(const ByteStream&) = delete;
    ByteStream(ByteStream&&) = delete;
    ByteStream& operator=(ByteStream&&) = delete;

    /// Fills \a buffer; returns how many bytes there were, fewer than asked for only at the end.
    [[nodiscard]] virtual Expected<std::size_t> read(std::span<std::byte> buffer) = 0;

    /// Where it can be read from any position: the size of the whole.
    [[nodiscard]] virtual std::optional<std::uint64_t> seekableSize() const { return {}; }
    virtual void seek(std::uint64_t /*position*/) { }
    [[nodiscard]] virtual std::uint64_t position() const = 0;
};

/// A source read from its start; where a job is cancelled and reports how far it is.
class SourceStream final : public ByteStream
{
public:
    /// Reports to \a job in bytes of the source if \a isReporting.
    SourceStream(const ByteSource& source, JobContext& job, bool isReporting);

    /// Errors: Cancelled, and those of the source.
    [[nodiscard]] Expected<std::size_t> read(std::span<std::byte> buffer) override;
    [[nodiscard]] std::optional<std::uint64_t> seekableSize() const override { return m_source.size(); }
    void seek(std::uint64_t position) override { m_position = position; }
    [[nodiscard]] std::uint64_t position() const override { return m_position; }

private:
    const ByteSource& m_source;
    JobContext& m_job;
    bool m_isReporting;
    std::uint64_t m_position = 0;
};

} // namespace halfshake
