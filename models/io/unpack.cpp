// SPDX-FileCopyrightText: The Halfshake authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "models/io/unpack.h"

#include <utility>

namespace halfshake {

Expected<UnpackResult> unpack(std::shared_ptr<const ByteSource> source, JobContext& job, const UnpackLimits&)
{
    if (job.isCancelled())
        return failure(DiagnosticCode::Cancelled);
    UnpackResult result;
    result.members.push_back({{}, std::move(source)});
    return result;
}

} // namespace halfshake
