// SPDX-FileCopyrightText: The Halfshake authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "models/logs/wrapperdetector.h"

#include "models/logs/accessscanner.h"
#include "models/logs/applicationlogscanner.h"
#include "models/logs/errorlogscanner.h"
#include "models/logs/lineunwrapper.h"
#include "models/logs/logformatcatalogue.h"

#include <algorithm>
#include <optional>
#include <string>

namespace halfshake {

namespace {

bool isBlank(std::string_view line)
{
    return line.find_first_not_of(" \t\r") == std::string_view::npos;
}

bool isEntry(std::string_view line)
{
    AccessFields fields;
    ApplicationLine application;
    std::string buffer;
    return startsLikeErrorLine(line) || scanApplicationLine(line, application)
        || scanApplicationJson(line, application, buffer)
        || std::ranges::any_of(builtInLogFormats(),
            [&](const LogFormat& format) { return scanAccessLine(format, line, fields) == LineFit::Whole; });
}

/// Whether entries of some log begin like lines in this wrapper.
bool looksLikeEntries(WrapperKind kind)
{
    return kind == WrapperKind::JsonRecord || kind == WrapperKind::Timestamp || kind == WrapperKind::Syslog;
}

/// Whether \a line has the wrapper. A JSON access-log entry may hold any text under "message", and an application's
/// entry begins with a time; they are wrapped only where what is behind it is an entry by itself.
bool hasWrapper(WrapperKind kind, std::string_view line, std::string& buffer)
{
    const auto peeled = peel(kind, line, buffer);
    if (!peeled)
        return false;
    return !looksLikeEntries(kind) || isEntry(peeled->text) || !isEntry(line);
}

/// The first kind that enough of the lines have.
std::optional<WrapperKind> commonWrapper(const std::vector<std::string>& lines)
{
    const auto filled = std::ranges::count_if(lines, [](const std::string& line) { return !isBlank(line); });
    std::string buffer;
    for (const auto kind : allWrapperKinds) {
        const auto fitting =
            std::ranges::count_if(lines, [&](const std::string& line) { return hasWrapper(kind, line, buffer); });
        if (filled > 0 && fitting * 5 >= filled * 4)
            return kind;
    }
    return {};
}

} // namespace

std::vector<WrapperKind> detectWrappers(std::span<const std::string_view> lines)
{
    std::vector<std::string> current{lines.begin(), lines.end()};
    std::vector<WrapperKind> layers;
    std::string buffer;
    while (layers.size() < LineUnwrapper::mostLayers) {
        const auto kind = commonWrapper(current);
        if (!kind || std::ranges::contains(layers, *kind))
            break;
        layers.push_back(*kind);
        for (auto& line : current) {
            if (const auto peeled = peel(*kind, line, buffer))
                line = std::string{peeled->text};
        }
    }
    return layers;
}

} // namespace halfshake
