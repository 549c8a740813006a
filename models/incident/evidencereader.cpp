// SPDX-FileCopyrightText: The Halfshake authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "models/incident/evidencereader.h"

#include "models/logs/textencoding.h"

#include <QByteArrayView>
#include <QCryptographicHash>

#include <algorithm>
#include <span>
#include <string_view>
#include <vector>

namespace halfshake {

namespace {

constexpr std::size_t headSize = std::size_t{512} << 10;
constexpr std::size_t hashBlockSize = std::size_t{1} << 20;

Expected<std::string> sha256Of(const ByteSource& source, JobContext& job)
{
    QCryptographicHash hash(QCryptographicHash::Sha256);
    std::vector<std::byte> block(hashBlockSize);
    for (std::uint64_t offset = 0;;) {
        if (job.isCancelled())
            return failure(DiagnosticCode::Cancelled);
        const auto count = source.read(offset, block);
        if (!count)
            return std::unexpected(count.error());
        if (*count == 0)
            break;
        hash.addData(QByteArrayView(block.data(), static_cast<qsizetype>(*count)));
        offset += *count;
    }
    return hash.result().toHex().toStdString();
}

/// The first text of a log rotated by copytruncate stands behind NULs, up to where its writer went on.
Expected<std::uint64_t> leadingNulCount(const ByteSource& source, JobContext& job)
{
    std::vector<std::byte> block(hashBlockSize);
    for (std::uint64_t position = 0;;) {
        const auto count = source.read(position, block);
        if (!count)
            return std::unexpected(count.error());
        const auto read = std::span{block}.first(*count);
        const auto text = std::ranges::find_if(read, [](std::byte byte) { return byte != std::byte{0}; });
        position += static_cast<std::uint64_t>(text - read.begin());
        if (text != read.end() || read.empty() || job.isCancelled())
            return position;
    }
}

Expected<std::string> headOf(const ByteSource& source, std::uint64_t first)
{
    std::string head(static_cast<std::size_t>(std::min<std::uint64_t>(source.size() - first, headSize)), '\0');
    const auto count = source.read(first, std::as_writable_bytes(std::span(head)));
    if (!count)
        return std::unexpected(count.error());
    head.resize(*count);
    return head;
}

/// Text has no NUL and few other control characters.
bool isText(std::string_view head)
{
    const auto isControl = [](char c) {
        const auto byte = static_cast<unsigned char>(c);
        return byte < 0x20 && c != '\n' && c != '\r' && c != '\t' && c != '\f' && c != '\x1b';
    };
    if (head.contains('\0'))
        return false;
    return std::ranges::count_if(head, isControl) <= static_cast<std::ptrdiff_t>(head.size() / 100);
}

void readCaptureInto(Evidence& evidence, JobContext& job)
{
    auto capture = readCapture(evidence.bytes, evidence.id, job);
    if (!capture) {
        evidence.error = capture.error();
        return;
    }
    evidence.capture = *capture;
    evidence.format = evidence.capture->format;
    evidence.records = evidence.capture->counts.packets;
    if (evidence.capture->counts.packets > 0)
        evidence.range = evidence.capture->range;
    evidence.diagnostics.append(evidence.capture->diagnostics);
}

void readProxyLogInto(Evidence& evidence, const ProxyLogOptions& options, JobContext& job)
{
    auto log = readProxyLog(evidence.bytes, evidence.id, job, options);
    if (!log) {
        evidence.error = log.error();
        return;
    }
    evidence.log = *log;
    evidence.format = evidence.log->format;
    evidence.records = evidence.log->counts.lines;
    if (!evidence.log->range.isEmpty())
        evidence.range = evidence.log->range;
    evidence.diagnostics.append(evidence.log->diagnostics);
}

/// Rules ask for kinds of kernel messages as they do for settings; their lines are entries of a log as well.
void readKernelMessagesInto(Evidence& evidence, JobContext& job)
{
    auto parameters = readParameterFile(evidence.bytes, evidence.id, ParameterFileKind::KernelMessages, job);
    if (parameters)
        evidence.parameters = *parameters;
    else if (parameters.error().code == DiagnosticCode::Cancelled)
        evidence.error = parameters.error();
}

void readParametersInto(Evidence& evidence, ParameterFileKind kind, JobContext& job)
{
    auto parameters = readParameterFile(evidence.bytes, evidence.id, kind, job);
    if (!parameters) {
        evidence.error = parameters.error();
        return;
    }
    evidence.parameters = *parameters;
    evidence.format = toString(kind);
    evidence.records = evidence.parameters->parameters.size() + evidence.parameters->nodePorts.size();
    evidence.diagnostics.append(evidence.parameters->diagnostics);
}

/// What evidence is, by its content.
struct Recognition
{
    EvidenceKind kind = EvidenceKind::Unknown;
    ParameterFileKind parameterKind = ParameterFileKind::SysctlDump;
    std::string reason;
};

Recognition recognise(const ProbeInput& input, const ProxyLogOptions& options)
{
    if (const auto capture = probeCapture(input); capture.confidence > 0)
        return {.kind = EvidenceKind::Capture, .reason = capture.reason};
    const auto log = probeProxyLog(input, options);
    if (log.confidence == 0 && !isText(input.head))
        return {};
    const auto parameters = probeParameterFile(input);
    const bool isKernelLog = parameters.kind == ParameterFileKind::KernelMessages && log.confidence > 0;
    if (!isKernelLog && parameters.result.confidence > 0 && parameters.result.confidence >= log.confidence)
        return {EvidenceKind::Parameters, parameters.kind, parameters.result.reason};
    return {.kind = log.confidence > 0 ? EvidenceKind::ProxyLog : EvidenceKind::Text, .reason = log.reason};
}

/// The text of \a source from its first character on, in UTF-8, as the readers see it; a capture as it is.
struct ReadableBytes
{
    std::shared_ptr<const ByteSource> source;
    std::string head;
    std::uint64_t size = 0; ///< From the head on.
};

Expected<ReadableBytes> readableBytes(const std::shared_ptr<const ByteSource>& source, JobContext& job)
{
    auto text = utf8Source(source);
    if (!text)
        return std::unexpected(text.error());
    const auto first = leadingNulCount(**text, job);
    if (!first)
        return std::unexpected(first.error());
    auto head = headOf(**text, *first);
    if (!head)
        return std::unexpected(head.error());
    return ReadableBytes{*text, *std::move(head), (*text)->size() - *first};
}

void readByKind(Evidence& evidence, ParameterFileKind parameterKind, const ProxyLogOptions& options, JobContext& job)
{
    switch (evidence.kind) {
    case EvidenceKind::Capture:
        readCaptureInto(evidence, job);
        break;
    case EvidenceKind::ProxyLog:
        readProxyLogInto(evidence, options, job);
        if (evidence.log && !evidence.log->kernelEntries.empty())
            readKernelMessagesInto(evidence, job);
        break;
    case EvidenceKind::Parameters:
        readParametersInto(evidence, parameterKind, job);
        break;
    case EvidenceKind::Text:
        break;
    case EvidenceKind::Unknown:
        evidence.error = Diagnostic{DiagnosticCode::UnknownFormat, {.evidence = evidence.id}, {}};
        break;
    }
}

void indexLines(Evidence& evidence, JobContext& job)
{
    auto lines = LineIndex::build(evidence.bytes, job);
    if (!lines) {
        if (!evidence.error)
            evidence.error = lines.error();
        return;
    }
    evidence.lines = std::make_shared<const LineIndex>(std::move(*lines));
    if (evidence.kind == EvidenceKind::Text)
        evidence.records = evidence.lines->lineCount();
}

void readInto(Evidence& evidence, const ProxyLogOptions& options, JobContext& job)
{
    auto hash = sha256Of(*evidence.bytes, job);
    if (!hash) {
        evidence.error = hash.error();
        return;
    }
    evidence.sha256 = *hash;
    if (evidence.size == 0) {
        evidence.error = Diagnostic{DiagnosticCode::FileEmpty, {.evidence = evidence.id}, {}};
        return;
    }
    const auto readable = readableBytes(evidence.bytes, job);
    if (!readable) {
        evidence.error = readable.error();
        return;
    }
    const auto recognition = recognise({readable->head, readable->size}, options);
    evidence.bytes = readable->source;
    evidence.kind = recognition.kind;
    evidence.kindReason = recognition.reason;
    readByKind(evidence, recognition.parameterKind, options, job);
    if (evidence.kind != EvidenceKind::Capture && evidence.kind != EvidenceKind::Unknown)
        indexLines(evidence, job);
}

/// Whether other formats might explain more of \a log than those it was read with.
bool hasUnexplainedLines(const ProxyLog& log)
{
    return log.counts.unparsedLines > 0 || log.counts.partlyParsedRequests > 0;
}

} // namespace

std::shared_ptr<const Evidence> readEvidence(
    const ImportItem& item, EvidenceId id, const ProxyLogOptions& logOptions, JobContext& job)
{
    auto evidence = std::make_shared<Evidence>();
    evidence->id = id;
    evidence->path = item.path;
    evidence->name = item.path.substr(item.path.find_last_of("/!") + 1);
    evidence->diagnostics = item.diagnostics;
    evidence->diagnostics.setEvidence(id);
    evidence->error = item.error;
    if (evidence->error)
        evidence->error->where.evidence = id;
    if (item.bytes) {
        evidence->bytes = item.bytes;
        evidence->size = item.bytes->size();
        auto options = logOptions;
        options.changedAt = item.changedAt;
        readInto(*evidence, options, job);
    }
    if (!evidence->error)
        evidence->state = EvidenceState::Read;
    else if (evidence->error->code == DiagnosticCode::Cancelled)
        evidence->state = EvidenceState::Cancelled;
    else
        evidence->state = EvidenceState::Failed;
    return evidence;
}

std::shared_ptr<const Evidence> readEvidenceAgain(const std::shared_ptr<const Evidence>& before, const ImportItem& item,
    const ProxyLogOptions& logOptions, JobContext& job)
{
    const bool isSettled = before->kind == EvidenceKind::Capture || before->kind == EvidenceKind::Parameters;
    if (isSettled || !item.bytes)
        return before;
    const auto readable = readableBytes(item.bytes, job);
    if (!readable)
        return before;
    const auto recognition = recognise({readable->head, readable->size}, logOptions);
    const bool isSame = recognition.kind == before->kind && recognition.reason == before->kindReason;
    if (isSame && !(before->log && hasUnexplainedLines(*before->log)))
        return before;
    return readEvidence(item, before->id, logOptions, job);
}

} // namespace halfshake
