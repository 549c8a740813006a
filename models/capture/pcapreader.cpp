// SPDX-FileCopyrightText: The Halfshake authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "models/capture/pcapreader.h"

#include "models/capture/byteorder.h"

#include <algorithm>
#include <string>

namespace halfshake {

namespace {

constexpr std::uint32_t microsecondMagic = 0xa1b2c3d4;
constexpr std::uint32_t nanosecondMagic = 0xa1b23c4d;
constexpr std::uint32_t kuznetzovMagic = 0xa1b2cd34;

constexpr std::size_t fileHeaderSize = 24;
constexpr std::size_t plainRecordHeaderSize = 16;
constexpr std::size_t kuznetzovRecordHeaderSize = 24;

// What tcpdump captures at most; some writers put a smaller snap length into the header than they keep to.
constexpr std::uint32_t usualLongestPacket = 262'144;

constexpr bool isKnownMagic(std::uint32_t magic)
{
    return magic == microsecondMagic || magic == nanosecondMagic || magic == kuznetzovMagic;
}

} // namespace

bool PcapReader::isMagic(std::span<const std::byte> head)
{
    return head.size() >= 4
        && (isKnownMagic(loadNative<std::uint32_t>(head.data(), false))
            || isKnownMagic(loadNative<std::uint32_t>(head.data(), true)));
}

Expected<std::unique_ptr<PacketReader>> PcapReader::open(const ByteSource& source)
{
    std::unique_ptr<PcapReader> reader(new PcapReader(source));
    const auto header = reader->m_window.require(fileHeaderSize);
    if (!header)
        return std::unexpected(header.error());
    if (header->size() < fileHeaderSize)
        return failure(DiagnosticCode::CaptureTruncated, {}, {std::to_string(fileHeaderSize - header->size())});
    reader->readFileHeader(*header);
    reader->m_window.skip(fileHeaderSize);
    return reader;
}

void PcapReader::readFileHeader(std::span<const std::byte> header)
{
    m_isSwapped = !isKnownMagic(loadNative<std::uint32_t>(header.data(), false));
    const auto magic = field(header.data());
    m_fractionUnit = magic == nanosecondMagic ? 1 : 1000;
    m_recordHeaderSize = magic == kuznetzovMagic ? kuznetzovRecordHeaderSize : plainRecordHeaderSize;

    const std::uint32_t snapLength = field(header.data() + 16);
    m_longestPacket = std::clamp(snapLength, usualLongestPacket, largestRecord);
    // The upper half of the link type tells the length of the frame check sequence.
    m_interfaces.push_back({.linkType = static_cast<std::uint16_t>(field(header.data() + 20) & 0xffff),
        .snapLength = snapLength,
        .name = {},
        .dropped = {}});
}

std::uint32_t PcapReader::field(const std::byte* bytes) const
{
    return loadNative<std::uint32_t>(bytes, m_isSwapped);
}

std::string_view PcapReader::format() const
{
    return m_fractionUnit == 1 ? "pcap (nanoseconds)" : "pcap";
}

Expected<std::size_t> PcapReader::next(std::span<PacketRecord> batch)
{
    std::size_t count = 0;
    while (count < batch.size() && !m_isAtEnd) {
        if (takeRecord(m_window.ahead(), batch[count])) {
            ++count;
            continue;
        }
        if (count > 0)
            break; // reading on moves the bytes of the records found so far
        auto ahead = m_window.require(m_recordHeaderSize);
        if (ahead && ahead->size() >= m_recordHeaderSize) {
            const std::uint32_t length = field(ahead->data() + 8);
            if (length <= m_longestPacket)
                ahead = m_window.require(m_recordHeaderSize + length);
        }
        if (!ahead)
            return std::unexpected(ahead.error());
        if (takeRecord(*ahead, batch[0]))
            ++count;
        else
            endAtDamage(*ahead);
    }
    return count;
}

bool PcapReader::takeRecord(std::span<const std::byte> ahead, PacketRecord& record)
{
    if (ahead.size() < m_recordHeaderSize)
        return false;
    const std::uint32_t length = field(ahead.data() + 8);
    if (length > m_longestPacket || ahead.size() - m_recordHeaderSize < length)
        return false;
    record.time = EvidenceTime{std::chrono::seconds{field(ahead.data())}
        + Duration{std::int64_t{field(ahead.data() + 4)} * std::int64_t{m_fractionUnit}}};
    record.bytes = ahead.subspan(m_recordHeaderSize, length);
    record.offset = m_window.position() + m_recordHeaderSize;
    record.originalLength = field(ahead.data() + 12);
    record.linkType = m_interfaces.front().linkType;
    record.interface = 0;
    record.direction = PacketDirection::Unknown;
    m_window.skip(m_recordHeaderSize + length);
    return true;
}

void PcapReader::endAtDamage(std::span<const std::byte> ahead)
{
    m_isAtEnd = true;
    if (ahead.empty())
        return;
    const SourceRef where{.evidence = {}, .line = 0, .packet = 0, .byteOffset = m_window.position()};
    if (ahead.size() < m_recordHeaderSize) {
        m_diagnostics.add(DiagnosticCode::CaptureTruncated, where, {std::to_string(m_recordHeaderSize - ahead.size())});
        return;
    }
    const std::uint32_t length = field(ahead.data() + 8);
    if (length > m_longestPacket)
        m_diagnostics.add(DiagnosticCode::CaptureDamaged, where, {"packet length " + std::to_string(length)});
    else
        m_diagnostics.add(
            DiagnosticCode::CaptureTruncated, where, {std::to_string(m_recordHeaderSize + length - ahead.size())});
}

} // namespace halfshake
