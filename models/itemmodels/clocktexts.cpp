// SPDX-FileCopyrightText: The Halfshake authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "models/itemmodels/clocktexts.h"

#include "models/itemmodels/textcontext.h"
#include "models/itemmodels/texts.h"

#include <QRegularExpression>

#include <algorithm>
#include <chrono>
#include <cmath>

namespace halfshake::texts {

using namespace Qt::StringLiterals;

namespace {

constexpr double most = 400.0 * 24 * 3600;

std::optional<Duration> ofSeconds(double seconds)
{
    if (!(std::abs(seconds) <= most))
        return {};
    return std::chrono::round<Duration>(std::chrono::duration<double>(seconds));
}

double secondsPer(QStringView unit)
{
    if (unit == u"ns")
        return 1e-9;
    if (unit == u"us" || unit == u"µs")
        return 1e-6;
    if (unit == u"ms")
        return 1e-3;
    if (unit == u"m" || unit == u"min")
        return 60;
    if (unit == u"h")
        return 3600;
    return 1;
}

QString nameOf(const IncidentSnapshot& snapshot, EvidenceId id)
{
    const Evidence* const evidence = snapshot.find(id);
    return evidence != nullptr ? QString::fromStdString(evidence->name) : QString();
}

const ClockEstimate* estimateOf(const IncidentSnapshot& snapshot, EvidenceId evidence)
{
    const auto& estimates = snapshot.correlation->estimates;
    const auto found = std::ranges::find(estimates, evidence, &ClockEstimate::evidence);
    return found != estimates.end() ? &*found : nullptr;
}

} // namespace

QString clockOffset(Duration offset)
{
    if (offset == Duration{0})
        return u"0 s"_s;
    return (offset < Duration{0} ? u"−"_s : u"+"_s) + duration(offset < Duration{0} ? -offset : offset);
}

std::optional<Duration> clockOffsetFromText(const QString& text)
{
    const QString plain = text.trimmed().replace(u'−', u'-').replace(u',', u'.');
    static const QRegularExpression clock(uR"(^([+-]?)(\d{1,3}):(\d{2})(?::(\d{2}(?:\.\d{1,9})?))?$)"_s);
    static const QRegularExpression quantity(uR"(^([+-]?)\s*(\d{1,9}(?:\.\d{1,9})?)\s*(ns|us|µs|ms|s|m|min|h)?$)"_s);
    if (const auto match = clock.match(plain); match.hasMatch()) {
        const double seconds = match.captured(2).toDouble() * 3600 + match.captured(3).toDouble() * 60
            + (match.captured(4).isEmpty() ? 0.0 : match.captured(4).toDouble());
        return ofSeconds(match.captured(1) == u"-" ? -seconds : seconds);
    }
    if (const auto match = quantity.match(plain); match.hasMatch()) {
        const double seconds = match.captured(2).toDouble() * secondsPer(match.capturedView(3));
        return ofSeconds(match.captured(1) == u"-" ? -seconds : seconds);
    }
    return {};
}

QString clockOrigin(const IncidentSnapshot& snapshot, EvidenceId evidence)
{
    switch (snapshot.correlation->clocks.offsetOf(evidence).origin) {
    case ClockOffsetOrigin::Reference:
        return Texts::tr("the clock of this incident");
    case ClockOffsetOrigin::Assumed:
        return Texts::tr("taken as it is");
    case ClockOffsetOrigin::Estimated:
        return Texts::tr("estimated");
    case ClockOffsetOrigin::Typed:
        return Texts::tr("typed");
    }
    return {};
}

QString clockEstimate(const IncidentSnapshot& snapshot, EvidenceId evidence)
{
    const ClockEstimate* const estimate = estimateOf(snapshot, evidence);
    if (estimate == nullptr)
        return {};
    QString text =
        Texts::tr("%1 ± %2 against %3, %4")
            .arg(clockOffset(estimate->offset), duration(estimate->uncertainty), nameOf(snapshot, estimate->against),
                numbered(estimate->pairs, Texts::tr("1 pair"), Texts::tr("%1 pairs")));
    if (!estimate->knots.empty())
        text += Texts::tr(", drifts or was set");
    if (!estimate->isReliable)
        text += Texts::tr(", too weak to be applied");
    return text;
}

} // namespace halfshake::texts
