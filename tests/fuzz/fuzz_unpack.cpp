// SPDX-FileCopyrightText: The Halfshake authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "models/io/unpack.h"
#include "tests/fuzz/check.h"

#include <array>
#include <cstdint>
#include <string>

using namespace halfshake;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
    const auto source = memorySource({reinterpret_cast<const char*>(data), size});
    const UnpackLimits limits{.totalBytes = std::uint64_t{16} << 20, .ratio = 2000, .members = 100, .depth = 3};
    JobContext job;
    const auto result = unpack(source, job, limits);
    FUZZ_CHECK(result.has_value());

    std::uint64_t unpacked = 0;
    for (const auto& member : result->members) {
        FUZZ_CHECK(member.bytes != nullptr);
        std::array<std::byte, 1000> block{};
        const auto memberSize = member.bytes->size();
        const auto read = member.bytes->read(memberSize / 2, block);
        FUZZ_CHECK(read && *read == std::min<std::uint64_t>(block.size(), memberSize - memberSize / 2));
        if (member.bytes != source)
            unpacked += memberSize;
    }
    FUZZ_CHECK(unpacked <= limits.totalBytes);
    FUZZ_CHECK(!result->members.empty() || !result->diagnostics.isEmpty() || size > 0);
    return 0;
}
