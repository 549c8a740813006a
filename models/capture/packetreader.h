// SPDX-FileCopyrightText: The Halfshake authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "models/base/diagnosticlog.h"
#include "models/base/expected.h"
#include "models/capture/captureinterface.h"
#include "models/capture/packetrecord.h"
#include "models/io/bytesource.h"

#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
#include <string_view>
#include <vector>

namespace halfshake {

/// Largest packet or block that is read; anything above it can only be damage (libpcap's limit for blocks).
inline constexpr std::uint32_t largestRecord = std::uint32_t{16} << 20;

/// Goes through the records of one capture file, whatever its container.
class PacketReader
{
public:
    PacketReader() = default;
    virtual ~PacketReader() = default;
    PacketReader(const PacketReader&) = delete;
    PacketReader& operator=(const PacketReader&) = delete;
    PacketReader(PacketReader&&) = delete;
    PacketReader& operator=(PacketReader&&) = delete;

    /// Fills \a batch with the next records and returns how many; 0 at the end. Their bytes stay valid until the next
    /// call. Damage ends the file and is told to diagnostics(). Errors: those of ByteSource::read.
    [[nodiscard]] virtual Expected<std::size_t> next(std::span<PacketRecord> batch) = 0;

    [[nodiscard]] virtual std::string_view format() const = 0;
    [[nodiscard]] virtual const std::vector<CaptureInterface>& interfaces() const = 0;
    [[nodiscard]] virtual std::uint64_t position() const = 0; ///< Bytes read so far.
    [[nodiscard]] virtual const DiagnosticLog& diagnostics() const = 0;
};

/// Chooses the reader by magic number. Errors: UnknownFormat, CaptureTruncated and CaptureDamaged where not even the
/// file header can be read. \a source outlives the reader.
[[nodiscard]] Expected<std::unique_ptr<PacketReader>> openPacketReader(const ByteSource& source);

} // namespace halfshake
