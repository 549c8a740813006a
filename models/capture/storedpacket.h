// SPDX-FileCopyrightText: The Halfshake authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "models/base/expected.h"
#include "models/capture/capture.h"
#include "models/capture/packetrecord.h"

#include <cstddef>
#include <cstdint>
#include <vector>

namespace halfshake {

/// One packet read again from the capture file.
struct StoredPacket
{
    PacketTable::Row row;
    std::vector<std::byte> bytes;
    std::uint16_t linkType = 0;

    /// As the decoder takes it; refers to \c bytes.
    [[nodiscard]] PacketRecord record() const;
};

/// \a number is counted from 1. Errors: FileNotReadable, FileChangedSinceImport.
[[nodiscard]] Expected<StoredPacket> readStoredPacket(const Capture& capture, std::uint64_t number);

} // namespace halfshake
