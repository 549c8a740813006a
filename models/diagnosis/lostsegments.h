// SPDX-FileCopyrightText: The Halfshake authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "models/capture/capture.h"

#include <cstdint>

namespace halfshake {

/// Whether an opened connection repeated segments of full size again and again in vain: the sign of a path whose MTU is
/// smaller than the hosts believe, and whose ICMP errors are lost (RFC 2923).
[[nodiscard]] bool losesLargeSegments(const Capture& capture, std::uint32_t attempt);

} // namespace halfshake
