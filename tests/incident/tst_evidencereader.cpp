// SPDX-FileCopyrightText: The Halfshake authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "models/incident/evidencereader.h"
#include "tests/support/logbuilder.h"

#include <QTest>

using namespace halfshake;

namespace {

std::shared_ptr<const Evidence> read(std::string bytes, const ProxyLogOptions& options = {})
{
    ImportItem item;
    item.path = "evidence";
    item.bytes = memorySource(std::move(bytes));
    JobContext job;
    return readEvidence(item, EvidenceId{0}, options, job);
}

std::string utf16(std::string_view text)
{
    std::string bytes = "\xFF\xFE";
    for (const char character : text)
        bytes.append(1, character).append(1, '\0');
    return bytes;
}

const ProxyLogOptions shopFormat{.formats = {{"shop", "$msec|$status|$request|$upstream_addr|$upstream_status"}}};
const std::string shopLog = "1795408157.838|502|GET /cart HTTP/1.1|10.0.0.1:80|502\n";

} // namespace

class TestEvidenceReader : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void aLogInUtf16IsRead();
    void parametersInUtf16AreRead();
    void aLogBehindNulsIsRead();
    void aLogWithNulsInItIsRead();
    void aBinaryFileIsUnknownWhateverItsName();
    void aKernelLogIsALogAndAnswersRules();
    void aLogOfAStrangeFormatIsTextUntilTheFormatIsKnown();
    void aLogIsReadAgainOnlyWhereOtherFormatsExplainMore();
};

void TestEvidenceReader::aLogInUtf16IsRead()
{
    const auto evidence = read(utf16(test::joinedLines({test::upstreamInfoLine({}), test::upstreamInfoLine({})})));
    QCOMPARE(evidence->kind, EvidenceKind::ProxyLog);
    QCOMPARE(evidence->log->counts.requests, 2u);
    QCOMPARE(evidence->lines->lineCount(), 2u);
    QCOMPARE(evidence->lines->lines(1, 1).value().front(), test::upstreamInfoLine({}));
}

void TestEvidenceReader::parametersInUtf16AreRead()
{
    const auto evidence = read(utf16("net.ipv4.tcp_syn_retries = 6\nnet.core.somaxconn = 4096\n"));
    QCOMPARE(evidence->kind, EvidenceKind::Parameters);
    QCOMPARE(evidence->parameters->parameters.size(), 2u);
}

void TestEvidenceReader::aLogBehindNulsIsRead()
{
    const auto evidence = read(std::string(3'000'000, '\0') + test::upstreamInfoLine({}) + '\n');
    QCOMPARE(evidence->kind, EvidenceKind::ProxyLog);
    QCOMPARE(evidence->log->counts.requests, 1u);
}

void TestEvidenceReader::aLogWithNulsInItIsRead()
{
    const auto line = test::upstreamInfoLine({}) + '\n';
    const auto evidence = read(line + std::string(4096, '\0') + line + line);
    QCOMPARE(evidence->kind, EvidenceKind::ProxyLog);
    QCOMPARE(evidence->log->counts.requests, 3u);
}

void TestEvidenceReader::aBinaryFileIsUnknownWhateverItsName()
{
    std::string bytes = "\x7F"
                        "ELF";
    for (int i = 0; i < 100'000; ++i)
        bytes += static_cast<char>(i * 7919 >> 3);
    const auto evidence = read(bytes);
    QCOMPARE(evidence->kind, EvidenceKind::Unknown);
    QCOMPARE(evidence->error->code, DiagnosticCode::UnknownFormat);
}

void TestEvidenceReader::aKernelLogIsALogAndAnswersRules()
{
    const auto evidence = read("[ 5510.396666] nf_conntrack: nf_conntrack: table full, dropping packet\n"
                               "[ 5510.396667] eth0: renamed from veth1234\n");
    QCOMPARE(evidence->kind, EvidenceKind::ProxyLog);
    QCOMPARE(kindName(*evidence), "kernel_log");
    QCOMPARE(evidence->log->counts.kernelEntries, 2u);
    QVERIFY(evidence->parameters);
    QCOMPARE(evidence->parameters->parameters.size(), 1u);
    QCOMPARE(evidence->parameters->parameters[0].key, "kernel-log/CONNTRACK_FULL");
}

void TestEvidenceReader::aLogOfAStrangeFormatIsTextUntilTheFormatIsKnown()
{
    QCOMPARE(read(shopLog)->kind, EvidenceKind::Text);
    const auto evidence = read(shopLog, shopFormat);
    QCOMPARE(evidence->kind, EvidenceKind::ProxyLog);
    QCOMPARE(evidence->log->format, "shop");
    QCOMPARE(evidence->log->upstreamAttempts.size(), 1u);
}

void TestEvidenceReader::aLogIsReadAgainOnlyWhereOtherFormatsExplainMore()
{
    JobContext job;
    ImportItem item;
    item.bytes = memorySource(shopLog);
    const auto text = readEvidence(item, EvidenceId{0}, {}, job);
    QCOMPARE(readEvidenceAgain(text, item, shopFormat, job)->kind, EvidenceKind::ProxyLog);

    item.bytes = memorySource(test::upstreamInfoLine({}) + '\n');
    const auto log = readEvidence(item, EvidenceId{0}, {}, job);
    QCOMPARE(readEvidenceAgain(log, item, shopFormat, job), log);

    // a log whose head is explained but whose later lines are not
    item.bytes = memorySource(test::upstreamInfoLine({}) + '\n' + shopLog);
    const auto mixed = readEvidence(item, EvidenceId{0}, {}, job);
    QCOMPARE(mixed->log->counts.unparsedLines, 1u);
    QCOMPARE(readEvidenceAgain(mixed, item, shopFormat, job)->log->counts.unparsedLines, 0u);
}

QTEST_GUILESS_MAIN(TestEvidenceReader)

#include "tst_evidencereader.moc"
