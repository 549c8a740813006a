// SPDX-FileCopyrightText: The Halfshake authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "models/rules/value.h"

#include <optional>
#include <string_view>

namespace halfshake {

/// What a new network namespace of that kernel has for \a key; nothing where it depends on memory or is not known here.
/// (Linux tcp_sk_init(), inet_init_net(), net_defaults_init_net(); ip-sysctl.rst)
[[nodiscard]] std::optional<Value> kernelDefault(std::string_view key, const Version& kernel);

} // namespace halfshake
