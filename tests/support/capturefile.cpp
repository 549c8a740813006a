// SPDX-FileCopyrightText: The Halfshake authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "tests/support/capturefile.h"

#include "tests/support/wirebytes.h"

#include <algorithm>

namespace halfshake::test {

std::string CaptureFile::pcap() const
{
    return classic(0xa1b2c3d4, 1000);
}

std::string CaptureFile::pcapNanoseconds() const
{
    return classic(0xa1b23c4d, 1);
}

std::string CaptureFile::classic(std::uint32_t magic, std::int64_t unit) const
{
    WireBytes file(isBigEndian);
    file.put(magic).put<std::uint16_t>(2).put<std::uint16_t>(4).put<std::uint64_t>(0);
    file.put(snapLength).put(std::uint32_t{linkType});
    for (const Record& record : records) {
        const auto since = record.time.time_since_epoch().count();
        const auto captured = std::min<std::size_t>(record.bytes.size(), snapLength);
        file.put(static_cast<std::uint32_t>(since / 1'000'000'000));
        file.put(static_cast<std::uint32_t>(since % 1'000'000'000 / unit));
        file.put(static_cast<std::uint32_t>(captured)).put(static_cast<std::uint32_t>(record.bytes.size()));
        file.text(record.bytes.substr(0, captured));
    }
    return file.str();
}

std::string CaptureFile::pcapng(std::uint8_t resolution) const
{
    std::int64_t unit = 1'000'000'000;
    for (int i = 0; i < resolution; ++i)
        unit /= 10;
    WireBytes interface(isBigEndian);
    interface.put(linkType).put<std::uint16_t>(0).put(snapLength);
    interface.put<std::uint16_t>(9).put<std::uint16_t>(1).put(resolution).padTo(4).put<std::uint32_t>(0);
    std::string file = pcapngSection(isBigEndian) + pcapngBlock(1, interface.str(), isBigEndian);
    for (const Record& record : records) {
        const auto ticks = static_cast<std::uint64_t>(record.time.time_since_epoch().count() / unit);
        const auto captured = std::min<std::size_t>(record.bytes.size(), snapLength);
        WireBytes packet(isBigEndian);
        packet.put<std::uint32_t>(0);
        packet.put(static_cast<std::uint32_t>(ticks >> 32)).put(static_cast<std::uint32_t>(ticks));
        packet.put(static_cast<std::uint32_t>(captured)).put(static_cast<std::uint32_t>(record.bytes.size()));
        packet.text(record.bytes.substr(0, captured)).padTo(4);
        file += pcapngBlock(6, packet.str(), isBigEndian);
    }
    return file;
}

std::string pcapngBlock(std::uint32_t type, const std::string& body, bool isBigEndian)
{
    const auto length = static_cast<std::uint32_t>(body.size() + 12);
    return WireBytes(isBigEndian).put(type).put(length).text(body).put(length).str();
}

std::string pcapngSection(bool isBigEndian)
{
    WireBytes section(isBigEndian);
    section.put<std::uint32_t>(0x1a2b3c4d).put<std::uint16_t>(1).put<std::uint16_t>(0).put(~std::uint64_t{0});
    return pcapngBlock(0x0a0d0d0a, section.str(), isBigEndian);
}

} // namespace halfshake::test
