// SPDX-FileCopyrightText: The Halfshake authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "models/logs/proxylog.h"

#include <string>

namespace halfshake::test {

/// What readProxyLog makes of \a text.
inline Expected<std::shared_ptr<const ProxyLog>> readText(std::string text, const ProxyLogOptions& options = {})
{
    JobContext job;
    return readProxyLog(memorySource(std::move(text)), EvidenceId{0}, job, options);
}

/// Whether every line is counted once.
inline bool isEveryLineCounted(const ProxyLog& log)
{
    const auto& counts = log.counts;
    return counts.lines
        == counts.requests + counts.errorEntries + counts.applicationEntries + counts.kernelEntries
            + counts.continuationLines + counts.otherLines + counts.blankLines + counts.unparsedLines
        && counts.requests == log.requests.size() && counts.errorEntries == log.errors.size()
        && counts.applicationEntries == log.applicationEntries.size()
        && counts.kernelEntries == log.kernelEntries.size();
}

} // namespace halfshake::test
