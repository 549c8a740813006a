// SPDX-FileCopyrightText: The Halfshake authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "models/base/objectref.h"
#include "models/base/portset.h"
#include "models/base/sourceref.h"
#include "models/base/timepoint.h"

#include <concepts>
#include <cstdint>
#include <map>
#include <memory>
#include <string>
#include <type_traits>
#include <utility>
#include <variant>
#include <vector>

namespace halfshake {

class Value;

/// What is missing where a value is not known (CEL's unknown): names for people.
struct Unknown
{
    std::vector<std::string> missing;
};

/// A type error or an impossible operation (CEL's error).
struct EvaluationError
{
    std::string text;
};

/// major.minor.patch of a kernel, Kubernetes or nginx version; what follows is ignored.
struct Version
{
    std::uint32_t major = 0;
    std::uint32_t minor = 0;
    std::uint32_t patch = 0;

    auto operator<=>(const Version&) const = default;
};

using ValueList = std::vector<Value>;
using ValueMap = std::map<std::string, Value>;

/// A value of the rule language: CEL's null, bool, int, double, string, duration, list and map; port sets and versions;
/// unknown and error. Copies share lists and maps. Carries where it was read, so that findings can cite it.
class Value
{
public:
    using Variant = std::variant<std::monostate, bool, std::int64_t, double, std::string, Duration, Version, PortSet,
        std::shared_ptr<const ValueList>, std::shared_ptr<const ValueMap>, Unknown, EvaluationError>;

    Value() = default;
    /// From anything that fits exactly one of the alternatives.
    template<typename T>
        requires(!std::same_as<std::remove_cvref_t<T>, Value> && std::constructible_from<Variant, T>)
    Value(T&& value) : m_variant(std::forward<T>(value)) // NOLINT(google-explicit-constructor)
    {
    }
    [[nodiscard]] static Value list(ValueList items);
    [[nodiscard]] static Value map(ValueMap fields);
    [[nodiscard]] static Value unknown(std::string missing);
    [[nodiscard]] static Value error(std::string text);

    [[nodiscard]] const Variant& variant() const { return m_variant; }
    [[nodiscard]] bool isUnknown() const { return std::holds_alternative<Unknown>(m_variant); }
    [[nodiscard]] bool isError() const { return std::holds_alternative<EvaluationError>(m_variant); }

    /// Where the value stands, under which name people know it, and whether a documented default took its place.
    struct Origin
    {
        std::string name;
        SourceRef place;
        ObjectRef object;
        bool isAssumed = false;
    };
    Value& setOrigin(Origin origin);
    [[nodiscard]] const Origin* origin() const { return m_origin.get(); }

private:
    Variant m_variant;
    std::shared_ptr<const Origin> m_origin;
};

/// The value as one of the variant's alternatives, or null.
template<typename T>
[[nodiscard]] const T* as(const Value& value)
{
    return std::get_if<T>(&value.variant());
}

/// For people and evaluation steps: 30000-32767, 31.5s, "text", [1, 2], unknown(…).
[[nodiscard]] std::string toString(const Value& value);

} // namespace halfshake
