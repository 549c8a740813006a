// SPDX-FileCopyrightText: The Halfshake authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "models/capture/packetreader.h"
#include "models/capture/pcapngblock.h"
#include "models/capture/sourcewindow.h"

#include <optional>

namespace halfshake {

/// pcapng: any number of sections and interfaces, each with its own byte order, link type, snap length and clock.
class PcapngReader final : public PacketReader
{
public:
    [[nodiscard]] static bool isMagic(std::span<const std::byte> head);
    [[nodiscard]] static Expected<std::unique_ptr<PacketReader>> open(const ByteSource& source);

    [[nodiscard]] Expected<std::size_t> next(std::span<PacketRecord> batch) override;
    [[nodiscard]] std::string_view format() const override { return "pcapng"; }
    [[nodiscard]] const std::vector<CaptureInterface>& interfaces() const override { return m_interfaces; }
    [[nodiscard]] std::uint64_t position() const override { return m_window.position(); }
    [[nodiscard]] const DiagnosticLog& diagnostics() const override { return m_diagnostics; }

private:
    struct SectionInterface
    {
        PcapngClock clock;
        std::uint32_t snapLength = 0;
        std::uint16_t index = 0; ///< Into m_interfaces.
    };
    enum class Step : std::uint8_t { NeedsMore, Packet, Other, End };

    explicit PcapngReader(const ByteSource& source) : m_window(source) { }

    /// Takes the block \a ahead begins with; a packet goes to \a record. NeedsMore sets m_wanted.
    [[nodiscard]] Step takeBlock(std::span<const std::byte> ahead, PacketRecord& record);
    [[nodiscard]] bool enterSection(std::span<const std::byte> ahead);
    [[nodiscard]] Step takeWholeBlock(PcapngBlockType type, const PcapngBlock& block, PacketRecord& record);
    [[nodiscard]] Step takePacket(PcapngBlockType type, const PcapngBlock& block, PacketRecord& record);
    void addInterface(const PcapngBlock& block);
    void addStatistics(const PcapngBlock& block);
    [[nodiscard]] Step damaged(std::string what);
    [[nodiscard]] Step truncated();
    [[nodiscard]] SourceRef here() const;

    SourceWindow m_window;
    std::vector<CaptureInterface> m_interfaces;
    std::vector<SectionInterface> m_section;
    DiagnosticLog m_diagnostics;
    EvidenceTime m_lastTime;
    std::size_t m_wanted = 0;
    bool m_isSwapped = false;
    bool m_isAtEnd = false;
};

} // namespace halfshake
