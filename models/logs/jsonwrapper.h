// SPDX-FileCopyrightText: The Halfshake authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "models/logs/wrapper.h"

namespace halfshake {

/// The wrappers that are JSON objects: DockerJson, Journal, JsonRecord.
[[nodiscard]] std::optional<PeeledLine> peelJson(WrapperKind kind, std::string_view line, std::string& buffer);

} // namespace halfshake
