// SPDX-FileCopyrightText: The Halfshake authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "models/correlation/wireclass.h"

#include "models/correlation/outcomefit.h"

namespace halfshake {

namespace {

constexpr std::uint16_t gatewayTimeout = 504;

ErrorClass classOfUnanswered(
    const FailedAttempt& failed, std::uint16_t status, const ConnectionAttempt& connection, bool isRequestSeen)
{
    // what cannot be read may be a TLS handshake that got no answer
    if (status == gatewayTimeout)
        return isRequestSeen ? ErrorClass::ReadTimeout : failed.errorClass;
    if (connection.hasServerReset)
        return ErrorClass::RstBeforeHeader;
    return connection.hasServerFin ? ErrorClass::FinBeforeHeader : failed.errorClass;
}

} // namespace

ErrorClass classOnWire(const FailedAttempt& failed, std::optional<std::uint16_t> status,
    const ConnectionAttempt& connection, std::optional<std::uint16_t> responseStatus)
{
    if (failed.isClassStated || !status)
        return failed.errorClass;
    if (responseStatus == *status)
        return ErrorClass::UpstreamStatus;
    // the timer for connecting runs over the TLS handshake too
    if (failed.errorClass == ErrorClass::ConnectTimeout && connection.isEstablished && connection.clientBytes > 0)
        return ErrorClass::TlsTimeout;
    if (failed.errorClass != ErrorClass::None && failed.errorClass != ErrorClass::Other)
        return failed.errorClass;
    switch (connection.outcome) {
    case HandshakeOutcome::Refused:
        return ErrorClass::ConnRefused;
    case HandshakeOutcome::IcmpRejected:
        return ErrorClass::HostUnreach;
    case HandshakeOutcome::SynUnanswered:
    case HandshakeOutcome::SynAckUnacknowledged:
        return *status == gatewayTimeout ? ErrorClass::ConnectTimeout : ErrorClass::SynExhausted;
    default:
        break;
    }
    return isConnected(connection) && responseStatus.value_or(0) == 0
        ? classOfUnanswered(failed, *status, connection, responseStatus.has_value())
        : failed.errorClass;
}

} // namespace halfshake
