// SPDX-FileCopyrightText: The Halfshake authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "models/logs/jsonwrapper.h"

#include "models/base/text.h"
#include "models/logs/recorddocument.h"
#include "models/logs/textescape.h"
#include "models/logs/timestamp.h"
#include "models/logs/tolerantjson.h"

namespace halfshake {

namespace {

using ValueKind = TolerantJson::ValueKind;

/// What a record holds besides the line.
struct Record
{
    TolerantJson::Member line;
    bool hasLine = false;
    bool isDocker = true; ///< Only the keys that docker writes.
    std::string_view stream;
    std::optional<EvidenceTime> time;
    bool isJournal = false;
    std::string_view program; ///< Of the journal.
    bool isRepeated = false; ///< Several lines: a document, no record.
};

void collect(const TolerantJson::Member& member, Record& record)
{
    if (member.key == "__REALTIME_TIMESTAMP") {
        record.isJournal = true;
        if (const auto instant = parseEpoch(member.value))
            record.time = instant->time;
    } else if (member.key == "SYSLOG_IDENTIFIER" || (member.key == "_TRANSPORT" && member.value == "kernel")) {
        record.program = member.value;
    } else if (member.key == "time" || member.key == "timestamp" || member.key == "@timestamp") {
        if (const auto instant = parseIso8601(member.value); instant && instant->zone)
            record.time = instant->time;
    } else if (member.key == "stream") {
        record.stream = member.value;
    } else if (rankOfLineKey(member.key) && member.kind != ValueKind::Bare) {
        record.isRepeated = record.isRepeated || (record.hasLine && member.key == record.line.key);
        if (!record.hasLine || rankOfLineKey(member.key) < rankOfLineKey(record.line.key))
            record.line = member;
        record.hasLine = true;
    }
    const bool isDockerKey = member.key == "log" || member.key == "stream" || member.key == "time";
    record.isDocker = record.isDocker && isDockerKey && member.depth == 1;
}

/// A message with unprintable bytes is written as an array of byte values.
bool decodeBytes(std::string_view array, std::string& buffer)
{
    buffer.clear();
    for (const auto piece : split(array, ',')) {
        const auto byte = toInteger<std::uint8_t>(trimmed(piece));
        if (!byte)
            return false;
        buffer += static_cast<char>(*byte);
    }
    return true;
}

bool isKind(WrapperKind kind, const Record& record)
{
    if (!record.hasLine || record.isRepeated)
        return false;
    switch (kind) {
    case WrapperKind::DockerJson:
        return record.isDocker && record.line.key == "log" && record.time && !record.stream.empty();
    case WrapperKind::Journal:
        return record.isJournal && record.line.key == "MESSAGE";
    default:
        return record.line.kind == ValueKind::String;
    }
}

} // namespace

std::optional<PeeledLine> peelJson(WrapperKind kind, std::string_view line, std::string& buffer)
{
    if (!line.starts_with('{'))
        return {};
    Record record;
    TolerantJson json{line};
    TolerantJson::Member member;
    while (json.next(member))
        collect(member, record);
    if (!isKind(kind, record))
        return {};

    PeeledLine peeled{.text = {}, .stream = record.stream, .writtenAt = record.time};
    peeled.program = kind == WrapperKind::Journal ? record.program : std::string_view{};
    if (record.line.kind == ValueKind::Array) {
        if (!decodeBytes(record.line.value, buffer))
            return {};
        peeled.text = buffer;
    } else {
        peeled.text = unescaped(record.line.value, ValueEscape::Json, buffer);
    }
    const bool hasNewline = peeled.text.ends_with('\n');
    if (hasNewline)
        peeled.text.remove_suffix(peeled.text.ends_with("\r\n") ? 2 : 1);
    peeled.isPart = kind == WrapperKind::DockerJson && !hasNewline;
    return peeled;
}

} // namespace halfshake
