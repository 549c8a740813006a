// SPDX-FileCopyrightText: The Halfshake authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "models/io/archivekind.h"
#include "models/io/bytestream.h"

#include <cstdint>
#include <memory>
#include <string>

namespace halfshake {

/// What one compressed file holds.
class DecompressionStream : public ByteStream
{
public:
    /// After the end: why there is no more, where the file does not end as it should; else empty.
    [[nodiscard]] virtual const std::string& damage() const = 0;
    /// How many packed bytes were used.
    [[nodiscard]] virtual std::uint64_t packedPosition() const = 0;
};

/// \a kind is a compression; \a packed must outlive the result.
[[nodiscard]] std::unique_ptr<DecompressionStream> decompress(ByteStream& packed, ArchiveKind kind);

} // namespace halfshake
