// SPDX-FileCopyrightText: The Halfshake authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "models/rules/pattern.h"

#include <array>
#include <cstdint>
#include <memory>

#define PCRE2_CODE_UNIT_WIDTH 8
#include <pcre2.h>

namespace halfshake {

namespace {

constexpr std::size_t maxPatternLength = 4096;
constexpr std::uint32_t maxMatchSteps = 100'000;
constexpr std::uint32_t maxDepth = 1000;
constexpr std::uint32_t maxHeapKibibytes = 1024;

template<auto function>
struct Deleter
{
    template<typename T>
    void operator()(T* pointer) const
    {
        function(pointer);
    }
};

using Code = std::unique_ptr<pcre2_code, Deleter<&pcre2_code_free>>;
using MatchData = std::unique_ptr<pcre2_match_data, Deleter<&pcre2_match_data_free>>;
using MatchContext = std::unique_ptr<pcre2_match_context, Deleter<&pcre2_match_context_free>>;

std::string messageOf(int error)
{
    std::array<PCRE2_UCHAR, 256> buffer{};
    const auto length = pcre2_get_error_message(error, buffer.data(), buffer.size());
    return length < 0 ? "pattern error" : std::string(buffer.begin(), buffer.begin() + length);
}

PCRE2_SPTR bytesOf(std::string_view text)
{
    return reinterpret_cast<PCRE2_SPTR>(text.data());
}

} // namespace

std::expected<bool, std::string> matchesPattern(std::string_view text, std::string_view pattern)
{
    if (pattern.size() > maxPatternLength)
        return std::unexpected("the pattern is too long");
    int error = 0;
    std::size_t offset = 0;
    const Code code(pcre2_compile(bytesOf(pattern), pattern.size(),
        PCRE2_UTF | PCRE2_MATCH_INVALID_UTF | PCRE2_NEVER_BACKSLASH_C, &error, &offset, nullptr));
    if (!code)
        return std::unexpected(messageOf(error) + " at " + std::to_string(offset + 1));
    const MatchData data(pcre2_match_data_create(1, nullptr));
    const MatchContext context(pcre2_match_context_create(nullptr));
    if (!data || !context)
        return std::unexpected(messageOf(PCRE2_ERROR_NOMEMORY));
    pcre2_set_match_limit(context.get(), maxMatchSteps);
    pcre2_set_depth_limit(context.get(), maxDepth);
    pcre2_set_heap_limit(context.get(), maxHeapKibibytes);
    const auto result = pcre2_match(code.get(), bytesOf(text), text.size(), 0, 0, data.get(), context.get());
    if (result >= 0)
        return true;
    if (result == PCRE2_ERROR_NOMATCH)
        return false;
    return std::unexpected(messageOf(result));
}

} // namespace halfshake
