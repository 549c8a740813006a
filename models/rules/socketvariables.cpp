// SPDX-FileCopyrightText: The Halfshake authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "models/rules/socketvariables.h"

#include "models/base/portset.h"
#include "models/base/text.h"
#include "models/rules/hostdump.h"
#include "models/rules/sourcedvalue.h"

#include <algorithm>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace halfshake {

namespace {

constexpr std::string_view listenPrefix = "ss/listen/";
constexpr std::string_view destinationPrefix = "ss/destinations/";
constexpr std::string_view statePrefix = "ss/sockets/";

/// One listening socket in the sample where most connections waited.
struct Listener
{
    std::int64_t waiting = 0;
    std::int64_t limit = 0;
    const Parameter* where = nullptr;
};

/// A number of the sample that has the most of it.
struct Most
{
    std::int64_t number = 0;
    const Parameter* where = nullptr;

    void add(std::int64_t value, const Parameter& parameter)
    {
        if (where && value <= number)
            return;
        number = value;
        where = &parameter;
    }
};

class SocketVariables
{
public:
    explicit SocketVariables(const ParameterStore& parameters) : m_parameters(parameters) { }

    void add(const Parameter& parameter)
    {
        const std::string_view key = parameter.key;
        const auto number = toInteger<std::int64_t>(parameter.value);
        if (!number)
            return;
        if (key.starts_with(listenPrefix))
            addListener(key.substr(listenPrefix.size()), *number, parameter);
        else if (key.starts_with(destinationPrefix))
            m_destination.add(*number, parameter);
        else if (key == "ss/sockets/TIME-WAIT" || key == "ss/summary/timewait")
            m_timeWait.add(*number, parameter);
        m_hasTable |= key.starts_with(statePrefix);
    }

    Value result()
    {
        ValueMap sockets;
        if (!m_listeners.empty())
            addListeners(sockets);
        if (m_timeWait.where)
            sockets.emplace("timeWait", sourced(m_timeWait.number, m_parameters, *m_timeWait.where));
        if (m_destination.where)
            sockets.emplace("mostPerDestination", sourced(m_destination.number, m_parameters, *m_destination.where));
        else if (m_hasTable) // destinations with one connection are not listed
            sockets.emplace("mostPerDestination", std::int64_t{1});
        return Value::map(std::move(sockets));
    }

private:
    /// "0.0.0.0:80/Send-Q"
    void addListener(std::string_view rest, std::int64_t number, const Parameter& parameter)
    {
        const auto slash = rest.rfind('/');
        if (slash == std::string_view::npos)
            return;
        auto& listener = m_listeners[std::string{rest.substr(0, slash)}];
        if (rest.substr(slash + 1) == "Send-Q") {
            listener.limit = number;
        } else if (!listener.where || number >= listener.waiting) {
            listener.waiting = number;
            listener.where = &parameter;
        }
    }

    void addListeners(ValueMap& sockets) const
    {
        ValueList listeners;
        std::vector<PortRange> ports;
        const Parameter* first = nullptr;
        for (const auto& [address, listener] : m_listeners) {
            const auto port = toInteger<std::uint16_t>(std::string_view{address}.substr(address.rfind(':') + 1));
            if (!listener.where || !port)
                continue;
            first = first ? first : listener.where;
            ports.push_back({*port, *port});
            listeners.push_back(Value::map({{"address", address}, {"port", std::int64_t{*port}},
                {"waiting", sourced(listener.waiting, m_parameters, *listener.where)}, {"limit", listener.limit}}));
        }
        if (!first)
            return;
        sockets.emplace("listeners", Value::list(std::move(listeners)));
        Value set = PortSet(std::move(ports));
        set.setOrigin({.name = "listening ports", .place = first->place, .object = lineObject(first->place)});
        sockets.emplace("listenPorts", std::move(set));
    }

    const ParameterStore& m_parameters;
    std::map<std::string, Listener> m_listeners; ///< By local address and port.
    Most m_destination;
    Most m_timeWait;
    bool m_hasTable = false;
};

} // namespace

Value socketVariables(const ParameterStore& parameters, std::span<const ParameterFile* const> samples)
{
    SocketVariables variables(parameters);
    for (const auto* const sample : samples) {
        for (const auto& parameter : settingsOf(parameters, sample->evidence))
            variables.add(parameter);
    }
    return variables.result();
}

Value trackedConnectionVariables(const ParameterStore& parameters, std::span<const ParameterFile* const> samples)
{
    std::map<std::string, Most> most;
    for (const auto* const sample : samples) {
        for (const auto& parameter : settingsOf(parameters, sample->evidence)) {
            const std::string_view key = parameter.key;
            const auto number = toInteger<std::int64_t>(parameter.value);
            if (number && key.starts_with("conntrack/"))
                most[std::string{key.substr(key.find('/') + 1)}].add(*number, parameter);
        }
    }
    ValueMap connections;
    for (const auto& [key, entry] : most)
        connections.emplace(key, sourced(entry.number, parameters, *entry.where));
    connections.emplace("tcp/SYN_SENT/UNREPLIED", std::int64_t{0});
    connections.emplace("tcp/CLOSE_WAIT", std::int64_t{0});
    return Value::map(std::move(connections));
}

} // namespace halfshake
