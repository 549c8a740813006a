// SPDX-FileCopyrightText: The Halfshake authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "models/base/objectref.h"
#include "models/base/sourceref.h"
#include "models/base/timepoint.h"
#include "models/diagnosis/diagnosis.h"
#include "models/logs/errorclass.h"

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace halfshake {

/// How many upstream attempts failed in one stretch of time. Answers of the application's own do not count as failed.
struct RateBin
{
    TimePoint start;
    std::uint64_t attempts = 0;
    std::uint64_t failed = 0;
};

/// The same of one upstream, or of one host that opens connections (then counted in connections).
struct GroupRate
{
    std::string name;
    std::uint64_t attempts = 0;
    std::uint64_t failed = 0;
};

enum class LoadDependence : std::uint8_t { TooFewFailures, Independent, RisesWithLoad, FallsWithLoad };

/// "too_few_failures", "independent", "rises_with_load", "falls_with_load"
[[nodiscard]] std::string_view toString(LoadDependence dependence);

/// Whether attempts fail more often when there are many: busier half of the bins against the quieter one, by Fisher's
/// exact test.
struct LoadTest
{
    LoadDependence dependence = LoadDependence::TooFewFailures;
    double chance = 1; ///< Of a difference as large as this without any dependence.
    std::uint64_t busyAttempts = 0;
    std::uint64_t busyFailed = 0;
    std::uint64_t quietAttempts = 0;
    std::uint64_t quietFailed = 0;
};

/// connect() tries ports of the parity of the range's lower end first (Linux __inet_hash_connect()).
struct PortParity
{
    std::uint64_t failed = 0; ///< Connections.
    std::uint64_t failedEven = 0;
    std::uint64_t completed = 0; ///< To the same servers.
    std::uint64_t completedEven = 0;
};

/// When one kind of failure was seen.
struct SymptomSpan
{
    ErrorClass errorClass = ErrorClass::None;
    TimePoint first;
    TimePoint last;
    std::uint64_t count = 0;
    ObjectRef firstObject; ///< UpstreamAttempt
    bool isFromTheBeginning = false; ///< Within the first twentieth of what the logs cover: it may be older.
};

/// A limit that ends an attempt: a proxy's setting, or the time after which the kernel gives up.
struct TimeoutLimit
{
    std::string name; ///< "proxy_connect_timeout", "tcp_syn_retries = 4, tcp_syn_linear_timeouts = 0"
    Duration limit{0};
    bool isKernel = false;
    bool isStated = false; ///< By the evidence; else a limit that Linux can have and that fits what was observed.
    SourceRef place = {}; ///< Of a stated one.
    std::uint64_t fitting = 0; ///< Failed attempts that lasted as long as this limit makes them.
    std::vector<ObjectRef> examples = {}; ///< Of these, the first few.
};

/// Numbers about the failures of an incident, for whoever shows them.
struct FailureFacts
{
    Duration binLength{0};
    std::vector<RateBin> overTime; ///< Without gaps; empty where no log tells of attempts.
    std::vector<GroupRate> byUpstream; ///< The worst first.
    std::vector<GroupRate> byClient; ///< Connections by the host that opened them, the worst first.
    LoadTest load;
    PortParity parity;
    std::vector<SymptomSpan> symptoms; ///< By first sight.
    std::vector<TimeoutLimit> timeouts; ///< By length: stated ones, and others that fit.
    std::uint64_t unexplainedLengths = 0; ///< Failed attempts longer than a second that fit no limit.
    std::uint64_t establishedPackets = 0; ///< On connections that worked.
    std::uint64_t establishedRetransmissions = 0;
};

/// Pure. input.facts is not looked at.
[[nodiscard]] FailureFacts failureFacts(const DiagnosisInput& input);

} // namespace halfshake
