// SPDX-FileCopyrightText: The Halfshake authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "models/itemmodels/facttexts.h"

#include "models/itemmodels/textcontext.h"
#include "models/itemmodels/texts.h"

namespace halfshake::texts {

namespace {

QString percent(std::uint64_t part, std::uint64_t whole)
{
    const double share = whole > 0 ? 100.0 * static_cast<double>(part) / static_cast<double>(whole) : 0;
    return QString::number(share, 'g', 3) + QStringLiteral(" %");
}

QString loadText(const LoadTest& load)
{
    const auto numbers =
        Texts::tr("%1 of %2 attempts failed in the busier half of the time, %3 of %4 in the quieter.")
            .arg(count(load.busyFailed), count(load.busyAttempts), count(load.quietFailed), count(load.quietAttempts));
    switch (load.dependence) {
    case LoadDependence::TooFewFailures:
        return {};
    case LoadDependence::Independent:
        return Texts::tr("The failures do not follow the load: ") + numbers;
    case LoadDependence::RisesWithLoad:
        return Texts::tr("More fails when there is more to do: ") + numbers;
    case LoadDependence::FallsWithLoad:
        return Texts::tr("More fails when there is less to do: ") + numbers;
    }
    return {};
}

QString timeoutText(const IncidentSnapshot& snapshot, const TimeoutLimit& limit)
{
    const auto name = QString::fromStdString(limit.name);
    const auto fitting =
        numbered(limit.fitting, Texts::tr("%1 failed attempt lasted"), Texts::tr("%1 failed attempts lasted"));
    if (!limit.isStated)
        return Texts::tr("%1 as long as Linux tries with %2 (%3), which no settings given here say.")
            .arg(fitting, name, duration(limit.limit));
    const auto where = place(snapshot, limit.place);
    return limit.fitting > 0
        ? Texts::tr("%1 as long as %2 makes them (%3, %4).").arg(fitting, name, duration(limit.limit), where)
        : Texts::tr("No failed attempt lasted as long as %1 makes them (%2, %3).")
              .arg(name, duration(limit.limit), where);
}

QString symptomText(const SymptomSpan& symptom)
{
    const auto span = Texts::tr("%1: %2, from %3 to %4 UTC")
                          .arg(errorClass(symptom.errorClass), count(symptom.count), time(symptom.first).first(19),
                              time(symptom.last).first(19));
    return symptom.isFromTheBeginning ? Texts::tr("%1; the logs begin with it, so it may be older.").arg(span)
                                      : span + u'.';
}

} // namespace

QStringList failureFacts(const IncidentSnapshot& snapshot)
{
    const auto& facts = *snapshot.facts;
    QStringList sentences;
    if (facts.symptoms.empty())
        return sentences;
    if (const auto load = loadText(facts.load); !load.isEmpty())
        sentences.append(load);
    for (const auto& symptom : facts.symptoms)
        sentences.append(symptomText(symptom));
    for (const auto& limit : facts.timeouts)
        sentences.append(timeoutText(snapshot, limit));
    if (facts.unexplainedLengths > 0)
        sentences.append(numbered(facts.unexplainedLengths,
            Texts::tr("%1 failed attempt lasted longer than a second and as long as no limit known here."),
            Texts::tr("%1 failed attempts lasted longer than a second and as long as no limit known here.")));
    const auto& parity = facts.parity;
    if (parity.failed > 0 && parity.completed > 0)
        sentences.append(Texts::tr("%1 of %2 failed connections have an even client port, %3 of %4 completed ones.")
                .arg(count(parity.failedEven), count(parity.failed), count(parity.completedEven),
                    count(parity.completed)));
    if (facts.establishedPackets > 0)
        sentences.append(Texts::tr("On connections that worked, %1 of the packets were repeated (%2 of %3).")
                .arg(percent(facts.establishedRetransmissions, facts.establishedPackets),
                    count(facts.establishedRetransmissions), count(facts.establishedPackets)));
    return sentences;
}

} // namespace halfshake::texts
