// SPDX-FileCopyrightText: The Halfshake authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "models/base/expected.h"
#include "models/capture/capture.h"

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

namespace halfshake {

/// One line of a decoded packet: a header, or a field of one. Offset and length place it in the packet's bytes.
struct PacketField
{
    std::string name; ///< "Transmission Control Protocol", "Sequence number"
    std::string value; ///< "4027431614"; empty for a header without a summary.
    std::uint32_t offset = 0;
    std::uint32_t length = 0;
    std::vector<PacketField> fields;
};

struct PacketDetails
{
    std::uint64_t number = 0; ///< Counted from 1.
    EvidenceTime time;
    std::uint32_t originalLength = 0;
    std::vector<std::byte> bytes;
    std::vector<PacketField> layers; ///< Outermost first.
    std::string summary; ///< "10.0.0.1:40000 → 10.0.0.2:80 [SYN] Seq=… Win=…", as people write it.
};

/// Reads one packet again and decodes every header in it. Errors: FileNotReadable, FileChangedSinceImport.
[[nodiscard]] Expected<PacketDetails> packetDetails(const Capture& capture, std::uint64_t number);

} // namespace halfshake
