// SPDX-FileCopyrightText: The Halfshake authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "tests/support/golden.h"

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <sstream>
#include <vector>

namespace halfshake::test {

namespace {

std::string contentsOf(const std::string& path)
{
    std::ifstream file(path, std::ios::binary);
    return {std::istreambuf_iterator<char>(file), {}};
}

std::vector<std::string> linesOf(const std::string& text)
{
    std::vector<std::string> lines;
    std::istringstream stream(text);
    for (std::string line; std::getline(stream, line);)
        lines.push_back(line);
    return lines;
}

/// Line by line: stories are short, and a moved line shows as two.
void printDifference(const std::string& expected, const std::string& actual)
{
    const auto before = linesOf(expected);
    const auto after = linesOf(actual);
    for (std::size_t i = 0; i < std::max(before.size(), after.size()); ++i) {
        const auto* was = i < before.size() ? &before[i] : nullptr;
        const auto* is = i < after.size() ? &after[i] : nullptr;
        if (was && is && *was == *is)
            continue;
        if (was)
            std::fprintf(stderr, "-%s\n", was->c_str());
        if (is)
            std::fprintf(stderr, "+%s\n", is->c_str());
    }
}

} // namespace

bool matchesGolden(const std::string& expectedPath, const std::string& text)
{
    if (const char* update = std::getenv("HALFSHAKE_UPDATE_GOLDEN"); update && std::string(update) == "1") {
        std::ofstream(expectedPath, std::ios::binary) << text;
        return true;
    }
    const auto expected = contentsOf(expectedPath);
    if (expected == text)
        return true;
    const auto actualPath = std::filesystem::path(expectedPath).filename().string() + ".actual";
    std::ofstream(actualPath, std::ios::binary) << text;
    std::fprintf(stderr, "%s differs; what came out is in %s\n", expectedPath.c_str(), actualPath.c_str());
    printDifference(expected, text);
    return false;
}

} // namespace halfshake::test
