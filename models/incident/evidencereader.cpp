// SPDX-FileCopyrightText: The Halfshake authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "models/incident/evidencereader.h"

#include "models/base/text.h"

#include <QByteArrayView>
#include <QCryptographicHash>

#include <algorithm>
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

Expected<std::string> headOf(const ByteSource& source)
{
    std::string head(static_cast<std::size_t>(std::min<std::uint64_t>(source.size(), headSize)), '\0');
    const auto count = source.read(0, std::as_writable_bytes(std::span(head)));
    if (!count)
        return std::unexpected(count.error());
    head.resize(*count);
    return head;
}

/// Text has no NUL and few other control characters. UTF-16 is not text here: every second byte of it is NUL.
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

/// Decides by content what the evidence is, and reads it.
void recogniseAndRead(Evidence& evidence, std::string_view head, const ProxyLogOptions& options, JobContext& job)
{
    const ProbeInput input{head, evidence.size};
    if (const auto capture = probeCapture(input); capture.confidence > 0) {
        evidence.kind = EvidenceKind::Capture;
        evidence.kindReason = capture.reason;
        readCaptureInto(evidence, job);
        return;
    }
    if (!isText(head)) {
        evidence.error = Diagnostic{DiagnosticCode::UnknownFormat, {.evidence = evidence.id}, {}};
        return;
    }
    const auto log = probeProxyLog(input);
    const auto parameters = probeParameterFile(input);
    if (parameters.result.confidence > 0 && parameters.result.confidence >= log.confidence) {
        evidence.kind = EvidenceKind::Parameters;
        evidence.kindReason = parameters.result.reason;
        readParametersInto(evidence, parameters.kind, job);
    } else if (log.confidence > 0) {
        evidence.kind = EvidenceKind::ProxyLog;
        evidence.kindReason = log.reason;
        readProxyLogInto(evidence, options, job);
    } else {
        evidence.kind = EvidenceKind::Text;
        evidence.kindReason = log.reason;
    }
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
    const auto head = headOf(*evidence.bytes);
    if (!head) {
        evidence.error = head.error();
        return;
    }
    recogniseAndRead(evidence, *head, options, job);
    if (evidence.kind == EvidenceKind::Capture || evidence.kind == EvidenceKind::Unknown)
        return;
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
        readInto(*evidence, logOptions, job);
    }
    if (!evidence->error)
        evidence->state = EvidenceState::Read;
    else if (evidence->error->code == DiagnosticCode::Cancelled)
        evidence->state = EvidenceState::Cancelled;
    else
        evidence->state = EvidenceState::Failed;
    return evidence;
}

} // namespace halfshake
