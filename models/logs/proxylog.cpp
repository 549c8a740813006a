// SPDX-FileCopyrightText: The Halfshake authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "models/logs/proxylog.h"

#include "models/logs/logdetector.h"
#include "models/logs/logsample.h"
#include "models/logs/proxylogreader.h"

#include <utility>

namespace halfshake {

ProbeResult probeProxyLog(const ProbeInput& input, const ProxyLogOptions& options)
{
    const auto sample = LogSample::of(input.head, input.head.size() == input.size);
    const auto detection = detectLog(sample.lines(), options.formats);
    return {detection.confidence(), detection.reason()};
}

Expected<std::shared_ptr<const ProxyLog>> readProxyLog(
    std::shared_ptr<const ByteSource> source, EvidenceId evidence, JobContext& job, const ProxyLogOptions& options)
{
    return ProxyLogReader{std::move(source), evidence, job, options}.read();
}

} // namespace halfshake
