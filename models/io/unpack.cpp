// SPDX-FileCopyrightText: The Halfshake authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "models/io/unpack.h"

#include "models/io/unpacker.h"

#include <utility>

namespace halfshake {

Expected<UnpackResult> unpack(std::shared_ptr<const ByteSource> source, JobContext& job, const UnpackLimits& limits)
{
    Unpacker unpacker{job, limits, source->size()};
    if (const auto opened = unpacker.open(std::move(source), {}, 0); !opened)
        return std::unexpected(opened.error());
    return unpacker.takeResult();
}

} // namespace halfshake
