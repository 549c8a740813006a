// SPDX-FileCopyrightText: The Halfshake authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "models/logs/logdetector.h"

#include "models/base/text.h"
#include "models/logs/accessscanner.h"
#include "models/logs/applicationlogscanner.h"
#include "models/logs/errorlogscanner.h"
#include "models/logs/kernellogscanner.h"
#include "models/logs/linefamily.h"
#include "models/logs/lineunwrapper.h"
#include "models/logs/logformatcatalogue.h"
#include "models/logs/requesttimes.h"
#include "models/logs/stacktrace.h"
#include "models/logs/wrapperdetector.h"

#include <algorithm>

namespace halfshake {

namespace {

constexpr std::size_t longestQuote = 200;

/// Less is a text that quotes a line of a log.
constexpr std::uint64_t leastConfidence = 10;

struct Candidate
{
    LogFormat format;
    std::uint64_t hits = 0;
};

/// Scores one line; true where some candidate reads it whole.
bool scoreAccessLine(std::string_view line, std::vector<Candidate>& candidates, LogDetection& detection)
{
    AccessFields fields;
    auto best = LineFit::None;
    for (auto& candidate : candidates) {
        const auto fit = scanAccessLine(candidate.format, line, fields);
        candidate.hits += fit == LineFit::Whole ? 1 : 0;
        if (fit == LineFit::Whole && !detection.writtenZone)
            detection.writtenZone = writtenZone(fields);
        best = std::max(best, fit);
    }
    detection.accessLines += best == LineFit::Whole ? 1 : 0;
    detection.partlyReadLines += best == LineFit::Partly ? 1 : 0;
    return best != LineFit::None;
}

/// Lines that are no access entries: which of the other logs they are of. False where of none.
bool scoreOtherLine(const UnwrappedLine& line, LineFamily family, LogDetection& detection)
{
    ErrorLine error;
    ApplicationLine application;
    KernelLine kernel;
    std::string buffer;
    if (family == LineFamily::ErrorLog && scanErrorLine(line.text, error))
        ++detection.errorLines;
    else if (family == LineFamily::OtherProgram)
        ++detection.otherLines;
    else if (line.program == "kernel" || scanKernelLine(line.text, kernel))
        ++detection.kernelLines;
    else if (scanApplicationLine(line.text, application) || scanApplicationJson(line.text, application, buffer))
        ++detection.applicationLines;
    else
        return false;
    return true;
}

/// Whether \a line shows that it goes on with the entry before it. Any line may, after an application's entry, but most
/// that do are of a stack trace; a text with one line of a log in it is no log.
bool isContinuation(std::string_view line, LineFamily family, const LogDetection& detection)
{
    if (family == LineFamily::Indented)
        return detection.errorLines + detection.otherLines + detection.applicationLines > 0;
    return detection.applicationLines > 0
        && (line.starts_with("Caused by:") || levelOfSecondLine(line) || !exceptionClassIn(line).empty());
}

void scoreLine(const UnwrappedLine& line, std::vector<Candidate>& candidates, LogDetection& detection)
{
    const auto family = familyOf(line.text);
    if (family == LineFamily::Blank)
        return;
    ++detection.sampledLines;
    const bool isKnown = family == LineFamily::Json
        ? scoreAccessLine(line.text, candidates, detection) || scoreOtherLine(line, family, detection)
        : scoreOtherLine(line, family, detection) || scoreAccessLine(line.text, candidates, detection);
    if (isKnown)
        return;
    const bool isOther = isContinuation(line.text, family, detection) || isOfOtherProgram(line);
    detection.otherLines += isOther ? 1 : 0;
    if (!isOther && detection.firstMisfit.empty())
        detection.firstMisfit = toValidUtf8(line.text.substr(0, longestQuote));
}

/// Whether \a candidates have a format that reads the same lines the same way.
bool isKnown(const LogFormatDefinition& definition, std::span<const LogFormat> formats)
{
    return std::ranges::any_of(formats, [&](const LogFormat& format) {
        return format.definition().text == definition.text && format.definition().escape == definition.escape;
    });
}

/// The suggested formats first; without those that are built in, whose names tell more.
std::vector<Candidate> candidatesOf(std::span<const LogFormatDefinition> suggested)
{
    std::vector<LogFormat> formats;
    for (const auto& definition : suggested) {
        if (isKnown(definition, formats) || isKnown(definition, builtInLogFormats()))
            continue;
        if (auto format = LogFormat::compile(definition))
            formats.push_back(*std::move(format));
    }
    const auto& builtIn = builtInLogFormats();
    formats.insert(formats.end(), builtIn.begin(), builtIn.end());
    std::vector<Candidate> candidates;
    for (auto& format : formats)
        candidates.push_back({std::move(format)});
    return candidates;
}

std::string countText(std::uint64_t count, std::uint64_t total)
{
    return std::to_string(count) + " of " + std::to_string(total) + " lines ";
}

} // namespace

std::uint8_t LogDetection::confidence() const
{
    constexpr std::uint64_t most = 95; // only a magic number is surer
    const auto entries = accessLines + errorLines + applicationLines + kernelLines;
    if (entries + partlyReadLines == 0)
        return 0;
    const auto explained = (2 * (entries + otherLines)) + partlyReadLines;
    const auto percent = most * explained / (2 * sampledLines);
    return static_cast<std::uint8_t>(percent >= leastConfidence ? percent : 0);
}

std::string LogDetection::reason() const
{
    std::string text;
    const auto add = [&](const std::string& part) { text += (text.empty() ? "" : ", ") + part; };
    if (accessLines > 0)
        add(countText(bestFormatLines, sampledLines) + "fit " + formats.front().name());
    if (accessLines > bestFormatLines)
        add(countText(accessLines - bestFormatLines, sampledLines) + "fit other access formats");
    if (errorLines > 0)
        add(countText(errorLines, sampledLines) + "fit nginx error log");
    if (applicationLines > 0)
        add(countText(applicationLines, sampledLines) + "begin entries of an application");
    if (kernelLines > 0)
        add(countText(kernelLines, sampledLines) + "are of the kernel");
    if (partlyReadLines > 0)
        add(countText(partlyReadLines, sampledLines) + "begin like an access log");
    if (text.empty())
        return countText(0, sampledLines) + "fit an access or error log";
    for (const auto wrapper : wrappers)
        text.append(", in ").append(toString(wrapper));
    return text;
}

LogDetection detectLog(std::span<const std::string_view> lines, std::span<const LogFormatDefinition> suggested)
{
    auto candidates = candidatesOf(suggested);
    LogDetection detection;
    detection.wrappers = detectWrappers(lines);
    LineUnwrapper unwrapper{detection.wrappers};
    for (const auto line : lines) {
        if (const auto unwrapped = unwrapper.add(line, {}))
            scoreLine(*unwrapped, candidates, detection);
    }
    std::ranges::stable_sort(candidates, [](const Candidate& first, const Candidate& second) {
        return first.hits != second.hits ? first.hits > second.hits : first.format.weight() > second.format.weight();
    });
    detection.bestFormatLines = candidates.front().hits;
    for (auto& candidate : candidates)
        detection.formats.push_back(std::move(candidate.format));
    return detection;
}

} // namespace halfshake
