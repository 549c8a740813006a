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

constexpr std::size_t batchSize = 32;

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
    , m_decoded(batchSize)
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
            decode(record, m_decoded.front());
            fold(record, m_decoded.front(), sample, number);
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
        add(std::span(batch).first(*count));
        job.report({reader.position(), m_capture->bytes->size()});
    }
    return {};
}

void CaptureReader::decode(const PacketRecord& record, Decoded& decoded)
{
    decoded.trouble = decodePacket(record, m_encapsulations, decoded.view);
    if (!isTracked(decoded.view))
        return;
    decoded.key = flowKeyOf(decoded.view);
    decoded.identity = DuplicateFilter::identityOf(decoded.view, decoded.key);
    m_tracker.prefetchSlot(decoded.key);
    m_duplicates.prefetch(decoded.identity);
}

void CaptureReader::fold(
    const PacketRecord& record, Decoded& decoded, DuplicateFilter& duplicates, std::uint64_t number)
{
    if (!isTracked(decoded.view))
        return;
    decoded.original = duplicates.originalOf({.view = decoded.view,
        .time = record.time,
        .identity = decoded.identity,
        .number = static_cast<std::uint32_t>(number),
        .interface = record.interface});
    m_tracker.prefetchFlow(decoded.key);
}

// Step by step for the whole batch, because the memory a packet needs is seldom in the cache when many connections are
// open: while it is fetched for one packet, the others go on.
void CaptureReader::add(std::span<const PacketRecord> records)
{
    const std::uint64_t before = m_capture->counts.packets;
    for (std::size_t i = 0; i < records.size(); ++i)
        decode(records[i], m_decoded[i]);
    for (std::size_t i = 0; i < records.size(); ++i)
        fold(records[i], m_decoded[i], m_duplicates, before + i + 1);
    for (std::size_t i = 0; i < records.size(); ++i)
        add(records[i], m_decoded[i]);
}

void CaptureReader::add(const PacketRecord& record, const Decoded& decoded)
{
    ++m_capture->counts.packets;
    noteTime(record.time);
    if (decoded.trouble != DecodeTrouble::None)
        noteTrouble(record, decoded.trouble);
    count(decoded.view);
    PacketTable::Row row{.time = record.time,
        .location = {
            record.offset, static_cast<std::uint32_t>(record.bytes.size()), record.originalLength, record.interface}};
    if (isTracked(decoded.view))
        track(record, decoded, row);
    m_capture->packets.append(row);
}

void CaptureReader::track(const PacketRecord& record, const Decoded& decoded, PacketTable::Row& row)
{
    const auto number = static_cast<std::uint32_t>(m_capture->counts.packets);
    const PacketView& view = decoded.view;
    const bool isTcp = view.kind == PacketKind::Tcp;
    if (isTcp)
        row.tcpFlags = view.tcp.flags;
    if (decoded.original != DuplicateFilter::noPacket) {
        row.isDuplicate = true;
        row.attempt = m_capture->packets.attempt(decoded.original - std::size_t{1});
        m_capture->counts.duplicatePackets += isTcp ? 1 : 0;
        if (row.attempt != PacketTable::noAttempt)
            m_tracker.addCopy(row.attempt, view, decoded.key);
        return;
    }
    const std::size_t payload = std::min<std::size_t>(view.tcp.payloadOffset, record.bytes.size());
    const HandshakeTracker::Packet packet{.view = view,
        .key = decoded.key,
        .time = record.time,
        .number = number,
        .payload = record.bytes.subspan(
            payload, std::min<std::size_t>(view.tcp.payloadLength, record.bytes.size() - payload))};
    row.attempt = isTcp ? m_tracker.addSegment(packet) : m_tracker.addIcmpError(packet);
}

void CaptureReader::count(const PacketView& view)
{
    CaptureCounts& counts = m_capture->counts;
    counts.tcpPackets += view.isTcp ? 1 : 0;
    counts.icmpErrors += view.kind == PacketKind::IcmpError ? 1 : 0;
    if (view.kind != PacketKind::Tcp)
        return;
    const std::uint8_t flags = view.tcp.flags;
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
    if (const std::uint64_t untracked = m_tracker.untrackedSegments(); untracked > 0)
        log.add(
            DiagnosticCode::CaptureTooManyConnections, {.evidence = m_capture->evidence}, {std::to_string(untracked)});
    for (const CaptureInterface& interface : m_capture->interfaces) {
        if (const std::uint64_t dropped = interface.dropped.value_or(0); dropped > 0)
            log.add(
                DiagnosticCode::CapturePacketsDropped, {.evidence = m_capture->evidence}, {std::to_string(dropped)});
    }
}

} // namespace halfshake
