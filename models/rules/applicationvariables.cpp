// SPDX-FileCopyrightText: The Halfshake authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "models/base/text.h"
#include "models/rules/evidencevariables.h"
#include "models/rules/scalar.h"
#include "models/rules/sourcedvalue.h"

#include <chrono>
#include <map>
#include <optional>
#include <ranges>
#include <string>
#include <string_view>
#include <utility>

namespace halfshake {

namespace {

struct ConnectorSetting
{
    const char* variable;
    std::string_view attribute; ///< server.xml, times in milliseconds.
    std::string_view property; ///< Spring Boot, times with a unit, else milliseconds.
    bool isTime;
};

constexpr ConnectorSetting connectorSettings[] = {
    {"connectionTimeout", "connectionTimeout", "server.tomcat.connection-timeout", true},
    {"keepAliveTimeout", "keepAliveTimeout", "server.tomcat.keep-alive-timeout", true},
    {"maxThreads", "maxThreads", "server.tomcat.threads.max", false},
    {"maxConnections", "maxConnections", "server.tomcat.max-connections", false},
    {"acceptCount", "acceptCount", "server.tomcat.accept-count", false},
    {"maxKeepAliveRequests", "maxKeepAliveRequests", "server.tomcat.max-keep-alive-requests", false},
};

/// -1 stands for "no limit", a negative duration for "never".
std::optional<Value> valueOf(const Parameter& parameter, const ConnectorSetting& setting)
{
    const auto number = toInteger<std::int64_t>(parameter.value);
    if (!setting.isTime)
        return number ? std::optional<Value>{*number} : std::nullopt;
    if (number && *number > -1'000'000'000'000 && *number < 1'000'000'000'000)
        return Value{Duration{std::chrono::milliseconds{*number}}};
    const auto time = parseDuration(parameter.value);
    return time ? std::optional<Value>{*time} : std::nullopt;
}

/// "server.xml/Connector[8443]@maxThreads": the connector's index and the attribute.
std::optional<std::pair<std::string, std::string_view>> connectorOf(std::string_view key)
{
    constexpr std::string_view prefix = "server.xml/Connector";
    const auto at = key.find('@');
    if (!key.starts_with(prefix) || at == std::string_view::npos)
        return {};
    return std::pair{std::string(key.substr(prefix.size(), at - prefix.size())), key.substr(at + 1)};
}

using Connectors = std::map<std::string, ValueMap>;

void addConnectorSetting(const ParameterStore& parameters, const Parameter& parameter, Connectors& connectors)
{
    constexpr std::string_view spring = "spring/";
    const std::string_view key = parameter.key;
    const auto connector = connectorOf(key);
    const bool isSpring = key.starts_with(spring);
    if (!connector && !isSpring)
        return;
    auto& fields = connectors[connector ? connector->first : std::string{}];
    if (connector && (connector->second == "port" || connector->second == "protocol"))
        fields.insert_or_assign(std::string{connector->second}, parameter.value);
    for (const auto& setting : connectorSettings) {
        const bool isMeant =
            connector ? connector->second == setting.attribute : key.substr(spring.size()) == setting.property;
        if (!isMeant)
            continue;
        if (auto value = valueOf(parameter, setting))
            fields.insert_or_assign(setting.variable, sourced(std::move(*value), parameters, parameter));
    }
}

Value assumed(Value value, std::string name)
{
    value.setOrigin({.name = std::move(name), .place = {}, .object = {}, .isAssumed = true});
    return value;
}

/// Tomcat's defaults (org.apache.coyote, org.apache.tomcat.util.net). An idle connection ends after keepAliveTimeout,
/// else connectionTimeout.
void addDefaults(ValueMap& fields)
{
    for (const auto* const name : {"keepAliveTimeout", "connectionTimeout"}) {
        if (const auto it = fields.find(name); it != fields.end())
            fields.emplace("idleTimeout", it->second);
    }
    fields.emplace("idleTimeout", assumed(Duration{std::chrono::seconds{60}}, "connectionTimeout (Tomcat's default)"));
    fields.emplace("maxThreads", assumed(std::int64_t{200}, "maxThreads (Tomcat's default)"));
    fields.emplace("maxConnections", assumed(std::int64_t{8192}, "maxConnections (Tomcat's default)"));
    fields.emplace("acceptCount", assumed(std::int64_t{100}, "acceptCount (Tomcat's default)"));
    fields.emplace("maxKeepAliveRequests", assumed(std::int64_t{100}, "maxKeepAliveRequests (Tomcat's default)"));
}

} // namespace

std::vector<ValueMap> applicationVariables(const ParameterStore& parameters, const ParameterFile& configuration)
{
    std::vector<ValueMap> applications;
    if (configuration.kind != ParameterFileKind::TomcatConfiguration
        && configuration.kind != ParameterFileKind::ApplicationProperties)
        return applications;
    Connectors connectors;
    for (const auto& parameter : settingsOf(parameters, configuration.evidence))
        addConnectorSetting(parameters, parameter, connectors);
    for (auto& fields : connectors | std::views::values) {
        const auto protocol = fields.find("protocol");
        if (protocol != fields.end() && toString(protocol->second).contains("AJP"))
            continue;
        addDefaults(fields);
        applications.push_back({{"tomcat", Value::map(std::move(fields))}});
    }
    return applications;
}

} // namespace halfshake
