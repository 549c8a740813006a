// SPDX-FileCopyrightText: The Halfshake authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "models/logs/proxylogreader.h"

#include "models/base/text.h"
#include "models/logs/accessscanner.h"
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
    , m_entries(*m_log, m_clock, options.changedAt)
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
    m_entries.complete(m_plainStream.stack);
    for (auto& [name, stream] : m_streams)
        m_entries.complete(stream.stack);
    const bool isEmpty = m_log->requests.empty() && m_log->errors.empty() && m_log->applicationEntries.empty()
        && m_log->kernelEntries.empty();
    if (isEmpty)
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
        if (m_log->counts.lines == linesPerCheck)
            reserveRows(reader.offset());
        const auto line = reader.next();
        if (!line)
            return std::unexpected(line.error());
        if (!*line)
            return {};
        addPhysicalLine(**line);
    }
}

/// For as many rows as the file will have if it goes on like its beginning, which ends at \a offset.
void ProxyLogReader::reserveRows(std::uint64_t offset)
{
    const auto estimated = [&](std::size_t rows) {
        const auto bytesPerRow = std::max<std::uint64_t>((offset - m_firstByte) / std::max<std::size_t>(rows, 1), 1);
        return static_cast<std::size_t>((m_source.size() - m_firstByte) / bytesPerRow * 17 / 16);
    };
    if (m_log->requests.size() * 2 < linesPerCheck || m_source.size() < offset)
        return;
    m_log->requests.reserve(estimated(m_log->requests.size()));
    m_log->upstreamAttempts.reserve(estimated(m_log->upstreamAttempts.size()));
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
        addLine({.text = remainder->text,
            .stream = remainder->stream,
            .place = remainder->place,
            .writtenAt = remainder->writtenAt});
    }
}

ProxyLogReader::Stream& ProxyLogReader::streamNamed(std::string_view name)
{
    if (name.empty())
        return m_plainStream;
    const auto known = m_streams.find(name);
    return known != m_streams.end() ? known->second : m_streams.emplace(name, Stream{}).first->second;
}

void ProxyLogReader::addLine(const UnwrappedLine& line)
{
    const auto text = withoutLeadingNuls(line.text);
    const auto family = familyOf(text);
    if (family == LineFamily::Blank)
        ++m_log->counts.blankLines;
    else
        streamNamed(line.stream).previous = addByFamily(family, text, line);
}

ProxyLogReader::Previous ProxyLogReader::addByFamily(
    LineFamily family, std::string_view text, const UnwrappedLine& line)
{
    if (family == LineFamily::ErrorLog) {
        ErrorLine error;
        if (scanErrorLine(text, error)) {
            m_entries.addErrorEntry(error, line);
            return Previous::Error;
        }
    }
    if (family == LineFamily::OtherProgram) {
        ++m_log->counts.otherLines;
        return Previous::OtherProgram;
    }
    constexpr std::string_view kernel = "kernel";
    if (line.program != kernel && addRequest(text, line))
        return Previous::Request;
    if (m_entries.addKernelEntry(text, line))
        return Previous::Kernel;
    if (m_entries.addApplicationEntry(text, line, streamNamed(line.stream).stack))
        return Previous::Application;
    return addUnknown(family, text, line);
}

ProxyLogReader::Previous ProxyLogReader::addUnknown(LineFamily family, std::string_view text, const UnwrappedLine& line)
{
    auto& stream = streamNamed(line.stream);
    if (stream.previous == Previous::Application) {
        m_entries.goOn(text, stream.stack);
        return stream.previous;
    }
    const bool hasLines = stream.previous == Previous::Error || stream.previous == Previous::OtherProgram;
    if (family == LineFamily::Indented && hasLines) {
        ++m_log->counts.continuationLines;
        return stream.previous;
    }
    if (isOfOtherProgram(line)) {
        ++m_log->counts.otherLines;
        return Previous::OtherProgram;
    }
    return addUnparsed(line.place);
}

ProxyLogReader::Previous ProxyLogReader::addUnparsed(LinePlace place)
{
    ++m_log->counts.unparsedLines;
    m_log->diagnostics.add(DiagnosticCode::LogLineMalformed, placeRef(place), {"no-format"});
    return Previous::Unparsed;
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
    m_log->range = extended(m_log->range, request.loggedAt, request.resolution);
    if (!m_unwrapper.layers().empty())
        m_writtenAt.push_back(line.writtenAt);
    if (request.areListsMisaligned) {
        ++m_log->counts.misalignedRequests;
        m_log->diagnostics.add(DiagnosticCode::LogListsMisaligned, placeRef(line.place));
    }
    if (request.isPartlyParsed)
        m_log->diagnostics.add(DiagnosticCode::LogLineMalformed, placeRef(line.place), {"partly-read"});
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
    if (!m_log->applicationEntries.empty())
        name.append(name.empty() ? "" : " + ").append("application log");
    if (!m_log->kernelEntries.empty())
        name.append(name.empty() ? "" : " + ").append("kernel log");
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
