// SPDX-FileCopyrightText: The Halfshake authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "tests/support/unpacking.h"

#include <random>
#include <span>
#include <utility>

namespace halfshake::test {

std::string bytesOf(const ByteSource& source)
{
    std::string bytes(source.size(), '\0');
    bytes.resize(source.read(0, std::as_writable_bytes(std::span{bytes})).value());
    return bytes;
}

UnpackResult unpacked(std::string packed, const UnpackLimits& limits)
{
    JobContext job;
    return unpack(memorySource(std::move(packed)), job, limits).value();
}

std::vector<UnpackedFile> filesOf(const UnpackResult& result)
{
    std::vector<UnpackedFile> files;
    for (const auto& member : result.members)
        files.push_back({member.member, bytesOf(*member.bytes)});
    return files;
}

std::string logText(std::size_t size)
{
    std::mt19937 random{502};
    std::string text;
    while (text.size() < size)
        text += "10.0." + std::to_string(random() % 256) + '.' + std::to_string(random() % 256) + " GET /orders/"
            + std::to_string(random()) + " 502\n";
    text.resize(size);
    return text;
}

} // namespace halfshake::test
