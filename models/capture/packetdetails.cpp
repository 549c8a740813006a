// SPDX-FileCopyrightText: The Halfshake authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "models/capture/packetdetails.h"

namespace halfshake {

Expected<PacketDetails> packetDetails(const Capture& capture, std::uint64_t number)
{
    const SourceRef where{.evidence = capture.evidence, .line = 0, .packet = number, .byteOffset = 0};
    if (number == 0 || number > capture.packets.size())
        return failure(DiagnosticCode::FileNotReadable, where);
    const auto row = capture.packets.row(number - 1);
    PacketDetails details{.number = number,
        .time = row.time,
        .originalLength = row.location.originalLength,
        .bytes = {},
        .layers = {},
        .summary = {}};
    details.bytes.resize(row.location.capturedLength);
    const auto got = capture.bytes->read(row.location.offset, details.bytes);
    if (!got)
        return std::unexpected(got.error());
    if (*got != details.bytes.size())
        return failure(DiagnosticCode::FileChangedSinceImport, where);
    return details;
}

} // namespace halfshake
