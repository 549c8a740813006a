// SPDX-FileCopyrightText: The Halfshake authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "models/capture/pcapngreader.h"

#include <algorithm>
#include <limits>
#include <utility>

namespace halfshake {

namespace {

constexpr std::size_t blockHeaderSize = 12; // type, length and, for a section, the byte order mark
constexpr std::size_t smallestSection = 28;
constexpr std::uint32_t byteOrderMark = 0x1a2b3c4d;
constexpr std::size_t mostInterfaces = std::numeric_limits<std::uint16_t>::max();
constexpr std::uint16_t unknownLinkType = std::numeric_limits<std::uint16_t>::max();
constexpr std::uint16_t unknownInterface = std::numeric_limits<std::uint16_t>::max();

bool isPacketBlock(PcapngBlockType type)
{
    return type == PcapngBlockType::EnhancedPacket || type == PcapngBlockType::SimplePacket
        || type == PcapngBlockType::ObsoletePacket;
}

bool isReadBlock(PcapngBlockType type)
{
    return isPacketBlock(type) || type == PcapngBlockType::InterfaceDescription
        || type == PcapngBlockType::InterfaceStatistics || type == PcapngBlockType::SectionHeader;
}

} // namespace

bool PcapngReader::isMagic(std::span<const std::byte> head)
{
    if (head.size() < blockHeaderSize
        || loadBig<std::uint32_t>(head.data()) != std::to_underlying(PcapngBlockType::SectionHeader))
        return false;
    const auto mark = loadBig<std::uint32_t>(head.data() + 8);
    return mark == byteOrderMark || mark == std::byteswap(byteOrderMark);
}

Expected<std::unique_ptr<PacketReader>> PcapngReader::open(const ByteSource& source)
{
    std::unique_ptr<PcapngReader> reader(new PcapngReader(source));
    const auto header = reader->m_window.require(smallestSection);
    if (!header)
        return std::unexpected(header.error());
    if (header->size() < smallestSection)
        return failure(DiagnosticCode::CaptureTruncated, {}, {std::to_string(smallestSection - header->size())});
    return reader;
}

Expected<std::size_t> PcapngReader::next(std::span<PacketRecord> batch)
{
    std::size_t count = 0;
    while (count < batch.size() && !m_isAtEnd) {
        Step step = takeBlock(m_window.ahead(), batch[count]);
        // First the block's header is asked for, then all of it.
        while (step == Step::NeedsMore) {
            if (count > 0)
                return count; // reading on moves the bytes of the records found so far
            const auto ahead = m_window.require(m_wanted);
            if (!ahead)
                return std::unexpected(ahead.error());
            step = ahead->size() < m_wanted ? truncated() : takeBlock(*ahead, batch[count]);
        }
        if (step == Step::Packet)
            ++count;
        else if (step == Step::End)
            m_isAtEnd = true;
    }
    return count;
}

PcapngReader::Step PcapngReader::takeBlock(std::span<const std::byte> ahead, PacketRecord& record)
{
    m_wanted = blockHeaderSize;
    if (ahead.size() < blockHeaderSize)
        return Step::NeedsMore;
    const auto type = PcapngBlockType{loadNative<std::uint32_t>(ahead.data(), m_isSwapped)};
    if (type == PcapngBlockType::SectionHeader && !enterSection(ahead))
        return damaged("byte order mark of a section");
    const auto length = loadNative<std::uint32_t>(ahead.data() + 4, m_isSwapped);
    const std::size_t smallest = type == PcapngBlockType::SectionHeader ? smallestSection : blockHeaderSize;
    if (length < smallest || length % 4 != 0)
        return damaged("block length " + std::to_string(length));
    if (!isReadBlock(type)) {
        if (length > m_window.remaining())
            return truncated();
        m_window.skip(length);
        return Step::Other;
    }
    if (length > largestRecord)
        return damaged("block length " + std::to_string(length));
    m_wanted = length;
    if (ahead.size() < length)
        return Step::NeedsMore;
    const PcapngBlock block{ahead.first(length), m_isSwapped};
    if (block.field<std::uint32_t>(length - 4) != length)
        return damaged("block lengths " + std::to_string(length) + " and "
            + std::to_string(block.field<std::uint32_t>(length - 4)) + " differ");
    const Step step = takeWholeBlock(type, block, record);
    m_window.skip(length);
    return step;
}

bool PcapngReader::enterSection(std::span<const std::byte> ahead)
{
    const auto mark = loadNative<std::uint32_t>(ahead.data() + 8, false);
    if (mark != byteOrderMark && mark != std::byteswap(byteOrderMark))
        return false;
    m_isSwapped = mark != byteOrderMark;
    return true;
}

PcapngReader::Step PcapngReader::takeWholeBlock(PcapngBlockType type, const PcapngBlock& block, PacketRecord& record)
{
    if (isPacketBlock(type))
        return takePacket(type, block, record);
    if (type == PcapngBlockType::SectionHeader)
        m_section.clear();
    else if (type == PcapngBlockType::InterfaceDescription)
        addInterface(block);
    else
        addStatistics(block);
    return Step::Other;
}

PcapngReader::Step PcapngReader::takePacket(PcapngBlockType type, const PcapngBlock& block, PacketRecord& record)
{
    const auto packet = parsePacket(type, block);
    if (!packet) {
        m_diagnostics.add(DiagnosticCode::CaptureDamaged, here(), {"packet block too short"});
        return Step::Other;
    }
    const bool isDescribed = packet->interface < m_section.size();
    const SectionInterface interface = isDescribed ? m_section[packet->interface] : SectionInterface{};
    const std::size_t room = block.bytes.size() - 4 - packet->dataOffset;
    std::size_t length = std::min<std::size_t>(packet->capturedLength, room);
    if (!packet->ticks && interface.snapLength > 0)
        length = std::min<std::size_t>(length, interface.snapLength);
    else if (packet->ticks && packet->capturedLength > room)
        m_diagnostics.add(DiagnosticCode::CaptureDamaged, here(), {"packet longer than its block"});
    if (!isDescribed)
        m_diagnostics.add(DiagnosticCode::CaptureDamaged, here(),
            {"packet of interface " + std::to_string(packet->interface) + ", which is not described"});

    // A simple packet block has no time of its own; the order of the file is all there is.
    if (packet->ticks)
        m_lastTime = interface.clock.toTime(*packet->ticks);
    record.time = m_lastTime;
    record.bytes = block.bytes.subspan(packet->dataOffset, length);
    record.offset = m_window.position() + packet->dataOffset;
    record.originalLength = packet->originalLength;
    record.interface = isDescribed ? interface.index : unknownInterface;
    record.linkType = isDescribed ? m_interfaces[interface.index].linkType : unknownLinkType;
    record.direction = packet->direction;
    if (isDescribed && packet->dropped) {
        auto& dropped = m_interfaces[interface.index].dropped;
        dropped = dropped.value_or(0) + *packet->dropped;
    }
    return Step::Packet;
}

void PcapngReader::addInterface(const PcapngBlock& block)
{
    auto description = parseInterfaceDescription(block);
    if (!description || m_interfaces.size() >= mostInterfaces) {
        m_diagnostics.add(DiagnosticCode::CaptureDamaged, here(),
            {description ? "more interfaces than a capture can have" : "interface block too short"});
        return;
    }
    m_section.push_back({.clock = description->clock,
        .snapLength = description->snapLength,
        .index = static_cast<std::uint16_t>(m_interfaces.size())});
    m_interfaces.push_back({.linkType = description->linkType,
        .snapLength = description->snapLength,
        .name = std::move(description->name),
        .dropped = {}});
}

void PcapngReader::addStatistics(const PcapngBlock& block)
{
    const auto statistics = parseInterfaceStatistics(block);
    if (!statistics || !statistics->dropped || statistics->interface >= m_section.size())
        return;
    auto& dropped = m_interfaces[m_section[statistics->interface].index].dropped;
    dropped = std::max(dropped.value_or(0), *statistics->dropped);
}

SourceRef PcapngReader::here() const
{
    return {.evidence = {}, .line = 0, .packet = 0, .byteOffset = m_window.position()};
}

PcapngReader::Step PcapngReader::damaged(std::string what)
{
    m_diagnostics.add(DiagnosticCode::CaptureDamaged, here(), {std::move(what)});
    return Step::End;
}

PcapngReader::Step PcapngReader::truncated()
{
    const auto ahead = m_window.ahead();
    std::uint64_t wanted = blockHeaderSize;
    if (ahead.size() >= blockHeaderSize)
        wanted = loadNative<std::uint32_t>(ahead.data() + 4, m_isSwapped);
    if (!ahead.empty())
        m_diagnostics.add(DiagnosticCode::CaptureTruncated, here(), {std::to_string(wanted - m_window.remaining())});
    return Step::End;
}

} // namespace halfshake
