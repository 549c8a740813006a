// SPDX-FileCopyrightText: The Halfshake authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "models/logs/proxylog.h"

#include "models/logs/logdetector.h"
#include "models/logs/logsample.h"
#include "models/logs/proxylogreader.h"
#include "models/logs/textencoding.h"

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
    auto text = utf8Source(std::move(source));
    if (!text)
        return std::unexpected(text.error());
    return ProxyLogReader{*std::move(text), evidence, job, options}.read();
}

} // namespace halfshake
