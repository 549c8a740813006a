// SPDX-FileCopyrightText: The Halfshake authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "models/report/factsjson.h"

#include "models/report/analysisids.h"

namespace halfshake {

namespace {

using namespace Qt::StringLiterals;

qint64 number(std::uint64_t value)
{
    return static_cast<qint64>(value);
}

qint64 nanoseconds(TimePoint time)
{
    return static_cast<qint64>(time.time_since_epoch().count());
}

QString text(std::string_view value)
{
    return QString::fromUtf8(value.data(), static_cast<qsizetype>(value.size()));
}

QJsonObject rateJson(const GroupRate& rate)
{
    return {{u"name"_s, text(rate.name)}, {u"attempts"_s, number(rate.attempts)}, {u"failed"_s, number(rate.failed)}};
}

QJsonObject timeoutJson(const IncidentSnapshot& snapshot, const TimeoutLimit& limit)
{
    QJsonArray examples;
    for (const auto& example : limit.examples)
        examples.append(objectId(snapshot, example));
    return {{u"name"_s, text(limit.name)}, {u"limit_ns"_s, static_cast<qint64>(limit.limit.count())},
        {u"is_kernel"_s, limit.isKernel}, {u"is_stated"_s, limit.isStated}, {u"fitting"_s, number(limit.fitting)},
        {u"at"_s, limit.isStated ? QJsonValue(text(toString(limit.place))) : QJsonValue()}, {u"examples"_s, examples}};
}

QJsonObject symptomJson(const IncidentSnapshot& snapshot, const SymptomSpan& symptom)
{
    return {{u"error_class"_s, text(toString(symptom.errorClass))}, {u"count"_s, number(symptom.count)},
        {u"first_ns"_s, nanoseconds(symptom.first)}, {u"last_ns"_s, nanoseconds(symptom.last)},
        {u"first"_s, objectId(snapshot, symptom.firstObject)},
        {u"is_from_the_beginning"_s, symptom.isFromTheBeginning}};
}

QJsonObject loadJson(const LoadTest& load)
{
    return {{u"dependence"_s, text(toString(load.dependence))}, {u"chance"_s, load.chance},
        {u"busy_attempts"_s, number(load.busyAttempts)}, {u"busy_failed"_s, number(load.busyFailed)},
        {u"quiet_attempts"_s, number(load.quietAttempts)}, {u"quiet_failed"_s, number(load.quietFailed)}};
}

QJsonArray overTimeJson(const std::vector<RateBin>& bins)
{
    QJsonArray array;
    for (const auto& bin : bins)
        array.append(QJsonArray{nanoseconds(bin.start), number(bin.attempts), number(bin.failed)});
    return array;
}

} // namespace

QJsonObject factsJson(const IncidentSnapshot& snapshot)
{
    const auto& facts = *snapshot.facts;
    QJsonArray upstreams;
    for (const auto& rate : facts.byUpstream)
        upstreams.append(rateJson(rate));
    QJsonArray clients;
    for (const auto& rate : facts.byClient)
        clients.append(rateJson(rate));
    QJsonArray symptoms;
    for (const auto& symptom : facts.symptoms)
        symptoms.append(symptomJson(snapshot, symptom));
    QJsonArray timeouts;
    for (const auto& limit : facts.timeouts)
        timeouts.append(timeoutJson(snapshot, limit));
    return {{u"load"_s, loadJson(facts.load)}, {u"by_upstream"_s, upstreams}, {u"by_client"_s, clients},
        {u"symptoms"_s, symptoms}, {u"timeouts"_s, timeouts},
        {u"unexplained_lengths"_s, number(facts.unexplainedLengths)},
        {u"bin_ns"_s, static_cast<qint64>(facts.binLength.count())}, {u"over_time"_s, overTimeJson(facts.overTime)},
        {u"client_ports"_s,
            QJsonObject{{u"failed"_s, number(facts.parity.failed)}, {u"failed_even"_s, number(facts.parity.failedEven)},
                {u"completed"_s, number(facts.parity.completed)},
                {u"completed_even"_s, number(facts.parity.completedEven)}}},
        {u"established_packets"_s, number(facts.establishedPackets)},
        {u"established_retransmissions"_s, number(facts.establishedRetransmissions)}};
}

QJsonArray textPartsJson(const IncidentSnapshot& snapshot, const std::vector<CauseTextPart>& parts)
{
    QJsonArray array;
    for (const auto& part : parts) {
        QJsonArray references;
        for (const auto& place : part.places)
            references.append(text(toString(place)));
        for (const auto& object : part.objects)
            references.append(objectId(snapshot, object));
        QJsonObject json{{u"text"_s, text(part.text)}};
        if (!references.isEmpty())
            json.insert(u"at"_s, references);
        array.append(json);
    }
    return array;
}

} // namespace halfshake
