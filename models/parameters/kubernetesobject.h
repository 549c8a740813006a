// SPDX-FileCopyrightText: The Halfshake authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "models/parameters/manifesttext.h"
#include "models/parameters/parameterfile.h"
#include "models/parameters/yamltree.h"

#include <string>
#include <string_view>

namespace halfshake {

/// One Kubernetes object and where it stands.
struct KubernetesObject
{
    std::string kind;
    YamlValue value;
    const ManifestText& text;

    /// namespace/name; "default" where the object names no namespace, "" where it has no name.
    [[nodiscard]] std::string qualifiedName() const;
};

/// Adds a parameter with the text of \a value. Its place is \a value's.
Parameter& addParameter(ParameterFile& file, std::string_view key, YamlValue value, const ManifestText& text);

/// NodePorts of a Service.
void readService(const KubernetesObject& object, ParameterFile& file);

/// Kernel version, kubelet and container runtime of a Node.
void readNode(const KubernetesObject& object, ParameterFile& file);

/// Host network, sysctls and flags of whatever has a pod template: Pod, DaemonSet, Deployment, CronJob, ...
void readPodTemplate(const KubernetesObject& object, ParameterFile& file);

/// A component's configuration, nested fields joined by dots: "kube-proxy/mode", "kube-proxy/conntrack.maxPerCore",
/// "kubelet/protectKernelDefaults", "kube-apiserver/service-node-port-range" of kubeadm's ClusterConfiguration.
void readComponentConfiguration(const KubernetesObject& object, ParameterFile& file);

/// Annotations of an Ingress that set nginx: "ingress/<namespace>/<name>/proxy-connect-timeout".
void readIngress(const KubernetesObject& object, ParameterFile& file);

} // namespace halfshake
