// SPDX-FileCopyrightText: The Halfshake authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "models/base/sourceref.h"

#include <cstdint>
#include <string>
#include <vector>

namespace halfshake {

/// Which part of the system a parameter belongs to.
enum class ParameterLayer : std::uint8_t { Kernel, Proxy, Orchestrator, Application };

/// How a value is known.
enum class ParameterProvenance : std::uint8_t { Running, Persisted, Declared, Assumed, Typed };

/// One setting as one piece of evidence states it.
struct Parameter
{
    std::string key; ///< net.ipv4.ip_local_port_range, proxy_connect_timeout, kube-proxy/mode
    std::string value; ///< As it stands in the evidence, white space at the ends removed.
    bool isReadable = true; ///< False where the dump says "permission denied": the value is unknown, not absent.
    ParameterLayer layer = ParameterLayer::Kernel;
    ParameterProvenance provenance = ParameterProvenance::Running;
    std::string host; ///< Whom it speaks of; "" = unknown.
    std::string networkNamespace; ///< "host", or a pod's name; "" = unknown.
    SourceRef place;
};

/// A port the cluster allocated on every node.
struct NodePort
{
    std::uint16_t port = 0;
    std::string protocol; ///< TCP, UDP, SCTP
    std::string service; ///< namespace/name
    std::string portName; ///< "https", or "healthCheckNodePort".
    SourceRef place;
};

/// A "sysctl -w" that a workload runs, or a securityContext.sysctls entry.
struct SysctlWrite
{
    std::string key;
    std::string value;
    std::string container; ///< Name of the container that runs it; "" for securityContext.sysctls.
    bool isInitContainer = false;
    SourceRef place;
};

/// A port of the node that a container listens on or is reached by.
struct HostPort
{
    std::uint16_t port = 0;
    SourceRef place;
};

/// A pod template that writes kernel parameters, uses the host's network or ports, or runs ingress-nginx.
struct Workload
{
    std::string kind; ///< DaemonSet, Deployment, StatefulSet, Pod, ...
    std::string name; ///< namespace/name
    bool isHostNetwork = false;
    std::vector<SysctlWrite> sysctlWrites;
    SourceRef place;
    bool isIngressController = false; ///< A container runs nginx-ingress-controller.
    std::string terminationGracePeriod{}; ///< terminationGracePeriodSeconds as it stands; "" = not stated.
    std::string replicas{}; ///< As it stands; "" = not stated.
    std::vector<HostPort> hostPorts{}; ///< hostPort of containers; with the host's network also containerPort.
};

} // namespace halfshake
