// SPDX-FileCopyrightText: The Halfshake authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "models/logs/proxylogreader.h"

#include "models/base/text.h"
#include "models/logs/accessscanner.h"
#include "models/logs/errorclassifier.h"
#include "models/logs/linefamily.h"
#include "models/logs/logsample.h"

#include <algorithm>
#include <functional>
#include <optional>
#include <span>
#include <utility>

namespace halfshake {

namespace {

constexpr std::uint64_t linesPerCheck = 4096;

std::string_view withoutLeadingNuls(std::string_view text)
{
    return text.substr(std::min(text.find_first_not_of('\0'), text.size()));
}

} // namespace

ProxyLogReader::ProxyLogReader(
    std::shared_ptr<const ByteSource> source, EvidenceId evidence, JobContext& job, const ProxyLogOptions& options)
    : m_log(std::make_shared<ProxyLog>())
    , m_source(*source)
    , m_job(job)
    , m_clock(options.zone)
    , m_requests(*m_log, m_clock)
{
    m_log->evidence = evidence;
    m_log->bytes = std::move(source);
}

Expected<std::shared_ptr<const ProxyLog>> ProxyLogReader::read()
{
    if (const auto detected = detect(); !detected)
        return std::unexpected(detected.error());
    if (const auto done = readLines(); !done)
        return std::unexpected(done.error());
    if (m_log->requests.empty() && m_log->errors.empty())
        return failure(DiagnosticCode::LogFormatUnknown, {.evidence = m_log->evidence}, {m_detection.firstMisfit});
    finish();
    return m_log;
}

/// A log rotated by copytruncate begins with NULs up to where its writer went on.
Expected<std::uint64_t> ProxyLogReader::leadingNulCount() const
{
    std::vector<std::byte> block(std::size_t{64} << 10);
    for (std::uint64_t position = 0;;) {
        const auto count = m_source.read(position, block);
        if (!count)
            return std::unexpected(count.error());
        const auto read = std::span{block}.first(*count);
        const auto text = std::ranges::find_if(read, [](std::byte byte) { return byte != std::byte{0}; });
        position += static_cast<std::uint64_t>(text - read.begin());
        if (text != read.end() || read.empty() || m_job.isCancelled())
            return position;
    }
}

Expected<void> ProxyLogReader::detect()
{
    const auto firstByte = leadingNulCount();
    if (!firstByte)
        return std::unexpected(firstByte.error());
    m_firstByte = *firstByte;
    const auto sample = LogSample::take(m_source, m_firstByte);
    if (!sample)
        return std::unexpected(sample.error());
    m_detection = detectLog(sample->lines(), m_suggested);
    if (m_detection.writtenZone)
        m_clock.infer(*m_detection.writtenZone);
    m_formatHits.resize(m_detection.formats.size());
    return {};
}

Expected<void> ProxyLogReader::readLines()
{
    LineReader reader{m_source, m_firstByte, 0};
    while (true) {
        if (m_log->counts.lines % linesPerCheck == 0) {
            if (m_job.isCancelled())
                return failure(DiagnosticCode::Cancelled, {.evidence = m_log->evidence});
            m_job.report({reader.offset(), m_source.size()});
        }
        const auto line = reader.next();
        if (!line)
            return std::unexpected(line.error());
        if (!*line)
            return {};
        ++m_log->counts.lines;
        addLine(**line);
    }
}

SourceRef ProxyLogReader::placeRef(LinePlace place) const
{
    return {.evidence = m_log->evidence, .line = place.line, .byteOffset = place.byteOffset};
}

void ProxyLogReader::addLine(const TextLine& line)
{
    const LinePlace place{line.number, line.offset};
    const auto text = withoutLeadingNuls(line.text);
    if (line.isCut)
        m_log->diagnostics.add(
            DiagnosticCode::LogLineTooLong, placeRef(place), {std::to_string(LineReader::longestLine)});
    const auto family = familyOf(text);
    if (family == LineFamily::Blank) {
        ++m_log->counts.blankLines;
        return;
    }
    ErrorLine error;
    if (family == LineFamily::ErrorLog && scanErrorLine(text, error)) {
        addErrorEntry(error, place);
    } else if (family == LineFamily::OtherProgram) {
        ++m_log->counts.otherLines;
        m_previous = Previous::OtherProgram;
    } else if (addRequest(text, place)) {
        m_previous = Previous::Request;
    } else if (family == LineFamily::Indented) {
        addIndented(place);
    } else {
        addUnparsed(place, "no-format");
    }
}

void ProxyLogReader::addIndented(LinePlace place)
{
    if (m_previous == Previous::Error || m_previous == Previous::OtherProgram)
        ++m_log->counts.continuationLines;
    else
        addUnparsed(place, "no-format");
}

void ProxyLogReader::addUnparsed(LinePlace place, std::string why)
{
    ++m_log->counts.unparsedLines;
    m_log->diagnostics.add(DiagnosticCode::LogLineMalformed, placeRef(place), {std::move(why)});
    m_previous = Previous::Unparsed;
}

StringId ProxyLogReader::intern(std::string_view text)
{
    return text.empty() ? StringId{} : m_log->strings.intern(text);
}

void ProxyLogReader::addErrorEntry(const ErrorLine& error, LinePlace place)
{
    ErrorEntry entry;
    entry.line = place.line;
    entry.byteOffset = place.byteOffset;
    entry.loggedAt = m_clock.utc(error.time);
    entry.level = error.level;
    entry.processId = error.processId;
    entry.connection = error.connection;
    entry.errorNumber = error.errorNumber;
    entry.errorClass = classifyErrorMessage({.text = error.message,
        .errorNumber = error.errorNumber,
        .level = error.level,
        .hasUpstream = !error.upstream.empty()});
    entry.message = intern(error.message);
    entry.clientAddress = intern(error.clientAddress);
    const auto request = splitRequestLine(error.request);
    entry.method = intern(request.method);
    entry.target = intern(request.target);
    entry.isTargetCut = error.isRequestCut;
    entry.upstream = intern(error.upstream);
    entry.upstreamEndpoint = endpointOfUrl(error.upstream);
    entry.host = intern(error.host);
    extendRange(entry.loggedAt, error.time.resolution);
    m_log->errors.push_back(entry);
    ++m_log->counts.errorEntries;
    m_previous = Previous::Error;
}

bool ProxyLogReader::addRequest(std::string_view line, LinePlace place)
{
    for (std::size_t i = 0; i < m_detection.formats.size(); ++i) {
        const auto fit = scanAccessLine(m_detection.formats[i], line, m_fields);
        if (fit == LineFit::Whole && m_requests.append(m_fields, fit, place)) {
            noteRequest(i, place);
            return true;
        }
    }
    return addPartOfRequest(line, place);
}

/// By the format that explains most of the line; of equals by the one seen in this log, else by the shortest.
bool ProxyLogReader::addPartOfRequest(std::string_view line, LinePlace place)
{
    std::optional<std::size_t> best;
    AccessFields bestFields;
    for (std::size_t i = 0; i < m_detection.formats.size(); ++i) {
        if (scanAccessLine(m_detection.formats[i], line, m_fields) != LineFit::Partly)
            continue;
        const bool isSeen = best && m_formatHits[*best] > 0;
        const bool isBetter =
            !best || m_fields.consumed > bestFields.consumed || (m_fields.consumed == bestFields.consumed && !isSeen);
        if (isBetter) {
            best = i;
            bestFields = m_fields;
        }
    }
    if (!best || !m_requests.append(bestFields, LineFit::Partly, place))
        return false;
    noteRequest(*best, place);
    return true;
}

void ProxyLogReader::noteRequest(std::size_t format, LinePlace place)
{
    const auto& request = m_log->requests.back();
    ++m_log->counts.requests;
    ++m_formatHits[format];
    extendRange(request.loggedAt, request.resolution);
    if (request.areListsMisaligned) {
        ++m_log->counts.misalignedRequests;
        m_log->diagnostics.add(DiagnosticCode::LogListsMisaligned, placeRef(place));
    }
    if (request.isPartlyParsed)
        m_log->diagnostics.add(DiagnosticCode::LogLineMalformed, placeRef(place), {"partly-read"});
}

void ProxyLogReader::extendRange(EvidenceTime start, Duration resolution)
{
    auto& range = m_log->range;
    range.start = m_hasRange ? std::min(range.start, start) : start;
    range.end = m_hasRange ? std::max(range.end, start + resolution) : start + resolution;
    m_hasRange = true;
}

void ProxyLogReader::finish()
{
    m_log->counts.partlyParsedRequests =
        static_cast<std::uint64_t>(std::ranges::count(m_log->requests, true, &ProxyRequest::isPartlyParsed));
    std::vector<std::size_t> used;
    for (std::size_t i = 0; i < m_formatHits.size(); ++i) {
        if (m_formatHits[i] > 0)
            used.push_back(i);
    }
    std::ranges::stable_sort(used, std::greater{}, [&](std::size_t i) { return m_formatHits[i]; });
    auto& name = m_log->format;
    for (const auto i : used)
        name += (name.empty() ? "" : " + ") + m_detection.formats[i].name();
    if (!m_log->errors.empty())
        name += name.empty() ? "nginx error log" : " + nginx error log";

    m_log->assumedZone = m_clock.wasNeeded() ? m_clock.zone() : std::chrono::seconds{0};
    if (!m_clock.wasNeeded())
        m_log->zoneOrigin = ZoneOrigin::Written;
    else if (m_clock.isTyped())
        m_log->zoneOrigin = ZoneOrigin::Typed;
    else if (m_clock.isInferred())
        m_log->zoneOrigin = ZoneOrigin::Inferred;
    else
        m_log->zoneOrigin = ZoneOrigin::Assumed;
    if (m_log->zoneOrigin == ZoneOrigin::Assumed)
        m_log->diagnostics.add(DiagnosticCode::LogZoneAssumed, {.evidence = m_log->evidence}, {"UTC"});
}

} // namespace halfshake
