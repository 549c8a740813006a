// SPDX-FileCopyrightText: The Halfshake authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "models/parameters/parameterstore.h"

#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace halfshake {

/// The sysctl dump of one host. One evidence may hold those of several.
struct HostDump
{
    EvidenceId evidence;
    std::string label; ///< As people call it: the evidence's name, with the host where it holds several.
    std::string host; ///< "" = unknown.
    std::string networkNamespace; ///< "" = unknown.
    bool isComplete = true; ///< Without a denied line, and with net.core.somaxconn.
    bool isInitialNamespace = false; ///< Has keys only the initial network namespace shows.
    std::span<const Parameter> settings; ///< In the store.

    /// The last statement of \a key, or null.
    [[nodiscard]] const Parameter* find(std::string_view key) const;
};

/// All dumps of running kernels, in evidence order. They point into \a parameters.
[[nodiscard]] std::vector<HostDump> hostDumps(const ParameterStore& parameters);

/// The settings of one evidence; they stand together in the store.
[[nodiscard]] std::span<const Parameter> settingsOf(const ParameterStore& parameters, EvidenceId evidence);

} // namespace halfshake
