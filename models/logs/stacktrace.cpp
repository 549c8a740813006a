// SPDX-FileCopyrightText: The Halfshake authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "models/logs/stacktrace.h"

#include "models/base/text.h"

#include <algorithm>
#include <array>

namespace halfshake {

namespace {

constexpr std::size_t npos = std::string_view::npos;
constexpr std::size_t longestLine = 4096; // names stand at the beginning

/// Packages of the runtime, of frameworks and of servers; what is in none of them is the application's own.
constexpr auto libraryPackages = std::to_array<std::string_view>({"java.", "javax.", "jakarta.", "jdk.", "sun.",
    "com.sun.", "kotlin.", "kotlinx.", "scala.", "groovy.", "org.apache.", "org.springframework.", "org.hibernate.",
    "org.eclipse.jetty.", "io.netty.", "io.undertow.", "reactor.", "org.jboss.", "com.fasterxml.", "com.zaxxer.",
    "com.mysql.", "org.postgresql.", "org.slf4j.", "ch.qos.logback.", "feign.", "okhttp3.", "com.google.common.",
    "net.sf.cglib.", "io.grpc.", "com.alibaba.druid.", "com.alibaba.dubbo.", "brave.", "io.micrometer.", "org.mybatis.",
    "com.baomidou.", "redis.clients.", "io.lettuce.", "com.netflix."});

bool isNameCharacter(char character)
{
    return (character >= 'a' && character <= 'z') || (character >= 'A' && character <= 'Z')
        || (character >= '0' && character <= '9') || character == '_' || character == '$' || character == '.';
}

bool isLibraryFrame(std::string_view frame)
{
    return std::ranges::any_of(libraryPackages, [&](std::string_view package) { return frame.starts_with(package); })
        || frame.contains("$$"); // generated at run time
}

/// "com.shop.Cart.add(Cart.java:17)" of "    at app//com.shop.Cart.add(Cart.java:17) ~[shop.jar:1.0]".
std::string_view frameOf(std::string_view line)
{
    constexpr std::string_view beginning = "at ";
    if (!line.starts_with(beginning))
        return {};
    line.remove_prefix(beginning.size());
    const auto close = line.find(')');
    const auto open = line.find('(');
    if (open == npos || close == npos || open > close)
        return {};
    auto frame = line.substr(0, close + 1);
    if (const auto module = frame.substr(0, open).rfind('/'); module != npos)
        frame.remove_prefix(module + 1);
    return frame;
}

/// The name that ends at \a end, where it is the name of a class in a package.
std::string_view classEndingAt(std::string_view text, std::size_t end)
{
    if (end < text.size() && isNameCharacter(text[end]) && text[end] != '.')
        return {};
    auto begin = end;
    while (begin > 0 && isNameCharacter(text[begin - 1]))
        --begin;
    const auto name = text.substr(begin, end - begin);
    const auto point = name.rfind('.');
    const bool isClass = point != npos && point > 0 && point + 1 < name.size() && name[point + 1] >= 'A'
        && name[point + 1] <= 'Z' && name.front() != '.';
    return isClass ? name : std::string_view{};
}

} // namespace

std::string_view exceptionClassIn(std::string_view text)
{
    text = text.substr(0, longestLine);
    constexpr std::array<std::string_view, 3> endings{"Exception", "Error", "Throwable"};
    std::string_view first;
    for (const auto ending : endings) {
        for (auto found = text.find(ending); found != npos; found = text.find(ending, found + 1)) {
            const auto name = classEndingAt(text, found + ending.size());
            if (name.empty())
                continue;
            if (first.empty() || name.data() < first.data())
                first = name;
            break;
        }
    }
    return first;
}

void StackTrace::addLine(std::string_view line)
{
    line = trimmed(line.substr(0, longestLine));
    if (const auto frame = frameOf(line); !frame.empty()) {
        if ((m_ownFrame.empty() || !m_isFrameOfCause) && !isLibraryFrame(frame)) {
            m_ownFrame = frame;
            m_isFrameOfCause = true;
        }
        return;
    }
    const auto name = exceptionClassIn(line);
    if (name.empty())
        return;
    if (line.starts_with("Caused by:") && !m_exception.empty()) {
        m_rootCause = name;
        m_isFrameOfCause = false;
    } else if (m_exception.empty()) {
        m_exception = name;
    }
}

} // namespace halfshake
