// SPDX-FileCopyrightText: The Halfshake authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "models/base/sourceref.h"
#include "models/parameters/yamltree.h"

#include <cstddef>
#include <string_view>
#include <vector>

namespace halfshake {

/// A scalar of many lines (a script, a document inside a document), to find the place of what stands in it: unquoting
/// and folding move text around. Refers to source and scalar, which must outlive it.
class ScalarText
{
public:
    /// \a start is the place of \a scalar in \a source.
    ScalarText(std::string_view source, YamlValue scalar, const SourceRef& start);

    /// Where \a word is that stands at \a offset of the scalar's text; "" for the line's first character. The scalar's
    /// start where quotes or folding hide it.
    [[nodiscard]] SourceRef placeAt(std::size_t offset, std::string_view word) const;

private:
    [[nodiscard]] SourceRef placeInLiteral(std::size_t offset, std::string_view word) const;
    [[nodiscard]] SourceRef placeInQuoted(std::size_t offset, std::string_view word) const;

    std::string_view m_source;
    std::string_view m_text;
    SourceRef m_start;
    std::size_t m_content = 0; ///< Of the source, behind anchor and tag.
    std::vector<std::size_t> m_textLines; ///< Starts of the scalar's lines, and below of the same lines in the source;
    std::vector<std::size_t> m_sourceLines; ///< only of a literal block, which keeps lines as they are.
};

} // namespace halfshake
