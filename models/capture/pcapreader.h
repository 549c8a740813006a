// SPDX-FileCopyrightText: The Halfshake authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "models/capture/packetreader.h"
#include "models/capture/sourcewindow.h"

namespace halfshake {

/// Classic pcap: both byte orders, micro- and nanoseconds, and Kuznetzov's longer record header.
class PcapReader final : public PacketReader
{
public:
    /// Whether a file that begins with these four bytes is one.
    [[nodiscard]] static bool isMagic(std::span<const std::byte> head);
    [[nodiscard]] static Expected<std::unique_ptr<PacketReader>> open(const ByteSource& source);

    [[nodiscard]] Expected<std::size_t> next(std::span<PacketRecord> batch) override;
    [[nodiscard]] std::string_view format() const override;
    [[nodiscard]] const std::vector<CaptureInterface>& interfaces() const override { return m_interfaces; }
    [[nodiscard]] std::uint64_t position() const override { return m_window.position(); }
    [[nodiscard]] const DiagnosticLog& diagnostics() const override { return m_diagnostics; }

private:
    explicit PcapReader(const ByteSource& source) : m_window(source) { }

    void readFileHeader(std::span<const std::byte> header);
    [[nodiscard]] std::uint32_t field(const std::byte* bytes) const;
    /// Whether \a ahead begins with a whole record, which then goes to \a record.
    [[nodiscard]] bool takeRecord(std::span<const std::byte> ahead, PacketRecord& record);
    void endAtDamage(std::span<const std::byte> ahead);

    SourceWindow m_window;
    std::vector<CaptureInterface> m_interfaces;
    DiagnosticLog m_diagnostics;
    std::size_t m_recordHeaderSize = 0;
    std::uint32_t m_longestPacket = 0;
    std::uint32_t m_fractionUnit = 0; ///< Nanoseconds.
    bool m_isSwapped = false;
    bool m_isAtEnd = false;
};

} // namespace halfshake
