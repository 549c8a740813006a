// SPDX-FileCopyrightText: The Halfshake authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace halfshake {

/// One argument of a directive, quotes and escapes removed.
struct NginxWord
{
    std::string text;
    bool isQuoted = false;
};

/// A directive with its arguments, and for a block what stands inside: the children follow it in the list.
struct NginxDirective
{
    std::string name;
    std::vector<NginxWord> arguments;
    std::uint32_t parent = ~std::uint32_t{0}; ///< Row of the block it stands in; topLevel outside of all.
    bool isBlock = false;
    std::uint64_t line = 0; ///< Counted from 1.
    std::size_t offset = 0; ///< Of the name's first byte.

    static constexpr std::uint32_t topLevel = ~std::uint32_t{0};
};

/// A place where the text is no nginx configuration.
struct NginxSyntaxProblem
{
    std::string what; ///< "unexpected }", "unexpected end"
    std::uint64_t line = 0;
    std::size_t offset = 0;
};

struct NginxSyntax
{
    std::vector<NginxDirective> directives; ///< In the order of their names in the text.
    std::vector<NginxSyntaxProblem> problems; ///< The first few.
};

/// Takes nginx's configuration syntax apart: words, quotes, comments, blocks, Lua blocks as one opaque argument. Any
/// text is accepted; what does not fit is a problem. Messages of nginx -t in front of the text are passed over.
[[nodiscard]] NginxSyntax parseNginxDirectives(std::string_view text);

} // namespace halfshake
