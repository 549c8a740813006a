// SPDX-FileCopyrightText: The Halfshake authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "models/base/diagnostic.h"
#include "models/base/timepoint.h"
#include "models/capture/capture.h"
#include "models/correlation/link.h"
#include "models/diagnosis/cause.h"
#include "models/incident/evidence.h"
#include "models/logs/errorclass.h"
#include "models/rules/finding.h"
#include "models/timeline/track.h"

#include <QString>

namespace halfshake {

struct IncidentSnapshot;

/// Every code, verdict and outcome in the user's words: the one place where display text is composed. Pure functions.
namespace texts {

/// What happened, what it means for the result, and what to do where something can be done; after the place, if any.
[[nodiscard]] QString diagnostic(const Diagnostic& diagnostic);
[[nodiscard]] QString diagnosticLevel(DiagnosticLevel level);
[[nodiscard]] QString outcome(const ConnectionAttempt& attempt); ///< With "?" where the capture ended too early.
[[nodiscard]] QString outcomeExplanation(HandshakeOutcome outcome);
[[nodiscard]] QString step(HandshakeStep step); ///< "SYN/ACK repeated"
[[nodiscard]] QString placeOfLoss(PlaceOfLoss place);
[[nodiscard]] QString vantage(VantagePoint vantage);
[[nodiscard]] QString errorClass(ErrorClass errorClass);
[[nodiscard]] QString linkReason(const LinkReason& reason);
[[nodiscard]] QString noLinkReason(NoLinkReason reason);
[[nodiscard]] QString verdict(Verdict verdict);
[[nodiscard]] QString severity(Severity severity);
[[nodiscard]] QString certainty(Certainty certainty);
[[nodiscard]] QString evidenceKind(const Evidence& evidence);
[[nodiscard]] QString evidenceState(const Evidence& evidence);
[[nodiscard]] QString trackName(TrackKind kind);

[[nodiscard]] QString time(TimePoint time); ///< "2026-11-23 04:29:43.438389", UTC
[[nodiscard]] QString timeOfDay(TimePoint time); ///< "04:29:43.438389"
[[nodiscard]] QString duration(Duration duration);
[[nodiscard]] QString bytes(std::uint64_t bytes);
[[nodiscard]] QString count(std::uint64_t number); ///< With thin spaces between thousands.
/// \a one or \a many, whichever fits \a number; "%1" in it stands for the number.
[[nodiscard]] QString numbered(std::uint64_t number, const QString& one, const QString& many);

[[nodiscard]] QString place(const SourceRef& place); ///< "line 210", "packet 4711"; "" for none.
/// "ingress.txt:210", "node.pcap#4711", "ingress.txt".
[[nodiscard]] QString place(const IncidentSnapshot& snapshot, const SourceRef& place);

} // namespace texts

} // namespace halfshake
