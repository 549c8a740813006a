// SPDX-FileCopyrightText: The Halfshake authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "models/itemmodels/textcontext.h"
#include "models/itemmodels/texts.h"

namespace halfshake::texts {

QString errorClass(ErrorClass errorClass)
{
    switch (errorClass) {
    case ErrorClass::None:
        return {};
    case ErrorClass::ConnRefused:
        return Texts::tr("connection refused");
    case ErrorClass::SynExhausted:
        return Texts::tr("kernel gave up connecting");
    case ErrorClass::ConnectTimeout:
        return Texts::tr("proxy gave up connecting");
    case ErrorClass::HostUnreach:
        return Texts::tr("host unreachable");
    case ErrorClass::NetUnreach:
        return Texts::tr("network unreachable");
    case ErrorClass::NoLocalPort:
        return Texts::tr("no local port left");
    case ErrorClass::ConnResetEarly:
        return Texts::tr("reset while connecting");
    case ErrorClass::NoEndpoint:
        return Texts::tr("service without endpoint");
    case ErrorClass::NoLive:
        return Texts::tr("no live upstream");
    case ErrorClass::PeerEjected:
        return Texts::tr("upstream taken out");
    case ErrorClass::RstBeforeHeader:
        return Texts::tr("reset before an answer");
    case ErrorClass::FinBeforeHeader:
        return Texts::tr("closed before an answer");
    case ErrorClass::ReadTimeout:
        return Texts::tr("no answer in time");
    case ErrorClass::SendTimeout:
        return Texts::tr("request not taken in time");
    case ErrorClass::WriteReset:
        return Texts::tr("closed while the request was sent");
    case ErrorClass::Truncated:
        return Texts::tr("answer cut off");
    case ErrorClass::BadResponse:
        return Texts::tr("invalid answer");
    case ErrorClass::TlsTimeout:
        return Texts::tr("TLS handshake timed out");
    case ErrorClass::TlsFail:
        return Texts::tr("TLS handshake failed");
    case ErrorClass::Dns:
        return Texts::tr("name not resolved");
    case ErrorClass::ClientAbort:
        return Texts::tr("client left");
    case ErrorClass::AbortInConnect:
        return Texts::tr("client left while connecting");
    case ErrorClass::Limited:
        return Texts::tr("limited by configuration");
    case ErrorClass::FdLimit:
        return Texts::tr("out of file descriptors or connections");
    case ErrorClass::UpstreamStatus:
        return Texts::tr("answered by the application");
    case ErrorClass::Other:
        return Texts::tr("failed otherwise");
    }
    Q_UNREACHABLE_RETURN({});
}

} // namespace halfshake::texts
