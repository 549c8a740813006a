// SPDX-FileCopyrightText: The Halfshake authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "models/base/expected.h"
#include "models/io/bytesource.h"

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace halfshake {

/// Lines from the head of a log, from which its format is told.
class LogSample
{
public:
    static constexpr std::size_t mostLines = 1000;
    static constexpr std::size_t mostBytes = std::size_t{512} << 10;

    /// From \a firstByte of \a source on.
    [[nodiscard]] static Expected<LogSample> take(const ByteSource& source, std::uint64_t firstByte);
    /// The lines of \a head, of which the last one counts only where \a isWhole.
    [[nodiscard]] static LogSample of(std::string_view head, bool isWhole);

    [[nodiscard]] std::vector<std::string_view> lines() const;
    [[nodiscard]] bool isDocument() const { return m_isDocument; } ///< A RecordDocument: lines() are of its records.

private:
    std::string m_text;
    bool m_isDocument = false;
};

} // namespace halfshake
