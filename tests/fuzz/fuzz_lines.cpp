// SPDX-FileCopyrightText: The Halfshake authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "models/io/lineindex.h"
#include "models/io/linereader.h"
#include "tests/fuzz/check.h"

#include <algorithm>
#include <cstdint>
#include <string>

using namespace halfshake;

namespace {

/// Makes long lines of short inputs: with an odd first byte, each byte but a newline stands for many.
std::string stretched(std::string_view bytes)
{
    if (bytes.empty() || bytes.front() % 2 == 0)
        return std::string{bytes};
    std::string result;
    for (const char byte : bytes.substr(1, 32))
        result.append(byte == '\n' ? 1 : 100'000, byte);
    return result;
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
    const auto text = stretched({reinterpret_cast<const char*>(data), size});
    const auto source = memorySource(text);
    JobContext job;
    const auto index = LineIndex::build(source, job);
    FUZZ_CHECK(index.has_value());

    LineReader reader{*source};
    std::uint64_t lines = 0;
    std::uint64_t nextOffset = 0;
    for (auto line = reader.next(); line && *line; line = reader.next()) {
        const auto& current = **line;
        FUZZ_CHECK(current.number == ++lines);
        FUZZ_CHECK(current.offset >= nextOffset);
        FUZZ_CHECK(current.text.size() <= LineReader::longestLine);
        FUZZ_CHECK(current.text == std::string_view{text}.substr(current.offset, current.text.size()));
        FUZZ_CHECK(!current.text.contains('\n'));
        if (lines % 37 == 1) {
            const auto found = index->lines(lines, 1);
            FUZZ_CHECK(found && found->size() == 1 && found->front() == current.text);
        }
        nextOffset = reader.offset();
    }
    FUZZ_CHECK(lines == index->lineCount());
    FUZZ_CHECK(reader.offset() == text.size());
    return 0;
}
