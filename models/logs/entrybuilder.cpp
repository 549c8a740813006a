// SPDX-FileCopyrightText: The Halfshake authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "models/logs/entrybuilder.h"

#include "models/base/text.h"
#include "models/logs/applicationlogscanner.h"
#include "models/logs/errorclassifier.h"
#include "models/logs/kernellogscanner.h"
#include "models/logs/requestbuilder.h"

#include <algorithm>

namespace halfshake {

EvidenceTimeRange extended(EvidenceTimeRange range, EvidenceTime start, Duration resolution)
{
    if (range.isEmpty())
        return {start, start + resolution};
    return {std::min(range.start, start), std::max(range.end, start + resolution)};
}

bool EntryBuilder::addKernelEntry(std::string_view text, const UnwrappedLine& line)
{
    KernelLine kernel;
    const bool isDelivered = line.program == "kernel";
    if (isDelivered)
        kernel = deliveredKernelLine(text);
    else if (!scanKernelLine(text, kernel))
        return false;
    KernelEntry entry;
    entry.line = line.place.line;
    entry.byteOffset = line.place.byteOffset;
    entry.uptime = kernel.uptime;
    entry.kind = classifyKernelMessage(kernel.text);
    entry.text = intern(kernel.text);
    if (line.writtenAt) {
        entry.loggedAt = line.writtenAt;
    } else if (line.stamp && m_changedAt) {
        if (const auto time = inLatestYear(line.stamp->time, *m_changedAt))
            kernel.time = LogInstant{*time, line.stamp->resolution, {}};
    }
    if (!entry.loggedAt && kernel.time) {
        entry.loggedAt = m_clock.utc(*kernel.time);
        entry.resolution = kernel.time->resolution;
    }
    if (entry.loggedAt)
        m_log.range = extended(m_log.range, *entry.loggedAt, std::max(entry.resolution, Duration{1}));
    m_log.kernelEntries.push_back(entry);
    ++m_log.counts.kernelEntries;
    return true;
}

bool EntryBuilder::addApplicationEntry(std::string_view text, const UnwrappedLine& line, Stack& stack)
{
    ApplicationLine application;
    if (!scanApplicationLine(text, application) && !scanApplicationJson(text, application, m_buffer))
        return false;
    complete(stack);
    if (line.writtenAt)
        m_clock.infer(application.time, *line.writtenAt);
    ApplicationEntry entry;
    entry.line = line.place.line;
    entry.byteOffset = line.place.byteOffset;
    entry.level = application.level;
    entry.loggedAt = m_clock.utc(application.time);
    entry.resolution = application.time.resolution;
    entry.logger = intern(application.logger);
    const auto requestId = requestIdIn(text);
    entry.requestId = intern(requestId);
    entry.requestIdHash = requestIdHash(requestId);
    m_log.range = extended(m_log.range, entry.loggedAt, entry.resolution);
    stack.trace = {};
    stack.trace.addLine(application.message);
    for (const auto part : split(application.stackTrace, '\n'))
        stack.trace.addLine(part);
    stack.entry = m_log.applicationEntries.size();
    m_log.applicationEntries.push_back(entry);
    ++m_log.counts.applicationEntries;
    return true;
}

void EntryBuilder::goOn(std::string_view text, Stack& stack)
{
    auto& entry = m_log.applicationEntries[stack.entry];
    if (const auto level = entry.lineCount == 1 ? levelOfSecondLine(text) : std::nullopt)
        entry.level = *level;
    ++entry.lineCount;
    stack.trace.addLine(text);
    ++m_log.counts.continuationLines;
}

void EntryBuilder::complete(Stack& stack)
{
    if (stack.trace.exception().empty())
        return;
    auto& entry = m_log.applicationEntries[stack.entry];
    entry.exception = intern(stack.trace.exception());
    entry.rootCause = intern(stack.trace.rootCause());
    entry.ownFrame = intern(stack.trace.ownFrame());
    stack.trace = {};
}

StringId EntryBuilder::intern(std::string_view text)
{
    return text.empty() ? StringId{} : m_log.strings.intern(text);
}

void EntryBuilder::addErrorEntry(const ErrorLine& error, const UnwrappedLine& line)
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
    m_log.range = extended(m_log.range, entry.loggedAt, error.time.resolution);
    m_log.errors.push_back(entry);
    ++m_log.counts.errorEntries;
}

} // namespace halfshake
