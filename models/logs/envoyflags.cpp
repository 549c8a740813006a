// SPDX-FileCopyrightText: The Halfshake authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "models/logs/envoyflags.h"

#include "models/base/text.h"

#include <algorithm>
#include <array>
#include <optional>

namespace halfshake {

namespace {

struct Meaning
{
    std::string_view text;
    ErrorClass errorClass;
};

/// Flags that stand for one class each.
constexpr std::array flagMeanings{
    Meaning{"UH", ErrorClass::NoLive},
    Meaning{"NR", ErrorClass::NoEndpoint},
    Meaning{"NC", ErrorClass::NoEndpoint},
    Meaning{"UT", ErrorClass::ReadTimeout},
    Meaning{"SI", ErrorClass::ReadTimeout},
    Meaning{"DT", ErrorClass::ReadTimeout},
    Meaning{"UPE", ErrorClass::BadResponse},
    Meaning{"DF", ErrorClass::Dns},
    Meaning{"DC", ErrorClass::ClientAbort},
    Meaning{"UO", ErrorClass::Limited},
    Meaning{"RL", ErrorClass::Limited},
    Meaning{"OM", ErrorClass::Limited},
};

/// What the words that Envoy writes next to UF mean; errno numbers as in "delayed_connect_error:_111".
constexpr std::array connectMeanings{
    Meaning{"connection_timeout", ErrorClass::ConnectTimeout},
    Meaning{"connection timeout", ErrorClass::ConnectTimeout},
    Meaning{":_111", ErrorClass::ConnRefused},
    Meaning{": 111", ErrorClass::ConnRefused},
    Meaning{":_110", ErrorClass::SynExhausted},
    Meaning{": 110", ErrorClass::SynExhausted},
    Meaning{":_113", ErrorClass::HostUnreach},
    Meaning{": 113", ErrorClass::HostUnreach},
    Meaning{":_101", ErrorClass::NetUnreach},
    Meaning{": 101", ErrorClass::NetUnreach},
    Meaning{":_99", ErrorClass::NoLocalPort},
    Meaning{": 99", ErrorClass::NoLocalPort},
    Meaning{"Connection_refused", ErrorClass::ConnRefused},
    Meaning{"TLS_error", ErrorClass::TlsFail},
    Meaning{"TLS error", ErrorClass::TlsFail},
    Meaning{"CERTIFICATE", ErrorClass::TlsFail},
};

bool hasFlag(std::string_view flags, std::string_view flag)
{
    return std::ranges::contains(split(flags, ','), flag);
}

ErrorClass classOfFailedConnection(const EnvoyOutcome& outcome)
{
    for (const auto& meaning : connectMeanings) {
        if (outcome.transportFailure.contains(meaning.text) || outcome.details.contains(meaning.text))
            return meaning.errorClass;
    }
    return ErrorClass::Other;
}

ErrorClass classOfLostConnection(const EnvoyOutcome& outcome, ErrorClass beforeHeader)
{
    return outcome.details.contains("after_response_started") ? ErrorClass::Truncated : beforeHeader;
}

} // namespace

ErrorClass errorClassOf(const EnvoyOutcome& outcome)
{
    if (hasFlag(outcome.flags, "UF"))
        return classOfFailedConnection(outcome);
    if (hasFlag(outcome.flags, "UR"))
        return classOfLostConnection(outcome, ErrorClass::RstBeforeHeader);
    if (hasFlag(outcome.flags, "UC"))
        return classOfLostConnection(outcome, ErrorClass::FinBeforeHeader);
    for (const auto& meaning : flagMeanings) {
        if (hasFlag(outcome.flags, meaning.text))
            return meaning.errorClass;
    }
    return outcome.status >= 500 ? ErrorClass::UpstreamStatus : ErrorClass::None;
}

bool hasRetried(const EnvoyOutcome& outcome)
{
    return hasFlag(outcome.flags, "URX");
}

} // namespace halfshake
