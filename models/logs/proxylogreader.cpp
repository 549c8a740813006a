// SPDX-FileCopyrightText: The Halfshake authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "models/logs/proxylogreader.h"

#include "models/base/text.h"
#include "models/logs/accessscanner.h"
#include "models/logs/errorclassifier.h"
#include "models/logs/linefamily.h"
#include "models/logs/logsample.h"
#include "models/logs/recorddocument.h"
#include "models/logs/wrappertimes.h"

#include <algorithm>
#include <functional>
#include <optional>
#include <span>
#include <utility>

namespace halfshake {

namespace {

constexpr std::uint64_t linesPerCheck = 4096;
constexpr std::uint64_t largestDocument = std::uint64_t{1} << 30;

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
    , m_suggested(options.formats)
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
    if (const auto done = m_isDocument ? readDocument() : readLines(); !done)
        return std::unexpected(done.error());
    addRemainders();
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
    m_isDocument = sample->isDocument();
    m_detection = detectLog(sample->lines(), m_suggested);
    if (m_detection.writtenZone)
        m_clock.infer(*m_detection.writtenZone);
    m_unwrapper = LineUnwrapper{m_detection.wrappers};
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
        addPhysicalLine(**line);
    }
}

Expected<void> ProxyLogReader::readDocument()
{
    if (m_source.size() > largestDocument)
        return failure(DiagnosticCode::FileNotReadable, {.evidence = m_log->evidence}, {"JSON of more than 1 GiB"});
    std::string text(m_source.size(), '\0');
    const auto count = m_source.read(0, std::as_writable_bytes(std::span{text}));
    if (!count)
        return std::unexpected(count.error());
    RecordDocument document{std::string_view{text}.substr(0, *count)};
    RecordDocument::Record record;
    while (document.next(record)) {
        if (m_log->counts.lines % linesPerCheck == 0) {
            if (m_job.isCancelled())
                return failure(DiagnosticCode::Cancelled, {.evidence = m_log->evidence});
            m_job.report({record.byteOffset, m_source.size()});
        }
        addPhysicalLine({.text = record.text, .number = record.line, .offset = record.byteOffset});
    }
    return {};
}

SourceRef ProxyLogReader::placeRef(LinePlace place) const
{
    return {.evidence = m_log->evidence, .line = place.line, .byteOffset = place.byteOffset};
}

void ProxyLogReader::addPhysicalLine(const TextLine& line)
{
    ++m_log->counts.lines;
    const LinePlace place{line.number, line.offset};
    if (line.isCut)
        m_log->diagnostics.add(
            DiagnosticCode::LogLineTooLong, placeRef(place), {std::to_string(LineReader::longestLine)});
    const auto text = withoutLeadingNuls(line.text);
    if (m_unwrapper.layers().empty())
        addLine({.text = text, .stream = {}, .place = place, .writtenAt = {}});
    else if (const auto unwrapped = m_unwrapper.add(text, place))
        addLine(*unwrapped);
    else
        ++m_log->counts.continuationLines; // a part; the line counts as its last part
}

/// Lines whose last part never came.
void ProxyLogReader::addRemainders()
{
    while (const auto remainder = m_unwrapper.takeRemainder()) {
        --m_log->counts.continuationLines;
        addLine({remainder->text, remainder->stream, remainder->place, remainder->writtenAt});
    }
}

ProxyLogReader::Previous& ProxyLogReader::previousIn(std::string_view stream)
{
    const auto known = m_previous.find(stream);
    return known != m_previous.end() ? known->second : m_previous.emplace(stream, Previous::Nothing).first->second;
}

void ProxyLogReader::addLine(const UnwrappedLine& line)
{
    const auto text = withoutLeadingNuls(line.text);
    if (familyOf(text) == LineFamily::Blank)
        ++m_log->counts.blankLines;
    else
        previousIn(line.stream) = addByFamily(text, line);
}

ProxyLogReader::Previous ProxyLogReader::addByFamily(std::string_view text, const UnwrappedLine& line)
{
    const auto family = familyOf(text);
    ErrorLine error;
    if (family == LineFamily::ErrorLog && scanErrorLine(text, error)) {
        addErrorEntry(error, line);
        return Previous::Error;
    }
    if (family == LineFamily::OtherProgram) {
        ++m_log->counts.otherLines;
        return Previous::OtherProgram;
    }
    if (addRequest(text, line))
        return Previous::Request;
    return family == LineFamily::Indented ? addIndented(line) : addUnparsed(line.place);
}

ProxyLogReader::Previous ProxyLogReader::addIndented(const UnwrappedLine& line)
{
    const auto previous = previousIn(line.stream);
    if (previous != Previous::Error && previous != Previous::OtherProgram)
        return addUnparsed(line.place);
    ++m_log->counts.continuationLines;
    return previous;
}

ProxyLogReader::Previous ProxyLogReader::addUnparsed(LinePlace place)
{
    ++m_log->counts.unparsedLines;
    m_log->diagnostics.add(DiagnosticCode::LogLineMalformed, placeRef(place), {"no-format"});
    return Previous::Unparsed;
}

StringId ProxyLogReader::intern(std::string_view text)
{
    return text.empty() ? StringId{} : m_log->strings.intern(text);
}

void ProxyLogReader::addErrorEntry(const ErrorLine& error, const UnwrappedLine& line)
{
    if (line.writtenAt)
        m_clock.infer(error.time, *line.writtenAt);
    ErrorEntry entry;
    entry.line = line.place.line;
    entry.byteOffset = line.place.byteOffset;
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
}

bool ProxyLogReader::addRequest(std::string_view text, const UnwrappedLine& line)
{
    m_best.reset();
    for (std::size_t i = 0; i < m_detection.formats.size(); ++i) {
        const auto fit = scanAccessLine(m_detection.formats[i], text, m_fields);
        if (fit == LineFit::Whole && m_requests.append(m_fields, fit, line.place)) {
            noteRequest(i, line);
            return true;
        }
        if (fit == LineFit::Partly)
            rememberBest(i);
    }
    if (!m_best || !m_requests.append(m_bestFields, LineFit::Partly, line.place))
        return false;
    noteRequest(*m_best, line);
    return true;
}

/// Of the formats that explain a part of a line the one that explains most; of equals the one seen in this log, else
/// the shortest, which is the last.
void ProxyLogReader::rememberBest(std::size_t format)
{
    const bool isSeen = m_best && m_formatHits[*m_best] > 0;
    const bool isBetter =
        !m_best || m_fields.consumed > m_bestFields.consumed || (m_fields.consumed == m_bestFields.consumed && !isSeen);
    if (!isBetter)
        return;
    m_best = format;
    m_bestFields = m_fields;
}

void ProxyLogReader::noteRequest(std::size_t format, const UnwrappedLine& line)
{
    const auto& request = m_log->requests.back();
    ++m_log->counts.requests;
    ++m_formatHits[format];
    extendRange(request.loggedAt, request.resolution);
    if (!m_unwrapper.layers().empty())
        m_writtenAt.push_back(line.writtenAt);
    if (request.areListsMisaligned) {
        ++m_log->counts.misalignedRequests;
        m_log->diagnostics.add(DiagnosticCode::LogListsMisaligned, placeRef(line.place));
    }
    if (request.isPartlyParsed)
        m_log->diagnostics.add(DiagnosticCode::LogLineMalformed, placeRef(line.place), {"partly-read"});
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
    narrowByWrapperTimes(*m_log, m_writtenAt);
    nameFormat();
    nameZone();
}

void ProxyLogReader::nameFormat()
{
    std::vector<std::size_t> used;
    for (std::size_t i = 0; i < m_formatHits.size(); ++i) {
        if (m_formatHits[i] > 0)
            used.push_back(i);
    }
    std::ranges::stable_sort(used, std::greater{}, [&](std::size_t i) { return m_formatHits[i]; });
    auto& name = m_log->format;
    for (const auto i : used)
        name.append(name.empty() ? "" : " + ").append(m_detection.formats[i].name());
    if (!m_log->errors.empty())
        name.append(name.empty() ? "" : " + ").append("nginx error log");
    for (const auto wrapper : m_unwrapper.layers())
        name.append(", in ").append(toString(wrapper));
}

void ProxyLogReader::nameZone()
{
    if (!m_clock.wasNeeded())
        return;
    m_log->assumedZone = m_clock.zone();
    if (m_clock.isTyped()) {
        m_log->zoneOrigin = ZoneOrigin::Typed;
    } else if (m_clock.isInferred()) {
        m_log->zoneOrigin = ZoneOrigin::Inferred;
    } else {
        m_log->zoneOrigin = ZoneOrigin::Assumed;
        m_log->diagnostics.add(DiagnosticCode::LogZoneAssumed, {.evidence = m_log->evidence}, {"UTC"});
    }
}

} // namespace halfshake
