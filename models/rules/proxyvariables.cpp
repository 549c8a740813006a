// SPDX-FileCopyrightText: The Halfshake authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "models/base/text.h"
#include "models/rules/evidencevariables.h"
#include "models/rules/scalar.h"
#include "models/rules/sourcedvalue.h"

#include <algorithm>
#include <array>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

namespace halfshake {

namespace {

enum class SettingType : std::uint8_t { Time, Number, Text };

/// Which of several statements, of different blocks, a rule looks at.
enum class Choice : std::uint8_t { Largest, Smallest, Any };

struct ProxySetting
{
    const char* variable;
    std::string_view directive; ///< nginx.conf
    std::string_view key; ///< ConfigMap of ingress-nginx, times in seconds.
    SettingType type;
    Choice choice;
};

constexpr ProxySetting proxySettings[] = {
    {"proxyConnectTimeout", "proxy_connect_timeout", "proxy-connect-timeout", SettingType::Time, Choice::Largest},
    {"proxyReadTimeout", "proxy_read_timeout", "proxy-read-timeout", SettingType::Time, Choice::Largest},
    {"proxySendTimeout", "proxy_send_timeout", "proxy-send-timeout", SettingType::Time, Choice::Largest},
    {"proxyNextUpstream", "proxy_next_upstream", "proxy-next-upstream", SettingType::Text, Choice::Any},
    {"proxyNextUpstreamTries", "proxy_next_upstream_tries", "proxy-next-upstream-tries", SettingType::Number,
        Choice::Largest},
    {"proxyNextUpstreamTimeout", "proxy_next_upstream_timeout", "proxy-next-upstream-timeout", SettingType::Time,
        Choice::Smallest},
    {"keepaliveTimeout", "keepalive_timeout", "keep-alive", SettingType::Time, Choice::Smallest},
    {"workerConnections", "worker_connections", "max-worker-connections", SettingType::Number, Choice::Largest},
    {"workerFileLimit", "worker_rlimit_nofile", "max-worker-open-files", SettingType::Number, Choice::Smallest},
    {"workerProcesses", "worker_processes", "worker-processes", SettingType::Number, Choice::Largest},
    {"workerShutdownTimeout", "worker_shutdown_timeout", "worker-shutdown-timeout", SettingType::Time, Choice::Largest},
    {"retryNonIdempotent", {}, "retry-non-idempotent", SettingType::Text, Choice::Any},
    {"upstreamKeepalive", "keepalive", "upstream-keepalive-connections", SettingType::Number, Choice::Largest},
    {"upstreamKeepaliveTimeout", "keepalive_timeout", "upstream-keepalive-timeout", SettingType::Time, Choice::Largest},
    {"upstreamKeepaliveRequests", "keepalive_requests", "upstream-keepalive-requests", SettingType::Number,
        Choice::Largest},
};

constexpr std::string_view configMapPrefix = "ingress-nginx/";

bool isInUpstream(std::string_view key)
{
    return key.starts_with("upstream/") || key.contains("/upstream/");
}

bool isSetting(const Parameter& parameter, const ProxySetting& setting)
{
    const std::string_view key = parameter.key;
    if (parameter.layer != ParameterLayer::Proxy)
        return false;
    if (key.starts_with(configMapPrefix))
        return key.substr(configMapPrefix.size()) == setting.key;
    if (key.starts_with("ingress/"))
        return key.substr(key.rfind('/') + 1) == setting.key;
    const bool ofUpstream = std::string_view{setting.variable}.starts_with("upstream");
    return !setting.directive.empty() && key.substr(key.rfind('/') + 1) == setting.directive // npos + 1 is 0
        && isInUpstream(key) == ofUpstream;
}

/// The first argument: "75s" of "75s 60s".
std::string_view firstWord(std::string_view value)
{
    const auto parts = words(value);
    return parts.empty() ? std::string_view{} : parts.front();
}

std::optional<Value> valueOf(const Parameter& parameter, SettingType type)
{
    if (type == SettingType::Text)
        return Value{parameter.value};
    const auto text = firstWord(parameter.value);
    if (type == SettingType::Number) {
        const auto number = toInteger<std::int64_t>(text);
        return number ? std::optional<Value>{*number} : std::nullopt;
    }
    const auto time = parseNginxTime(text);
    return time ? std::optional<Value>{*time} : std::nullopt;
}

std::int64_t rankOf(const Value& value)
{
    const auto* const number = as<std::int64_t>(value);
    const auto* const time = as<Duration>(value);
    return number ? *number : time ? time->count() : 0;
}

/// What one configuration says about a setting that may stand in several blocks.
void addSetting(
    const ParameterStore& parameters, const ParameterFile& configuration, const ProxySetting& setting, ValueMap& nginx)
{
    std::optional<Value> chosen;
    const Parameter* where = nullptr;
    for (const auto& parameter : settingsOf(parameters, configuration.evidence)) {
        auto value = isSetting(parameter, setting) ? valueOf(parameter, setting.type) : std::nullopt;
        if (!value)
            continue;
        const auto difference = chosen ? rankOf(*value) - rankOf(*chosen) : 0;
        if (!chosen || (setting.choice == Choice::Largest && difference > 0)
            || (setting.choice == Choice::Smallest && difference < 0)) {
            chosen = std::move(value);
            where = &parameter;
        } else if (setting.type == SettingType::Text) {
            chosen = Value{*as<std::string>(*chosen) + ' ' + parameter.value};
        }
    }
    if (chosen)
        nginx.emplace(setting.variable, sourced(std::move(*chosen), parameters, *where));
}

/// "backlog=511" and "reuseport" of a listen directive.
Value listenerOf(const ParameterStore& parameters, const Parameter& listen)
{
    std::int64_t backlog = 511; // NGX_LISTEN_BACKLOG on Linux
    bool isReusePort = false;
    for (const auto word : words(listen.value)) {
        if (word.starts_with("backlog="))
            backlog = toInteger<std::int64_t>(word.substr(8)).value_or(backlog);
        isReusePort |= word == "reuseport";
    }
    return Value::map({{"address", std::string(firstWord(listen.value))},
        {"backlog", sourced(backlog, parameters, listen)}, {"reusePort", isReusePort}});
}

void addListeners(const ParameterStore& parameters, const ParameterFile& configuration, ValueMap& nginx)
{
    ValueList listeners;
    std::optional<Value> reusePort;
    for (const auto& parameter : settingsOf(parameters, configuration.evidence)) {
        const std::string_view key = parameter.key;
        if (parameter.layer != ParameterLayer::Proxy)
            continue;
        if (key == "ingress-nginx/reuse-port")
            reusePort = sourced(parameter.value != "false", parameters, parameter);
        if (key.substr(key.rfind('/') + 1) != "listen" || key.starts_with(configMapPrefix))
            continue;
        listeners.push_back(listenerOf(parameters, parameter));
        const bool isReusePort = std::ranges::contains(words(parameter.value), "reuseport");
        if (!reusePort || isReusePort)
            reusePort = sourced(isReusePort, parameters, parameter);
    }
    if (!listeners.empty())
        nginx.emplace("listeners", Value::list(std::move(listeners)));
    if (reusePort)
        nginx.emplace("reusePort", std::move(*reusePort));
}

/// Settings of ingress-nginx, in whose nginx.conf its own defaults stand for what is not said.
bool isIngressConfiguration(const ParameterFile& configuration)
{
    return std::ranges::any_of(configuration.parameters, [](const Parameter& parameter) {
        return parameter.key.starts_with(configMapPrefix) || parameter.key.starts_with("ingress/");
    });
}

/// Whether requests to upstreams are made so that connections can be kept: HTTP/1.1 and no "Connection: close".
/// ingress-nginx writes both into its nginx.conf.
void addKeepaliveProtocol(const ParameterStore& parameters, const ParameterFile& configuration, ValueMap& nginx)
{
    bool isVersion = false;
    bool isHeaderCleared = false;
    const Parameter* where = nullptr;
    for (const auto& parameter : settingsOf(parameters, configuration.evidence)) {
        const std::string_view key = parameter.key;
        const auto directive = key.substr(key.rfind('/') + 1);
        if (parameter.layer != ParameterLayer::Proxy)
            continue;
        if (directive == "proxy_http_version") {
            isVersion |= parameter.value != "1.0";
            where = &parameter;
        } else if (directive == "proxy_set_header") {
            const auto value = trimmed(std::string_view{parameter.value}.substr(std::string_view{"Connection"}.size()));
            isHeaderCleared |= value != "close";
        }
    }
    if (isIngressConfiguration(configuration)) {
        nginx.emplace("keepsUpstreamConnections", true);
    } else if (configuration.kind == ParameterFileKind::NginxConfiguration) {
        Value keeps = isVersion && isHeaderCleared;
        nginx.emplace("keepsUpstreamConnections", where ? sourced(std::move(keeps), parameters, *where) : keeps);
    }
}

/// The longest a request can take on its way to upstreams: every try to connect, and the last one's answer.
void addWorstCase(ValueMap& nginx)
{
    const auto timeOf = [&nginx](const char* name) {
        const auto it = nginx.find(name);
        return it == nginx.end() ? std::optional<Duration>{} : std::optional{*as<Duration>(it->second)};
    };
    const auto connect = timeOf("proxyConnectTimeout");
    const auto read = timeOf("proxyReadTimeout");
    if (!connect || !read)
        return;
    const auto tries = nginx.find("proxyNextUpstreamTries");
    const auto number = tries == nginx.end()
        ? std::int64_t{1}
        : std::clamp(*as<std::int64_t>(tries->second), std::int64_t{1}, std::int64_t{100});
    const auto limit = timeOf("proxyNextUpstreamTimeout");
    auto retries = *connect * (number - 1);
    if (limit && *limit > Duration::zero())
        retries = std::min(retries, *limit);
    nginx.emplace("worstCase", retries + *connect + *read);
}

} // namespace

ValueMap proxyVariables(const ParameterStore& parameters, const ParameterFile& configuration)
{
    ValueMap nginx;
    for (const auto& setting : proxySettings)
        addSetting(parameters, configuration, setting, nginx);
    nginx.emplace("isIngressController", isIngressConfiguration(configuration));
    addListeners(parameters, configuration, nginx);
    addKeepaliveProtocol(parameters, configuration, nginx);
    addWorstCase(nginx);
    return {{"nginx", Value::map(std::move(nginx))}};
}

bool isProxyConfiguration(const ParameterFile& file)
{
    return file.kind == ParameterFileKind::NginxConfiguration
        || std::ranges::any_of(file.parameters, [](const Parameter& parameter) {
               return std::ranges::any_of(
                   proxySettings, [&parameter](const ProxySetting& setting) { return isSetting(parameter, setting); });
           });
}

} // namespace halfshake
