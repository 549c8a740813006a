// SPDX-FileCopyrightText: The Halfshake authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "models/io/linereader.h"
#include "models/logs/errorlogscanner.h"
#include "models/logs/logdetector.h"
#include "models/logs/proxylog.h"
#include "models/logs/requestbuilder.h"

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

namespace halfshake {

/// Reads one log from its first to its last line. Used once.
class ProxyLogReader
{
public:
    ProxyLogReader(
        std::shared_ptr<const ByteSource> source, EvidenceId evidence, JobContext& job, const ProxyLogOptions& options);

    [[nodiscard]] Expected<std::shared_ptr<const ProxyLog>> read();

private:
    /// What the line before was, for lines that go on with it.
    enum class Previous : std::uint8_t { Nothing, Request, Error, OtherProgram, Unparsed };

    [[nodiscard]] Expected<void> detect();
    [[nodiscard]] Expected<std::uint64_t> leadingNulCount() const;
    [[nodiscard]] Expected<void> readLines();
    void addLine(const TextLine& line);
    void addErrorEntry(const ErrorLine& error, LinePlace place);
    [[nodiscard]] bool addRequest(std::string_view line, LinePlace place);
    [[nodiscard]] bool addPartOfRequest(std::string_view line, LinePlace place);
    void noteRequest(std::size_t format, LinePlace place);
    void addIndented(LinePlace place);
    void addUnparsed(LinePlace place, std::string why);
    void extendRange(EvidenceTime start, Duration resolution);
    void finish();
    [[nodiscard]] SourceRef placeRef(LinePlace place) const;
    [[nodiscard]] StringId intern(std::string_view text);

    std::shared_ptr<ProxyLog> m_log;
    const ByteSource& m_source;
    JobContext& m_job;
    std::vector<LogFormatDefinition> m_suggested;
    LogClock m_clock;
    RequestBuilder m_requests;
    LogDetection m_detection;
    std::vector<std::uint64_t> m_formatHits;
    std::uint64_t m_firstByte = 0;
    AccessFields m_fields;
    Previous m_previous = Previous::Nothing;
    bool m_hasRange = false;
};

} // namespace halfshake
