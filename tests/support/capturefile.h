// SPDX-FileCopyrightText: The Halfshake authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "models/base/timepoint.h"

#include <cstdint>
#include <string>
#include <vector>

namespace halfshake::test {

/// The packets of a capture file and what its header says.
struct CaptureFile
{
    struct Record
    {
        EvidenceTime time;
        std::string bytes;
    };

    std::vector<Record> records;
    std::uint32_t snapLength = 262'144;
    std::uint16_t linkType = 1;
    bool isBigEndian = false;

    [[nodiscard]] std::string pcap() const;
    [[nodiscard]] std::string pcapNanoseconds() const;
    /// \a resolution as in if_tsresol, a power of ten.
    [[nodiscard]] std::string pcapng(std::uint8_t resolution) const;

private:
    [[nodiscard]] std::string classic(std::uint32_t magic, std::int64_t unit) const;
};

/// A pcapng block around \a body, whose length is a multiple of 4.
[[nodiscard]] std::string pcapngBlock(std::uint32_t type, const std::string& body, bool isBigEndian = false);
[[nodiscard]] std::string pcapngSection(bool isBigEndian = false);

} // namespace halfshake::test
