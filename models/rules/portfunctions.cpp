// SPDX-FileCopyrightText: The Halfshake authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "models/base/portset.h"
#include "models/base/text.h"
#include "models/rules/function.h"

#include <array>
#include <optional>
#include <string>

namespace halfshake {

namespace {

std::optional<std::uint16_t> portOf(const Value& value)
{
    const auto* const number = as<std::int64_t>(value);
    return number && *number >= 0 && *number <= 65535 ? std::optional(static_cast<std::uint16_t>(*number))
                                                      : std::optional<std::uint16_t>{};
}

std::optional<PortSet> portsOfList(const ValueList& items)
{
    std::vector<PortRange> ranges;
    ranges.reserve(items.size());
    for (const auto& item : items) {
        const auto port = portOf(item);
        if (!port)
            return {};
        ranges.push_back({*port, *port});
    }
    return PortSet(std::move(ranges));
}

/// ports("1024 65535"), ports("8080,9148-9150"), ports(""), ports(8080), ports([80, 443]).
Value ports(std::span<const Value> arguments)
{
    const auto& value = arguments[0];
    if (as<PortSet>(value))
        return value;
    std::optional<PortSet> set;
    if (const auto* const text = as<std::string>(value)) {
        // "8080 9090" is a range, as in ip_local_port_range: no list of the kernel is parted by blanks alone
        set = words(*text).size() == 2 && !text->contains(',') && !text->contains('-') ? PortSet::parseRange(*text)
                                                                                       : PortSet::parseList(*text);
    } else if (const auto port = portOf(value)) {
        set = PortSet({{*port, *port}});
    } else if (const auto* const items = as<std::shared_ptr<const ValueList>>(value)) {
        set = portsOfList(**items);
    }
    return set ? Value{*set} : Value::error("no ports: " + toString(value));
}

template<PortSet (PortSet::*operation)(const PortSet&) const>
Value combined(std::span<const Value> arguments)
{
    const auto* const left = as<PortSet>(arguments[0]);
    const auto* const right = as<PortSet>(arguments[1]);
    if (!left || !right)
        return noMatchingOverload("a port set function", arguments);
    return (left->*operation)(*right);
}

Value first(std::span<const Value> arguments)
{
    const auto* const set = as<PortSet>(arguments[0]);
    if (!set)
        return noMatchingOverload("first", arguments);
    return set->isEmpty() ? Value::error("the first port of nothing")
                          : Value{std::int64_t{set->ranges().front().first}};
}

Value last(std::span<const Value> arguments)
{
    const auto* const set = as<PortSet>(arguments[0]);
    if (!set)
        return noMatchingOverload("last", arguments);
    return set->isEmpty() ? Value::error("the last port of nothing") : Value{std::int64_t{set->ranges().back().last}};
}

/// x.countWithParityOf(port): how many ports of x are even (or odd) like port.
Value countWithParityOf(std::span<const Value> arguments)
{
    const auto* const set = as<PortSet>(arguments[0]);
    const auto port = portOf(arguments[1]);
    if (!set || !port)
        return noMatchingOverload("countWithParityOf", arguments);
    return std::int64_t{set->countWithParityOf(*port)};
}

/// list.countIn(ports): how many of the ports in a list, repeats counted, are in a set.
Value countIn(std::span<const Value> arguments)
{
    const auto* const items = as<std::shared_ptr<const ValueList>>(arguments[0]);
    const auto* const set = as<PortSet>(arguments[1]);
    if (!items || !set)
        return noMatchingOverload("countIn", arguments);
    std::int64_t count = 0;
    for (const auto& item : **items) {
        const auto port = portOf(item);
        count += port && set->contains(*port) ? 1 : 0;
    }
    return count;
}

constexpr std::array table{
    Function{"ports", false, 1, 1, ports, StepStyle::None},
    Function{"minus", true, 2, 2, combined<&PortSet::minus>, StepStyle::Infix},
    Function{"overlap", true, 2, 2, combined<&PortSet::overlap>, StepStyle::Infix},
    Function{"unite", true, 2, 2, combined<&PortSet::unite>, StepStyle::Infix},
    Function{"first", true, 1, 1, first, StepStyle::None},
    Function{"last", true, 1, 1, last, StepStyle::None},
    Function{"countWithParityOf", true, 2, 2, countWithParityOf, StepStyle::None},
    Function{"countIn", true, 2, 2, countIn, StepStyle::None},
};

} // namespace

std::span<const Function> portFunctions()
{
    return table;
}

} // namespace halfshake
