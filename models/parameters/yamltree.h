// SPDX-FileCopyrightText: The Halfshake authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace halfshake {

enum class YamlKind : std::uint8_t { Null, Scalar, Sequence, Map };

/// One node as the text states it, with the place of its first character.
struct YamlNode
{
    YamlKind kind = YamlKind::Null;
    std::string text; ///< Of a scalar, unquoted and unescaped.
    std::vector<std::uint32_t> children; ///< Rows; a map's keys and values alternate. An alias repeats a row.
    std::uint64_t line = 0; ///< Counted from 1 in the text that was parsed.
    std::uint64_t offset = 0; ///< Of the byte in the text that was parsed.
    std::uint64_t weight = 1; ///< Nodes of the subtree with every alias written out; a long text counts as several.
};

class YamlValue;

/// The nodes of one document; row 0 is the root.
using YamlTree = std::vector<YamlNode>;

/// A node to look into, or nothing: looking for what is not there gives nothing again, never an error. Refers to the
/// tree, which must outlive it.
class YamlValue
{
public:
    using Field = std::pair<YamlValue, YamlValue>;

    YamlValue() = default;
    YamlValue(const YamlTree& tree, std::uint32_t row) : m_tree(&tree), m_row(row) { }

    [[nodiscard]] bool isPresent() const { return m_tree != nullptr; }
    [[nodiscard]] bool isMap() const { return isPresent() && node().kind == YamlKind::Map; }
    [[nodiscard]] bool isSequence() const { return isPresent() && node().kind == YamlKind::Sequence; }
    [[nodiscard]] bool isScalar() const { return isPresent() && node().kind == YamlKind::Scalar; }

    /// A scalar's text, "" for all else.
    [[nodiscard]] std::string_view text() const { return isScalar() ? std::string_view(node().text) : ""; }
    /// The value of \a key in a map, also where a merge key ("<<") brings it in. Of repeated keys the last counts.
    [[nodiscard]] YamlValue operator[](std::string_view key) const;
    /// The elements of a sequence, none for all else.
    [[nodiscard]] std::vector<YamlValue> items() const;
    /// Keys and values of a map, none for all else.
    [[nodiscard]] std::vector<Field> fields() const;

    [[nodiscard]] const YamlNode& node() const { return (*m_tree)[m_row]; } ///< Only of what is present.

private:
    const YamlTree* m_tree = nullptr;
    std::uint32_t m_row = 0;
};

} // namespace halfshake
