// SPDX-FileCopyrightText: The Halfshake authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "models/base/jobcontext.h"
#include "models/parameters/kubernetesobject.h"

namespace halfshake {

/// A ConfigMap of ingress-nginx ("ingress-nginx/proxy-connect-timeout"), or one that carries a component's
/// configuration (kube-proxy's config.conf, kubeadm's ClusterConfiguration). Others are passed over.
void readConfigMap(const KubernetesObject& object, ParameterFile& file, JobContext& job);

} // namespace halfshake
