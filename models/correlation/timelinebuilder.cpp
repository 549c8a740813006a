// SPDX-FileCopyrightText: The Halfshake authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "models/correlation/timelinebuilder.h"

#include "models/correlation/timearithmetic.h"

#include <algorithm>
#include <utility>

namespace halfshake {

namespace {

EventClass classOf(ErrorClass errorClass)
{
    switch (errorClass) {
    case ErrorClass::ConnRefused:
    case ErrorClass::ConnResetEarly:
    case ErrorClass::RstBeforeHeader:
    case ErrorClass::WriteReset:
        return EventClass::Refused;
    case ErrorClass::FinBeforeHeader:
    case ErrorClass::Truncated:
    case ErrorClass::TlsFail:
        return EventClass::ClosedEarly;
    case ErrorClass::ClientAbort:
    case ErrorClass::Other:
        return EventClass::Unknown;
    default:
        return EventClass::Failed;
    }
}

EventClass classOf(HandshakeOutcome outcome)
{
    switch (outcome) {
    case HandshakeOutcome::Refused:
    case HandshakeOutcome::IcmpRejected:
    case HandshakeOutcome::ResetByInitiator:
    case HandshakeOutcome::ResetAfterAck:
        return EventClass::Refused;
    default:
        return EventClass::Failed;
    }
}

EventClass classOf(ErrorLevel level)
{
    if (level >= ErrorLevel::Error)
        return EventClass::Failed;
    return level == ErrorLevel::Warn ? EventClass::Slow : EventClass::Unknown;
}

EventClass classOf(LogLevel level)
{
    if (level >= LogLevel::Error)
        return EventClass::Failed;
    return level == LogLevel::Warn ? EventClass::Slow : EventClass::Completed;
}

/// The kernel's message may have nothing to do with any failure: it is marked where it could.
EventClass classOf(KernelMessage message)
{
    return message == KernelMessage::Other ? EventClass::Unknown : EventClass::Slow;
}

ObjectRef lineObject(EvidenceId evidence, std::uint64_t line)
{
    return {ObjectKind::Line, evidence, static_cast<std::uint32_t>(line - 1)};
}

bool isSynRepeat(HandshakeStep step)
{
    return step == HandshakeStep::SynRetransmission;
}

bool isSynAckRepeat(HandshakeStep step)
{
    return step == HandshakeStep::SynAckRetransmission || step == HandshakeStep::SynAckTriggered
        || step == HandshakeStep::SynAckReissue;
}

class Builder
{
public:
    Builder(const LinkingInput& input, const ErrorJoin& errors, const Linking& linking)
        : m_input(&input), m_errors(&errors), m_linking(&linking)
    {
    }

    [[nodiscard]] Timeline run();

private:
    using Events = std::vector<TimelineEvent>;

    [[nodiscard]] Events requests() const;
    [[nodiscard]] Events failingAttempts() const;
    [[nodiscard]] Events failedConnections() const;
    [[nodiscard]] Events repeats(bool (*isMeant)(HandshakeStep)) const;
    [[nodiscard]] Events errorEntries() const;
    [[nodiscard]] Events applicationEntries() const;
    [[nodiscard]] Events kernelEntries() const;
    [[nodiscard]] std::vector<EventClass> worstAttempts() const;
    [[nodiscard]] TimePoint startOf(std::uint32_t failed) const;
    [[nodiscard]] ObjectRef nearest(const WireConnection& connection) const;

    const LinkingInput* m_input;
    const ErrorJoin* m_errors;
    const Linking* m_linking;
};

ObjectRef Builder::nearest(const WireConnection& connection) const
{
    const auto at = m_input->identity.sightingsOf(connection.identity).front();
    return {ObjectKind::Connection, connection.capture->evidence, at.attempt};
}

/// Of each distinct request.
std::vector<EventClass> Builder::worstAttempts() const
{
    std::vector<EventClass> worst(m_input->requests.requests.size(), EventClass::Completed);
    for (const auto& failed : m_input->failed) {
        auto& of = worst[m_input->requests.attempts[failed.attempt].request];
        of = std::max(of, classOf(failed.errorClass));
    }
    return worst;
}

Builder::Events Builder::requests() const
{
    const auto worst = worstAttempts();
    Events events;
    events.reserve(worst.size());
    for (std::size_t r = 0; r < worst.size(); ++r) {
        const auto& logged = m_input->requests.logged[m_input->requests.requests[r].firstLogged];
        const auto& row = m_input->requests.row(logged);
        const auto evidence = m_input->requests.logs[logged.log].evidence();
        const auto length = std::max(row.requestTime.value_or(Duration{0}), Duration{0});
        const auto end = m_input->clocks.toIncident(evidence, row.loggedAt);
        auto eventClass = worst[r];
        if (row.status >= 500)
            eventClass = std::max(eventClass, EventClass::Failed);
        else if (row.status == 499)
            eventClass = std::max(eventClass, EventClass::Unknown);
        events.push_back({.start = moved(end, difference(Duration{0}, length)),
            .duration = length,
            .eventClass = eventClass,
            .object = {ObjectKind::Request, evidence, logged.request}});
    }
    return events;
}

TimePoint Builder::startOf(std::uint32_t failed) const
{
    const auto attempt = m_input->failed[failed].attempt;
    const auto& link = m_linking->links[failed];
    const auto& request = m_linking->requests[attempt];
    if (link.connection && request.isFound())
        return m_input->wire.requests[request.request].opening;
    if (link.connection && !link.isReusedConnection) {
        const auto& point = *std::ranges::find(m_input->captures, link.connection->evidence,
            [](const RankedCapture& capture) { return capture.capture->evidence; });
        return m_input->clocks.toIncident(
            link.connection->evidence, point.capture->attempts[link.connection->index].start);
    }
    return m_linking->starts[attempt].earliest;
}

Builder::Events Builder::failingAttempts() const
{
    Events events;
    for (std::uint32_t i = 0; i < m_input->failed.size(); ++i) {
        const auto& row = m_input->requests.attemptRow(m_input->requests.attempts[m_input->failed[i].attempt]);
        events.push_back({.start = startOf(i),
            .duration = std::max(row.responseTime.value_or(Duration{0}), Duration{0}),
            .eventClass = classOf(m_linking->links[i].errorClass),
            .object = m_linking->links[i].attempt});
    }
    return events;
}

Builder::Events Builder::failedConnections() const
{
    Events events;
    for (const auto& connection : m_input->wire.connections) {
        if (isFailure(*connection.attempt))
            events.push_back({.start = connection.start,
                .duration = between(connection.start, connection.end),
                .eventClass = classOf(connection.attempt->outcome),
                .object = nearest(connection)});
    }
    return events;
}

Builder::Events Builder::repeats(bool (*isMeant)(HandshakeStep)) const
{
    Events events;
    for (const auto& connection : m_input->wire.connections) {
        const auto eventClass =
            isFailure(*connection.attempt) ? classOf(connection.attempt->outcome) : EventClass::Slow;
        for (const auto& event : m_input->wire.eventsOf(connection)) {
            if (isMeant(event.step))
                events.push_back({.start = m_input->clocks.toIncident(connection.capture->evidence, event.time),
                    .eventClass = eventClass,
                    .object = {ObjectKind::Packet, connection.capture->evidence, event.packet - 1}});
        }
    }
    return events;
}

Builder::Events Builder::errorEntries() const
{
    Events events;
    for (std::uint32_t l = 0; l < m_input->requests.logs.size(); ++l) {
        const auto& index = m_input->requests.logs[l];
        const auto& errors = index.log().errors;
        // where the whole log is shifted, its clock has it; in a mixed log only the error entries are
        const auto zone = index.log().requests.empty() ? Duration{0} : m_errors->zoneErrors[l];
        for (std::uint32_t e = 0; e < errors.size(); ++e) {
            const auto time = m_input->clocks.toIncident(index.evidence(), errors[e].loggedAt);
            events.push_back({.start = moved(time, difference(Duration{0}, zone)),
                .eventClass = classOf(errors[e].level),
                .object = {ObjectKind::ErrorEntry, index.evidence(), e}});
        }
    }
    return events;
}

Builder::Events Builder::applicationEntries() const
{
    Events events;
    for (const auto& index : m_input->requests.logs) {
        for (const auto& entry : index.log().applicationEntries)
            events.push_back({.start = m_input->clocks.toIncident(index.evidence(), entry.loggedAt),
                .eventClass = classOf(entry.level),
                .object = lineObject(index.evidence(), entry.line)});
    }
    return events;
}

/// Those whose instant is known.
Builder::Events Builder::kernelEntries() const
{
    Events events;
    for (const auto& index : m_input->requests.logs) {
        for (const auto& entry : index.log().kernelEntries) {
            if (entry.loggedAt)
                events.push_back({.start = m_input->clocks.toIncident(index.evidence(), *entry.loggedAt),
                    .eventClass = classOf(entry.kind),
                    .object = lineObject(index.evidence(), entry.line)});
        }
    }
    return events;
}

Timeline Builder::run()
{
    Timeline timeline;
    const auto add = [&timeline](TrackKind kind, Events events) {
        timeline.tracks.push_back(std::make_shared<const Track>(kind, std::move(events)));
    };
    add(TrackKind::Requests, requests());
    add(TrackKind::FailingUpstreamAttempts, failingAttempts());
    add(TrackKind::FailedConnections, failedConnections());
    add(TrackKind::SynRetransmissions, repeats(isSynRepeat));
    add(TrackKind::SynAckRetransmissions, repeats(isSynAckRepeat));
    add(TrackKind::ErrorLog, errorEntries());
    const auto addIfAny = [&add](TrackKind kind, Events events) {
        if (!events.empty())
            add(kind, std::move(events));
    };
    addIfAny(TrackKind::ApplicationLog, applicationEntries());
    addIfAny(TrackKind::KernelLog, kernelEntries());

    bool isFirst = true;
    for (const auto& track : timeline.tracks) {
        for (const auto& event : track->events()) {
            const auto end = moved(moved(event.start, event.duration), Duration{1});
            timeline.range.start = isFirst ? event.start : std::min(timeline.range.start, event.start);
            timeline.range.end = isFirst ? end : std::max(timeline.range.end, end);
            isFirst = false;
        }
    }
    return timeline;
}

} // namespace

Timeline buildTimeline(const LinkingInput& input, const ErrorJoin& errors, const Linking& linking)
{
    return Builder{input, errors, linking}.run();
}

} // namespace halfshake
