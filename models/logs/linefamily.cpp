// SPDX-FileCopyrightText: The Halfshake authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "models/logs/linefamily.h"

#include "models/logs/errorlogscanner.h"

#include <algorithm>
#include <array>

namespace halfshake {

namespace {

bool isDigit(char character)
{
    return character >= '0' && character <= '9';
}

/// "I1123 04:29:17.838000       7 controller.go:168] ": severity, month and day, no year (k8s.io/klog).
bool isKlog(std::string_view line)
{
    return line.size() > 21 && std::string_view{"IWEF"}.contains(line[0])
        && std::ranges::all_of(line.substr(1, 4), isDigit) && line[5] == ' ' && isDigit(line[6]) && line[8] == ':'
        && line[11] == ':' && line[14] == '.';
}

/// What the Go runtime prints when it dies, and the frames of ingress-nginx's banner.
bool isRuntimeLine(std::string_view line)
{
    constexpr std::array<std::string_view, 9> beginnings{"goroutine ", "panic: ", "fatal error: ", "created by ",
        "runtime: ", "stack traceback:", "coroutine ", "--------", "NGINX Ingress controller"};
    return std::ranges::any_of(beginnings, [&](std::string_view text) { return line.starts_with(text); });
}

} // namespace

bool isOfOtherProgram(const UnwrappedLine& line)
{
    constexpr std::array<std::string_view, 10> readOnes{
        "nginx", "haproxy", "envoy", "traefik", "ingress", "kernel", "tomcat", "java", "httpd", "apache"};
    return !line.program.empty()
        && std::ranges::none_of(readOnes, [&](std::string_view program) { return line.program.contains(program); });
}

LineFamily familyOf(std::string_view line)
{
    if (!line.empty() && isDigit(line.front()))
        return startsLikeErrorLine(line) ? LineFamily::ErrorLog : LineFamily::Unknown;
    const auto first = line.find_first_not_of(" \t\r");
    if (first == std::string_view::npos)
        return LineFamily::Blank;
    if (line[first] == '{')
        return LineFamily::Json;
    if (first > 0)
        return LineFamily::Indented;
    return isKlog(line) || isRuntimeLine(line) ? LineFamily::OtherProgram : LineFamily::Unknown;
}

} // namespace halfshake
