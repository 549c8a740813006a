// SPDX-FileCopyrightText: The Halfshake authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "models/parameters/configmap.h"

#include "models/parameters/yamlparser.h"

#include <algorithm>

namespace halfshake {

namespace {

/// The API takes no larger ConfigMap.
constexpr std::size_t longestConfiguration = std::size_t{1} << 20;

/// Settings that no other program's ConfigMap has (ingress-nginx, user-guide/nginx-configuration/configmap.md).
bool isIngressNginxSetting(std::string_view key)
{
    static constexpr std::string_view settings[] = {"allow-backend-server-header", "allow-snippet-annotations",
        "annotations-risk-level", "enable-modsecurity", "enable-real-ip", "enable-underscores-in-headers",
        "forwarded-for-header", "generate-request-id", "hide-headers", "hsts-include-subdomains",
        "ignore-invalid-headers", "keep-alive-requests", "limit-req-status-code", "log-format-escape-json",
        "log-format-upstream", "max-worker-connections", "max-worker-open-files", "no-tls-redirect-locations",
        "proxy-body-size", "proxy-buffer-size", "proxy-connect-timeout", "proxy-next-upstream",
        "proxy-next-upstream-timeout", "proxy-next-upstream-tries", "proxy-read-timeout", "proxy-real-ip-cidr",
        "proxy-send-timeout", "retry-non-idempotent", "server-name-hash-bucket-size", "ssl-ciphers", "ssl-protocols",
        "upstream-keepalive-connections", "upstream-keepalive-requests", "upstream-keepalive-time",
        "upstream-keepalive-timeout", "use-forwarded-headers", "use-proxy-protocol", "whitelist-source-range",
        "worker-processes", "worker-shutdown-timeout"};
    return std::ranges::binary_search(settings, key);
}

bool isComponentConfiguration(std::string_view text)
{
    return text.size() <= longestConfiguration && text.contains("kind")
        && (text.contains("KubeProxyConfiguration") || text.contains("KubeletConfiguration")
            || text.contains("ClusterConfiguration"));
}

void readNested(const KubernetesObject& object, YamlValue scalar, ParameterFile& file, JobContext& job)
{
    const ManifestText inner{scalar, object.text};
    const auto function = [&](YamlValue value, std::string_view) {
        readComponentConfiguration({std::string{value["kind"].text()}, value, inner}, file);
    };
    if (const auto result = parseYaml(inner.text(), {}, function, job); !result) {
        auto diagnostic = result.error();
        diagnostic.where = object.text.placeOf(scalar);
        file.diagnostics.add(std::move(diagnostic));
    }
}

} // namespace

void readConfigMap(const KubernetesObject& object, ParameterFile& file, JobContext& job)
{
    const auto data = object.value["data"].fields();
    const bool isIngressNginx =
        std::ranges::any_of(data, [](const auto& field) { return isIngressNginxSetting(field.first.text()); });
    for (const auto& [name, value] : data) {
        if (isIngressNginx) {
            auto& parameter = addParameter(file, "ingress-nginx/" + std::string{name.text()}, value, object.text);
            parameter.layer = ParameterLayer::Proxy;
            parameter.place = object.text.placeOf(name);
        } else if (isComponentConfiguration(value.text())) {
            readNested(object, value, file, job);
        }
    }
}

} // namespace halfshake
