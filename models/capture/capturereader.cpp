// SPDX-FileCopyrightText: The Halfshake authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "models/capture/capturereader.h"

#include "models/capture/packetdecoder.h"

#include <algorithm>
#include <array>

namespace halfshake {

CaptureReader::CaptureReader(std::shared_ptr<const ByteSource> source, EvidenceId evidence)
    : m_capture(std::make_shared<Capture>())
{
    m_capture->evidence = evidence;
    m_capture->bytes = std::move(source);
}

Expected<std::shared_ptr<const Capture>> CaptureReader::read(JobContext& job)
{
    auto reader = openPacketReader(*m_capture->bytes);
    if (!reader)
        return std::unexpected(reader.error());
    std::array<PacketRecord, 64> batch;
    for (;;) {
        if (job.isCancelled())
            return failure(DiagnosticCode::Cancelled);
        const auto count = (*reader)->next(batch);
        if (!count)
            return std::unexpected(count.error());
        if (*count == 0)
            break;
        for (const PacketRecord& record : std::span(batch).first(*count))
            add(record);
        job.report({(*reader)->position(), m_capture->bytes->size()});
    }
    m_capture->format = (*reader)->format();
    m_capture->interfaces = (*reader)->interfaces();
    m_capture->diagnostics.append((*reader)->diagnostics());
    return m_capture;
}

void CaptureReader::add(const PacketRecord& record)
{
    auto& counts = m_capture->counts;
    ++counts.packets;
    const auto trouble = decodePacket(record, m_encapsulations, m_view);
    PacketTable::Row row{.time = record.time,
        .location = {
            record.offset, static_cast<std::uint32_t>(record.bytes.size()), record.originalLength, record.interface}};
    if (trouble != DecodeTrouble::None)
        ++counts.undecodable;
    if (m_view.isTcp)
        ++counts.tcpPackets;
    if (m_view.kind == PacketKind::IcmpError)
        ++counts.icmpErrors;
    if (m_view.kind == PacketKind::Tcp) {
        row.tcpFlags = m_view.tcp.flags;
        const bool hasSyn = (row.tcpFlags & tcpflag::syn) != 0;
        const bool hasAck = (row.tcpFlags & tcpflag::ack) != 0;
        counts.syn += hasSyn && !hasAck ? 1 : 0;
        counts.synAck += hasSyn && hasAck ? 1 : 0;
        counts.rst += (row.tcpFlags & tcpflag::rst) != 0 ? 1 : 0;
    }
    const EvidenceTime after = record.time + Duration{1};
    m_capture->range = counts.packets == 1
        ? EvidenceTimeRange{record.time, after}
        : EvidenceTimeRange{std::min(m_capture->range.start, record.time), std::max(m_capture->range.end, after)};
    m_capture->packets.append(row);
}

} // namespace halfshake
