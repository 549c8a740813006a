// SPDX-FileCopyrightText: The Halfshake authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "models/parameters/wholetext.h"

#include "models/base/text.h"

#include <algorithm>
#include <span>

namespace halfshake {

namespace {

constexpr std::size_t blockSize = std::size_t{1} << 20;
constexpr std::size_t longestPrompt = 120;
constexpr std::string_view byteOrderMark = "\xEF\xBB\xBF";

} // namespace

Expected<std::string> readWholeText(const ByteSource& source, EvidenceId evidence, JobContext& job)
{
    if (source.size() > largestWholeText)
        return failure(DiagnosticCode::ManifestTooLarge, {.evidence = evidence}, {std::to_string(source.size())});
    std::string text;
    while (text.size() < largestWholeText) {
        if (job.isCancelled())
            return failure(DiagnosticCode::Cancelled, {.evidence = evidence});
        const auto begin = text.size();
        text.resize(begin + blockSize);
        const auto count = source.read(begin, std::as_writable_bytes(std::span(text).subspan(begin)));
        if (!count)
            return std::unexpected(count.error());
        text.resize(begin + *count);
        if (const auto nul = text.find('\0', begin); nul != std::string::npos) {
            const SourceRef place{
                .evidence = evidence, .line = countLines(std::string_view(text).substr(0, nul + 1)), .byteOffset = nul};
            return failure(DiagnosticCode::NotText, place, {std::to_string(nul)});
        }
        if (*count == 0)
            break;
    }
    return text;
}

std::vector<std::string_view> headLines(const ProbeInput& input, std::size_t most)
{
    auto head = input.head;
    if (head.starts_with(byteOrderMark))
        head.remove_prefix(byteOrderMark.size());
    std::vector<std::string_view> lines;
    while (!head.empty() && lines.size() < most) {
        const auto newline = head.find('\n');
        if (newline == std::string_view::npos && input.head.size() < input.size && !lines.empty())
            break;
        auto line = head.substr(0, newline);
        head.remove_prefix(newline == std::string_view::npos ? head.size() : newline + 1);
        if (line.ends_with('\r'))
            line.remove_suffix(1);
        lines.push_back(line);
    }
    return lines;
}

std::uint64_t countLines(std::string_view text)
{
    const auto newlines = static_cast<std::uint64_t>(std::ranges::count(text, '\n'));
    return newlines + (text.empty() || text.back() == '\n' ? 0 : 1);
}

bool isPromptLine(std::string_view line)
{
    // "# sysctl -a" is root's prompt, "# net.ipv4.ip_forward = 1" is a comment
    static constexpr std::string_view commands[] = {"sysctl ", "kubectl ", "nginx -", "nstat", "netstat ", "ss -",
        "conntrack ", "cat ", "sudo ", "nsenter ", "ip netns exec ", "docker exec ", "crictl exec ", "date "};
    line = trimmed(line);
    if (line.starts_with("$ "))
        return true;
    const auto prompt = line.substr(0, longestPrompt).find_first_of("#$%>");
    if (prompt == std::string_view::npos)
        return false;
    const auto before = line.substr(0, prompt);
    const auto command = trimmed(line.substr(prompt + 1));
    const bool namesUser = before.contains('@') && !before.contains('=');
    if (command.empty())
        return namesUser;
    return (before.empty() || namesUser)
        && std::ranges::any_of(commands, [&](std::string_view start) { return command.starts_with(start); });
}

} // namespace halfshake
