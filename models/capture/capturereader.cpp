// SPDX-FileCopyrightText: The Halfshake authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "models/capture/capturereader.h"

#include "models/capture/attemptassembly.h"

#include <algorithm>
#include <array>
#include <limits>
#include <string>
#include <utility>

namespace halfshake {

namespace {

constexpr std::size_t batchSize = 64;

// A small packet with its record header.
constexpr std::uint64_t usualPacketSize = 90;

// Enough to tell how much a capture point duplicates; the rest of the file keeps refining it.
constexpr std::size_t sampleSize = std::size_t{1} << 16;

// Copies of one packet at several interfaces may be out of order by this much without anything being wrong.
constexpr Duration orderTolerance = DuplicateFilter::window;

// Packets are numbered with 32 bits.
constexpr std::uint64_t mostPackets = std::numeric_limits<std::uint32_t>::max() - 1;

bool isTracked(const PacketView& view)
{
    return view.kind == PacketKind::Tcp || view.kind == PacketKind::IcmpError;
}

} // namespace

CaptureReader::CaptureReader(std::shared_ptr<const ByteSource> source, EvidenceId evidence)
    : m_capture(std::make_shared<Capture>())
    , m_duplicates(m_encapsulations, source->size() / usualPacketSize)
    , m_tracker(m_encapsulations)
{
    m_capture->evidence = evidence;
    m_capture->bytes = std::move(source);
}

Expected<std::shared_ptr<const Capture>> CaptureReader::read(JobContext& job)
{
    auto reader = openPacketReader(*m_capture->bytes);
    if (!reader) {
        Diagnostic diagnostic = reader.error();
        diagnostic.where.evidence = m_capture->evidence;
        return std::unexpected(std::move(diagnostic));
    }
    if (const auto sampled = sampleDuplication(); !sampled)
        return std::unexpected(sampled.error());
    if (const auto done = readRecords(**reader, job); !done)
        return std::unexpected(done.error());
    takeOver(**reader);
    assembleAttempts(m_tracker, *m_capture);
    return m_capture;
}

// The first SYN/ACK of a file can only be judged when it is known how much its capture point duplicates.
Expected<void> CaptureReader::sampleDuplication()
{
    auto reader = openPacketReader(*m_capture->bytes);
    if (!reader)
        return std::unexpected(reader.error());
    DuplicateFilter sample(m_encapsulations, m_capture->bytes->size() / usualPacketSize);
    std::array<PacketRecord, batchSize> batch;
    std::uint32_t number = 0;
    while (number < sampleSize) {
        const auto count = (*reader)->next(batch);
        if (!count)
            return std::unexpected(count.error());
        if (*count == 0)
            break;
        for (const PacketRecord& record : std::span(batch).first(*count)) {
            ++number;
            if (decodePacket(record, m_encapsulations, m_view) == DecodeTrouble::None && isTracked(m_view))
                static_cast<void>(sample.judge(m_view, record.time, record.interface, number));
        }
    }
    m_duplicates.learnFrom(sample);
    return {};
}

Expected<void> CaptureReader::readRecords(PacketReader& reader, JobContext& job)
{
    std::array<PacketRecord, batchSize> batch;
    while (m_capture->counts.packets < mostPackets) {
        if (job.isCancelled())
            return failure(DiagnosticCode::Cancelled, {.evidence = m_capture->evidence});
        const auto count = reader.next(batch);
        if (!count)
            return std::unexpected(count.error());
        if (*count == 0)
            break;
        for (const PacketRecord& record : std::span(batch).first(*count))
            add(record);
        job.report({reader.position(), m_capture->bytes->size()});
    }
    return {};
}

void CaptureReader::add(const PacketRecord& record)
{
    ++m_capture->counts.packets;
    noteTime(record.time);
    const DecodeTrouble trouble = decodePacket(record, m_encapsulations, m_view);
    if (trouble != DecodeTrouble::None)
        noteTrouble(record, trouble);
    count();
    PacketTable::Row row{.time = record.time,
        .location = {
            record.offset, static_cast<std::uint32_t>(record.bytes.size()), record.originalLength, record.interface}};
    if (isTracked(m_view))
        track(record, row);
    m_capture->packets.append(row);
}

void CaptureReader::track(const PacketRecord& record, PacketTable::Row& row)
{
    const auto number = static_cast<std::uint32_t>(m_capture->counts.packets);
    const bool isTcp = m_view.kind == PacketKind::Tcp;
    if (isTcp)
        row.tcpFlags = m_view.tcp.flags;
    const auto judgement = m_duplicates.judge(m_view, record.time, record.interface, number);
    if (judgement.isCopy()) {
        row.isDuplicate = true;
        row.attempt = judgement.attempt;
        m_capture->counts.duplicatePackets += isTcp ? 1 : 0;
        if (row.attempt != PacketTable::noAttempt)
            m_tracker.addCopy(row.attempt, m_view);
        return;
    }
    const std::size_t payload = std::min<std::size_t>(m_view.tcp.payloadOffset, record.bytes.size());
    const HandshakeTracker::Packet packet{.view = m_view,
        .time = record.time,
        .number = number,
        .payload = record.bytes.subspan(
            payload, std::min<std::size_t>(m_view.tcp.payloadLength, record.bytes.size() - payload))};
    row.attempt = isTcp ? m_tracker.addSegment(packet) : m_tracker.addIcmpError(packet);
    m_duplicates.remember(judgement, row.attempt);
}

void CaptureReader::count()
{
    CaptureCounts& counts = m_capture->counts;
    counts.tcpPackets += m_view.isTcp ? 1 : 0;
    counts.icmpErrors += m_view.kind == PacketKind::IcmpError ? 1 : 0;
    if (m_view.kind != PacketKind::Tcp)
        return;
    const std::uint8_t flags = m_view.tcp.flags;
    if ((flags & tcpflag::syn) != 0)
        ++((flags & tcpflag::ack) != 0 ? counts.synAck : counts.syn);
    counts.rst += (flags & tcpflag::rst) != 0 ? 1 : 0;
}

void CaptureReader::noteTime(EvidenceTime time)
{
    EvidenceTimeRange& range = m_capture->range;
    const EvidenceTime after = time + Duration{1};
    if (m_capture->counts.packets == 1) {
        range = {time, after};
        m_lastTime = time;
        return;
    }
    if (time + orderTolerance < m_lastTime) {
        const auto step = std::chrono::ceil<std::chrono::seconds>(m_lastTime - time);
        m_capture->diagnostics.add(DiagnosticCode::CaptureTimeStepsBackwards,
            {.evidence = m_capture->evidence, .packet = m_capture->counts.packets}, {std::to_string(step.count())});
    }
    m_lastTime = time;
    range = {std::min(range.start, time), std::max(range.end, after)};
}

void CaptureReader::noteTrouble(const PacketRecord& record, DecodeTrouble trouble)
{
    ++m_capture->counts.undecodable;
    const SourceRef where{
        .evidence = m_capture->evidence, .packet = m_capture->counts.packets, .byteOffset = record.offset};
    DiagnosticLog& log = m_capture->diagnostics;
    if (trouble == DecodeTrouble::LinkTypeUnsupported)
        log.add(DiagnosticCode::CaptureLinkTypeUnsupported, where, {std::to_string(record.linkType)});
    else if (record.bytes.size() < record.originalLength)
        log.add(DiagnosticCode::CaptureSnapLengthCutsHeaders, where);
    else
        log.add(DiagnosticCode::CapturePacketUndecodable, where, {"header cut off"});
}

void CaptureReader::takeOver(const PacketReader& reader)
{
    m_capture->format = reader.format();
    m_capture->interfaces = reader.interfaces();
    DiagnosticLog& log = m_capture->diagnostics;
    for (Diagnostic diagnostic : reader.diagnostics().entries()) {
        diagnostic.where.evidence = m_capture->evidence;
        log.add(std::move(diagnostic));
    }
    for (const CaptureInterface& interface : m_capture->interfaces) {
        if (const std::uint64_t dropped = interface.dropped.value_or(0); dropped > 0)
            log.add(
                DiagnosticCode::CapturePacketsDropped, {.evidence = m_capture->evidence}, {std::to_string(dropped)});
    }
}

} // namespace halfshake
