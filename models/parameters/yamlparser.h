// SPDX-FileCopyrightText: The Halfshake authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "models/base/expected.h"
#include "models/base/jobcontext.h"
#include "models/parameters/yamltree.h"

#include <cstdint>
#include <functional>
#include <string_view>

namespace halfshake {

/// Refused beyond these: a file of a few kilobytes can otherwise stand for gigabytes (nested aliases) or overflow the
/// stack (nested brackets).
struct YamlLimits
{
    std::uint64_t nodes = 2'000'000; ///< Held at a time, every alias written out.
    std::uint32_t depth = 128;
};

/// Hears one root value; for a map with a list under "items", hears each item of that list instead where
/// \a listKind names the list ("ServiceList", "List", "" where the kind follows later), and then the root without them.
/// The value is gone after the call.
using YamlFunction = std::function<void(YamlValue value, std::string_view listKind)>;

/// Where \a text stands in its evidence: added to every line and offset.
struct YamlOrigin
{
    std::uint64_t linesBefore = 0;
    std::uint64_t bytesBefore = 0;
};

/// Parses YAML or JSON, any number of documents, and passes each on as soon as it is complete.
/// Errors: ManifestMalformed with line and the library's message, ManifestTooLarge, Cancelled. What was complete before
/// an error has been passed on.
[[nodiscard]] Expected<void> parseYaml(
    std::string_view text, YamlOrigin origin, const YamlFunction& function, JobContext& job, YamlLimits limits = {});

} // namespace halfshake
