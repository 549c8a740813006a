// SPDX-FileCopyrightText: The Halfshake authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "models/logs/tolerantjson.h"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace halfshake {

/// One JSON document that holds many log lines: the answer of an Elasticsearch search (hits.hits[]._source.log) or an
/// array of records, as log services export them.
class RecordDocument
{
public:
    /// Whether \a head begins like such a document. One object per line is none.
    [[nodiscard]] static bool isOne(std::string_view head);

    explicit RecordDocument(std::string_view text);

    struct Record
    {
        std::string_view text; ///< The log line; valid until the next call.
        std::uint64_t line = 0; ///< Of the document, counted from 1.
        std::uint64_t byteOffset = 0;
    };

    [[nodiscard]] bool next(Record& record);

private:
    std::string_view m_text;
    TolerantJson m_json;
    std::string_view m_key; ///< Under which the lines stand.
    std::string m_buffer;
    std::uint64_t m_line = 1;
    std::size_t m_counted = 0; ///< Bytes whose newlines are in m_line.
};

/// How sure it is that the log line of a JSON record stands under \a key, 0 the surest; none where it never does.
[[nodiscard]] std::optional<std::size_t> rankOfLineKey(std::string_view key);

} // namespace halfshake
