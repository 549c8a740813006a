// SPDX-FileCopyrightText: The Halfshake authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "models/rules/sourcedvalue.h"

#include <utility>

namespace halfshake {

namespace {

Value at(Value value, std::string name, const SourceRef& place, ObjectRef object)
{
    value.setOrigin({.name = std::move(name), .place = place, .object = object, .isAssumed = false});
    return value;
}

} // namespace

ObjectRef lineObject(const SourceRef& place)
{
    if (!place.evidence.isValid() || place.line == 0)
        return {};
    return {ObjectKind::Line, place.evidence, static_cast<std::uint32_t>(place.line - 1)};
}

Value sourced(Value value, std::string name, const SourceRef& place)
{
    return at(std::move(value), std::move(name), place, lineObject(place));
}

Value sourced(Value value, const ParameterStore& parameters, const Parameter& parameter)
{
    const auto row = parameters.rowOf(parameter);
    const auto object = row ? ObjectRef{ObjectKind::Parameter, {}, *row} : ObjectRef{};
    return at(std::move(value), parameter.key, parameter.place, object);
}

} // namespace halfshake
