// SPDX-FileCopyrightText: The Halfshake authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "models/io/linereader.h"
#include "models/logs/entrybuilder.h"
#include "models/logs/linefamily.h"
#include "models/logs/lineunwrapper.h"
#include "models/logs/logdetector.h"
#include "models/logs/proxylog.h"
#include "models/logs/requestbuilder.h"

#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <optional>
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
    enum class Previous : std::uint8_t { Nothing, Request, Error, Application, Kernel, OtherProgram, Unparsed };

    /// Where one stream of the log stands.
    struct Stream
    {
        Previous previous = Previous::Nothing;
        EntryBuilder::Stack stack; ///< Of the entry of an application that is being read.
    };

    [[nodiscard]] Expected<void> detect();
    [[nodiscard]] Expected<std::uint64_t> leadingNulCount() const;
    [[nodiscard]] Expected<void> readLines();
    [[nodiscard]] Expected<void> readDocument();
    void addPhysicalLine(const TextLine& line);
    void addRemainders();
    void addLine(const UnwrappedLine& line);
    [[nodiscard]] Previous addByFamily(LineFamily family, std::string_view text, const UnwrappedLine& line);
    void reserveRows(std::uint64_t offset);
    [[nodiscard]] bool addRequest(std::string_view text, const UnwrappedLine& line);
    void rememberBest(std::size_t format);
    void noteRequest(std::size_t format, const UnwrappedLine& line);
    [[nodiscard]] Previous addUnknown(LineFamily family, std::string_view text, const UnwrappedLine& line);
    [[nodiscard]] Previous addUnparsed(LinePlace place);
    [[nodiscard]] Stream& streamNamed(std::string_view name);
    void finish();
    [[nodiscard]] SourceRef placeRef(LinePlace place) const;
    void nameFormat();
    void nameZone();

    std::shared_ptr<ProxyLog> m_log;
    const ByteSource& m_source;
    JobContext& m_job;
    std::vector<LogFormatDefinition> m_suggested;
    LogClock m_clock;
    RequestBuilder m_requests;
    EntryBuilder m_entries;
    LogDetection m_detection;
    std::vector<std::uint64_t> m_formatHits;
    std::uint64_t m_firstByte = 0;
    AccessFields m_fields;
    std::optional<std::size_t> m_best; ///< Format that explains most of a line that none explains whole.
    AccessFields m_bestFields;
    LineUnwrapper m_unwrapper;
    Stream m_plainStream; ///< Of what no wrapper names.
    std::map<std::string, Stream, std::less<>> m_streams;
    std::vector<std::optional<EvidenceTime>> m_writtenAt; ///< By request; empty where nothing is wrapped.
    bool m_isDocument = false; ///< One JSON document instead of lines.
};

} // namespace halfshake
