// SPDX-FileCopyrightText: The Halfshake authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "models/logs/nginxlogformats.h"
#include "models/logs/proxylog.h"
#include "models/logs/tomcatlogformats.h"
#include "tests/fuzz/check.h"

#include <algorithm>
#include <chrono>
#include <cstdint>
#include <iterator>
#include <string>
#include <utility>

using namespace halfshake;

namespace {

void checkCounts(const ProxyLog& log)
{
    const auto& counts = log.counts;
    FUZZ_CHECK(counts.lines
        == counts.requests + counts.errorEntries + counts.applicationEntries + counts.kernelEntries
            + counts.continuationLines + counts.otherLines + counts.blankLines + counts.unparsedLines);
    FUZZ_CHECK(counts.requests == log.requests.size());
    FUZZ_CHECK(counts.errorEntries == log.errors.size());
    FUZZ_CHECK(counts.applicationEntries == log.applicationEntries.size());
    FUZZ_CHECK(counts.kernelEntries == log.kernelEntries.size());
}

void checkAttempts(const ProxyLog& log)
{
    std::uint32_t next = 0;
    for (std::size_t row = 0; row < log.requests.size(); ++row) {
        const auto& request = log.requests[row];
        FUZZ_CHECK(request.firstAttempt == next);
        next += request.attemptCount;
        FUZZ_CHECK(next <= log.upstreamAttempts.size());
        for (auto i = request.firstAttempt; i < next; ++i) {
            const auto& attempt = log.upstreamAttempts[i];
            FUZZ_CHECK(attempt.request == row);
            FUZZ_CHECK(!attempt.isStartKnown || attempt.startEarliest <= attempt.startLatest);
            FUZZ_CHECK(attempt.errorClass != ErrorClass::None || !attempt.hasFailed());
        }
    }
    FUZZ_CHECK(next == log.upstreamAttempts.size());
}

} // namespace

/// Up to a line "====" an nginx configuration, behind it a log; without that line all of it is both.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
    const std::string_view text{reinterpret_cast<const char*>(data), size};
    constexpr std::string_view divider = "\n====\n";
    const auto end = text.find(divider);
    const auto log = end == std::string_view::npos ? text : text.substr(end + divider.size());
    auto formats = logFormatsIn(text.substr(0, end));
    std::ranges::copy(tomcatLogFormatsIn(text.substr(0, end)), std::back_inserter(formats));
    const EvidenceTime changedAt{std::chrono::sys_days{std::chrono::year{2026} / 11 / 24}.time_since_epoch()};
    const ProxyLogOptions options{.formats = std::move(formats), .changedAt = changedAt};

    const auto probe = probeProxyLog({log.substr(0, 512 << 10), log.size()}, options);
    JobContext job;
    const auto read = readProxyLog(memorySource(std::string{log}), EvidenceId{0}, job, options);
    FUZZ_CHECK(read || read.error().code == DiagnosticCode::LogFormatUnknown);
    FUZZ_CHECK(probe.confidence == 0 || read);
    if (read) {
        checkCounts(**read);
        checkAttempts(**read);
    }
    return 0;
}
