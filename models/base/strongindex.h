// SPDX-FileCopyrightText: The Halfshake authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <compare>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <limits>

namespace halfshake {

/// A row number of one kind of table. Two kinds do not mix, convert or compare.
template<typename Tag, typename Value = std::uint32_t>
class StrongIndex
{
public:
    using value_type = Value;
    static constexpr Value invalidValue = std::numeric_limits<Value>::max();

    constexpr StrongIndex() noexcept = default;
    constexpr explicit StrongIndex(Value value) noexcept : m_value(value) { }

    [[nodiscard]] constexpr Value value() const noexcept { return m_value; }
    [[nodiscard]] constexpr bool isValid() const noexcept { return m_value != invalidValue; }

    constexpr auto operator<=>(const StrongIndex&) const noexcept = default;

private:
    Value m_value = invalidValue;
};

struct StringTag;
struct EvidenceTag;

using StringId = StrongIndex<StringTag>;

/// One piece of evidence of the incident, in the order it was added. Written "E1" for the value 0.
using EvidenceId = StrongIndex<EvidenceTag>;

} // namespace halfshake

template<typename Tag, typename Value>
struct std::hash<halfshake::StrongIndex<Tag, Value>>
{
    std::size_t operator()(halfshake::StrongIndex<Tag, Value> index) const noexcept
    {
        return std::hash<Value>{}(index.value());
    }
};
