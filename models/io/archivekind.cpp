// SPDX-FileCopyrightText: The Halfshake authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "models/io/archivekind.h"

#include <algorithm>
#include <string_view>

namespace halfshake {

namespace {

using namespace std::string_view_literals;

struct Magic
{
    ArchiveKind kind;
    std::string_view bytes;
};

constexpr Magic magics[] = {
    {ArchiveKind::Zstd, "\x28\xB5\x2F\xFD"sv},
    {ArchiveKind::Xz, "\xFD\x37zXZ\0"sv},
    {ArchiveKind::Lz4, "\x04\x22\x4D\x18"sv},
    {ArchiveKind::Lz4, "\x02\x21\x4C\x18"sv}, // as written by lz4 -l
    {ArchiveKind::Zip, "PK\x03\x04"sv},
    {ArchiveKind::Zip, "PK\x05\x06"sv}, // without members
    {ArchiveKind::Zip, "PK\x07\x08PK\x03\x04"sv}, // once meant for several disks
    {ArchiveKind::SevenZip, "7z\xBC\xAF\x27\x1C"sv},
};

std::uint8_t byteAt(std::string_view bytes, std::size_t index)
{
    return static_cast<std::uint8_t>(bytes[index]);
}

bool isGzip(std::string_view head)
{
    return head.size() >= 4 && head.starts_with("\x1F\x8B\x08"sv) && (byteAt(head, 3) & 0xE0u) == 0;
}

bool isBzip2(std::string_view head)
{
    constexpr auto block = "1AY&SY"sv;
    constexpr auto endOfStream = "\x17\x72\x45\x38\x50\x90"sv;
    if (head.size() < 10 || !head.starts_with("BZh") || head[3] < '1' || head[3] > '9')
        return false;
    return head.substr(4, 6) == block || head.substr(4, 6) == endOfStream;
}

/// pzstd and others put skippable frames (RFC 8878, 3.1.2) before the first one with content.
std::string_view withoutSkippableFrames(std::string_view head)
{
    while (head.size() >= 8 && (byteAt(head, 0) & 0xF0u) == 0x50 && head.substr(1, 3) == "\x2A\x4D\x18"sv) {
        std::size_t length = 0;
        for (std::size_t i = 4; i < 8; ++i)
            length |= std::size_t{byteAt(head, i)} << (8 * (i - 4));
        head.remove_prefix(std::min(8 + length, head.size()));
    }
    return head;
}

/// A header's checksum is the sum of its bytes with the checksum field taken as blanks; some old programs summed
/// signed bytes.
bool isTar(std::string_view head)
{
    constexpr std::size_t field = 148;
    constexpr std::size_t fieldSize = 8;
    // a text may contain a number that happens to be right, but no NUL
    if (head.size() < archiveHeadSize || head[0] == '\0' || !head.contains('\0'))
        return false;
    std::uint32_t stated = 0;
    std::size_t digits = 0;
    for (const char c : head.substr(field, fieldSize)) {
        if (c >= '0' && c <= '7') {
            stated = stated * 8 + static_cast<std::uint32_t>(c - '0');
            ++digits;
        } else if (digits > 0) {
            break;
        } else if (c != ' ') {
            return false;
        }
    }
    std::int64_t sum = 0;
    std::int64_t signedSum = 0;
    for (std::size_t i = 0; i < archiveHeadSize; ++i) {
        const auto byte = i >= field && i < field + fieldSize ? std::uint8_t{' '} : byteAt(head, i);
        sum += byte;
        signedSum += static_cast<std::int8_t>(byte);
    }
    return digits > 0 && (stated == sum || stated == signedSum);
}

} // namespace

ArchiveKind recogniseArchive(std::span<const std::byte> bytes)
{
    std::string_view head{reinterpret_cast<const char*>(bytes.data()), bytes.size()};
    if (isGzip(head))
        return ArchiveKind::Gzip;
    if (isBzip2(head))
        return ArchiveKind::Bzip2;
    const auto content = withoutSkippableFrames(head);
    for (const auto& magic : magics) {
        if (content.starts_with(magic.bytes))
            return magic.kind;
    }
    return isTar(head) ? ArchiveKind::Tar : ArchiveKind::None;
}

} // namespace halfshake
