// SPDX-FileCopyrightText: The Halfshake authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "models/io/unpack.h"
#include "tests/support/archivebuilder.h"
#include "tests/support/unpacking.h"

#include <QFile>
#include <QTemporaryDir>
#include <QTest>

using namespace halfshake;
using namespace halfshake::test;

Q_DECLARE_METATYPE(halfshake::test::Compression)
Q_DECLARE_METATYPE(halfshake::test::Container)

namespace {

using Files = std::vector<UnpackedFile>;

std::vector<std::string> reasonsOf(const UnpackResult& result)
{
    std::vector<std::string> reasons;
    for (const auto& entry : result.diagnostics.entries()) {
        if (entry.code == DiagnosticCode::ArchiveMemberRefused)
            reasons.push_back(entry.arguments.at(0) + ": " + entry.arguments.at(1));
    }
    return reasons;
}

using Reasons = std::vector<std::string>;

/// Fails the test where anything is read after the start.
class CountingSource final : public ByteSource
{
public:
    explicit CountingSource(std::string bytes) : m_bytes(memorySource(std::move(bytes))) { }

    [[nodiscard]] std::uint64_t size() const override { return m_bytes->size(); }
    [[nodiscard]] Expected<std::size_t> read(std::uint64_t offset, std::span<std::byte> buffer) const override
    {
        m_bytesRead += buffer.size();
        return m_bytes->read(offset, buffer);
    }
    [[nodiscard]] std::size_t bytesRead() const { return m_bytesRead; }

private:
    std::shared_ptr<const ByteSource> m_bytes;
    mutable std::size_t m_bytesRead = 0;
};

} // namespace

class TestUnpack : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void compressedFilesAreUnpacked_data();
    void compressedFilesAreUnpacked();
    void archivesGiveTheirFiles_data();
    void archivesGiveTheirFiles();
    void compressedTarsGiveTheirFiles_data();
    void compressedTarsGiveTheirFiles();
    void streamsInARowAreOneFile_data();
    void streamsInARowAreOneFile();
    void anythingElseComesBackAsItIs_data();
    void anythingElseComesBackAsItIs();
    void aPlainFileCostsOneSmallRead();
    void aTextInsideACompressedFileIsNeverAnArchive();
    void archivesInsideArchivesAreOpened();
    void archivesNestedTooDeepComeBackAsTheyAre();
    void pathsOutOfTheArchiveAreOnlyNames();
    void namesThatAreNoUtf8AreShownAsFarAsPossible();
    void linksAreNotedAndTheRestIsLeftOut();
    void encryptedMembersAreRefusedAndTheOthersKept();
    void sparseFilesHaveTheirZeros();
    void largeMembersGoToATemporaryFile();
    void moreMembersThanAllowedAreRefused();
    void moreBytesThanAllowedAreRefused();
    void aMemberThatIsPackedTooTightIsRefused();
    void aBombOfArchivesIsStopped();
    void unpackingStopsWhenCancelled();
    void unpackingReportsHowFarItIs();
    void archivesWithoutFilesAreNoted();
};

void TestUnpack::compressedFilesAreUnpacked_data()
{
    QTest::addColumn<Compression>("compression");
    QTest::addColumn<quint64>("size");

    for (const quint64 size : {0, 1, 511, 5000, 3'000'000}) {
        QTest::addRow("gzip %llu", size) << Compression::Gzip << size;
        QTest::addRow("zstd %llu", size) << Compression::Zstd << size;
        QTest::addRow("xz %llu", size) << Compression::Xz << size;
        QTest::addRow("bzip2 %llu", size) << Compression::Bzip2 << size;
        QTest::addRow("lz4 %llu", size) << Compression::Lz4 << size;
    }
}

void TestUnpack::compressedFilesAreUnpacked()
{
    QFETCH(const Compression, compression);
    QFETCH(const quint64, size);

    const auto text = logText(size);
    const auto result = unpacked(compressed(compression, text));
    QVERIFY(result.diagnostics.isEmpty());
    QVERIFY(filesOf(result) == (Files{{"", text}}));
}

void TestUnpack::archivesGiveTheirFiles_data()
{
    QTest::addColumn<Container>("container");

    QTest::newRow("tar") << Container::Tar;
    QTest::newRow("zip") << Container::Zip;
    QTest::newRow("7z") << Container::SevenZip;
}

void TestUnpack::archivesGiveTheirFiles()
{
    QFETCH(const Container, container);

    const auto text = logText(700'000);
    const std::string name{"logs/ing\xC3\xA9nieur.log"};
    const auto result = unpacked(packed(container,
        {{.path = "logs", .type = PackedFile::Type::Directory}, {.path = "logs/access.log", .bytes = "one\n"},
            {.path = name, .bytes = text}, {.path = "empty", .bytes = ""}}));
    QVERIFY(result.diagnostics.isEmpty());
    auto files = filesOf(result);
    std::ranges::sort(files, {}, &UnpackedFile::member); // 7z puts empty files last
    QVERIFY(files == (Files{{"empty", ""}, {"logs/access.log", "one\n"}, {name, text}}));
}

void TestUnpack::compressedTarsGiveTheirFiles_data()
{
    compressedFilesAreUnpacked_data();
}

void TestUnpack::compressedTarsGiveTheirFiles()
{
    QFETCH(const Compression, compression);
    QFETCH(const quint64, size);

    const auto text = logText(size);
    const auto tar = packed(Container::Tar, {{.path = "a.log", .bytes = text}, {.path = "b.log", .bytes = "b"}});
    const auto result = unpacked(compressed(compression, tar));
    QVERIFY(result.diagnostics.isEmpty());
    QVERIFY(filesOf(result) == (Files{{"a.log", text}, {"b.log", "b"}}));
}

void TestUnpack::streamsInARowAreOneFile_data()
{
    QTest::addColumn<Compression>("compression");

    QTest::newRow("gzip") << Compression::Gzip;
    QTest::newRow("zstd") << Compression::Zstd;
    QTest::newRow("xz") << Compression::Xz;
    QTest::newRow("bzip2") << Compression::Bzip2;
    QTest::newRow("lz4") << Compression::Lz4;
}

void TestUnpack::streamsInARowAreOneFile()
{
    QFETCH(const Compression, compression);

    std::string streams;
    std::string text;
    for (const std::size_t size : {100'000, 0, 1, 400'000}) {
        if (size == 0 && compression == Compression::Lz4)
            continue; // libarchive 3.7.4 stops at an empty frame; that it did is noted
        streams += compressed(compression, logText(size));
        text += logText(size);
    }
    const auto result = unpacked(streams);
    QVERIFY(result.diagnostics.isEmpty());
    QVERIFY(filesOf(result) == (Files{{"", text}}));
}

void TestUnpack::anythingElseComesBackAsItIs_data()
{
    QTest::addColumn<QByteArray>("bytes");

    QTest::newRow("nothing") << QByteArray();
    QTest::newRow("text") << QByteArray("one\n");
    QTest::newRow("mtree") << QByteArray("#mtree\n/set type=file\na.log size=4\n");
    QTest::newRow("cpio") << QByteArray("0707010000000000000000000000000000000000000000");
    QTest::newRow("ar") << QByteArray("!<arch>\n");
    QTest::newRow("warc") << QByteArray("WARC/1.0\r\n");
    QTest::newRow("zeros") << QByteArray(2048, '\0');
    QTest::newRow("shell archive") << QByteArray("#!/bin/sh\n# This is a shell archive\n");
    QTest::newRow("pcap") << QByteArray::fromHex("d4c3b2a1020004000000000000000000ffff000001000000");
}

void TestUnpack::anythingElseComesBackAsItIs()
{
    QFETCH(const QByteArray, bytes);

    const auto source = memorySource(bytes.toStdString());
    JobContext job;
    const auto result = unpack(source, job);
    QVERIFY(result->diagnostics.isEmpty());
    QCOMPARE(result->members.size(), std::size_t{1});
    QVERIFY(result->members.front().bytes == source);
    QVERIFY(result->members.front().member.empty());
}

void TestUnpack::aPlainFileCostsOneSmallRead()
{
    const auto source = std::make_shared<CountingSource>(logText(1'000'000));
    JobContext job;
    QVERIFY(unpack(source, job).has_value());
    QVERIFY(source->bytesRead() <= 4096);
}

void TestUnpack::aTextInsideACompressedFileIsNeverAnArchive()
{
    // what libarchive by itself takes for an empty tar, and for an mtree
    for (const auto& text : {std::string(4096, '\0') + "after a crash\n", std::string{"#mtree\na.log size=4\n"}}) {
        const auto result = unpacked(compressed(Compression::Zstd, text));
        QVERIFY(result.diagnostics.isEmpty());
        QVERIFY(filesOf(result) == (Files{{"", text}}));
    }
}

void TestUnpack::archivesInsideArchivesAreOpened()
{
    const auto capture = logText(50'000);
    const auto inner = packed(Container::Tar,
        {{.path = "var/capture.pcap.gz", .bytes = compressed(Compression::Gzip, capture)},
            {.path = "b.log", .bytes = "b\n"}});
    const auto outer = packed(Container::Zip,
        {{.path = "bundle.tar.xz", .bytes = compressed(Compression::Xz, inner)}, {.path = "c.log", .bytes = "c\n"}});
    const auto result = unpacked(outer);
    QVERIFY(result.diagnostics.isEmpty());
    QVERIFY(filesOf(result)
        == (Files{{"bundle.tar.xz!var/capture.pcap.gz", capture}, {"bundle.tar.xz!b.log", "b\n"}, {"c.log", "c\n"}}));
}

void TestUnpack::archivesNestedTooDeepComeBackAsTheyAre()
{
    const auto inner = compressed(Compression::Gzip, "one\n");
    std::string nested = inner;
    for (const char* name : {"c", "b", "a"})
        nested = packed(Container::Tar, {{.path = name, .bytes = nested}});
    const auto result = unpacked(nested);
    QVERIFY(filesOf(result) == (Files{{"a!b!c", inner}}));
    QVERIFY(reasonsOf(result) == Reasons{"a!b!c: depth"});

    const auto refused = unpacked(inner, {.depth = 0});
    QVERIFY(filesOf(refused) == (Files{{"", inner}}));
    QVERIFY(reasonsOf(refused) == Reasons{": depth"});
}

void TestUnpack::pathsOutOfTheArchiveAreOnlyNames()
{
    const QTemporaryDir folder;
    qputenv("TMPDIR", folder.path().toUtf8());
    const auto target = folder.filePath(QStringLiteral("escaped")).toStdString();
    const auto result = unpacked(packed(Container::Tar,
        {{.path = "../../escaped", .bytes = "one"}, {.path = target, .bytes = logText(500'000)},
            {.path = "a/./../b", .bytes = "two"}}));
    qunsetenv("TMPDIR");
    QCOMPARE(result.members.size(), std::size_t{3});
    QCOMPARE(result.members[0].member, std::string("../../escaped"));
    QCOMPARE(result.members[1].member, target);
    QCOMPARE(result.members[2].member, std::string("a/./../b"));
    QVERIFY(QDir(folder.path()).isEmpty());
}

void TestUnpack::namesThatAreNoUtf8AreShownAsFarAsPossible()
{
    auto tar = packed(Container::Tar, {{.path = "caf#.log", .bytes = "one\n"}});
    // the header's checksum has to follow the changed byte
    tar[3] = '\xE9';
    const auto field = std::string_view{tar}.substr(148, 6);
    const auto sum = QByteArray::fromStdString(std::string{field}).toUInt(nullptr, 8) + 0xE9u - unsigned{'#'};
    tar.replace(148, 6, QByteArray::number(sum, 8).rightJustified(6, '0').toStdString());
    const auto result = unpacked(tar);
    QVERIFY(filesOf(result) == (Files{{"caf\xEF\xBF\xBD.log", "one\n"}}));
}

void TestUnpack::linksAreNotedAndTheRestIsLeftOut()
{
    const auto result = unpacked(packed(Container::Tar,
        {{.path = "folder", .type = PackedFile::Type::Directory}, {.path = "a.log", .bytes = "one\n"},
            {.path = "symbolic", .bytes = "/etc/shadow", .type = PackedFile::Type::SymbolicLink},
            {.path = "hard", .bytes = "a.log", .type = PackedFile::Type::HardLink},
            {.path = "device", .type = PackedFile::Type::Device}}));
    QVERIFY(filesOf(result) == (Files{{"a.log", "one\n"}}));
    QVERIFY(reasonsOf(result) == Reasons({"symbolic: link", "hard: link"}));
}

void TestUnpack::encryptedMembersAreRefusedAndTheOthersKept()
{
    const auto secret = packed(Container::Zip, {{.path = "secret.log", .bytes = logText(5000)}}, "password");
    const auto result = unpacked(
        packed(Container::Tar, {{.path = "secret.zip", .bytes = secret}, {.path = "a.log", .bytes = "one\n"}}));
    QVERIFY(filesOf(result) == (Files{{"a.log", "one\n"}}));
    QVERIFY(reasonsOf(result) == Reasons{"secret.zip!secret.log: encrypted"});
}

void TestUnpack::sparseFilesHaveTheirZeros()
{
    // GNU sparse format 1.0: a map of (offset, size) in front of the data
    const auto tar = [] {
        QFile file(QStringLiteral(HALFSHAKE_TEST_DATA "/io/sparse.tar"));
        return file.open(QIODevice::ReadOnly) ? file.readAll().toStdString() : std::string{};
    }();
    QVERIFY(!tar.empty());
    const auto result = unpacked(tar);
    QVERIFY(result.diagnostics.isEmpty());
    QVERIFY(filesOf(result) == (Files{{"sparse.log", "start" + std::string(999'995, '\0') + "end"}}));
}

void TestUnpack::largeMembersGoToATemporaryFile()
{
    const QTemporaryDir folder;
    qputenv("TMPDIR", folder.filePath(QStringLiteral("missing")).toUtf8());
    const auto text = logText(1'000'000);
    const auto tar = packed(Container::Tar, {{.path = "large.log", .bytes = text}, {.path = "a.log", .bytes = "one"}});
    const auto refused = unpacked(tar);
    qputenv("TMPDIR", folder.path().toUtf8());
    const auto kept = unpacked(tar);
    qunsetenv("TMPDIR");

    QVERIFY(filesOf(refused) == (Files{{"a.log", "one"}}));
    QVERIFY(reasonsOf(refused) == Reasons{"large.log: No such file or directory"});
    QVERIFY(filesOf(kept) == (Files{{"large.log", text}, {"a.log", "one"}}));
}

void TestUnpack::moreMembersThanAllowedAreRefused()
{
    std::vector<PackedFile> files;
    for (int i = 0; i < 20; ++i)
        files.push_back({.path = "log." + std::to_string(i), .bytes = "one\n"});
    const auto result = unpacked(packed(Container::Zip, files), {.members = 15});
    QCOMPARE(result.members.size(), std::size_t{15});
    QVERIFY(reasonsOf(result) == Reasons{"log.15: member-count"});
}

void TestUnpack::moreBytesThanAllowedAreRefused()
{
    const auto tar = packed(Container::Tar,
        {{.path = "a", .bytes = std::string(400, 'a')}, {.path = "b", .bytes = std::string(700, 'b')},
            {.path = "c", .bytes = std::string(10, 'c')}});
    const auto result = unpacked(tar, {.totalBytes = 1000});
    QVERIFY(filesOf(result) == (Files{{"a", std::string(400, 'a')}}));
    QVERIFY(reasonsOf(result) == Reasons{"b: total-bytes"});
    QVERIFY(reasonsOf(unpacked(tar, {.totalBytes = 1110})).empty());

    const auto stream = unpacked(compressed(Compression::Gzip, logText(1001)), {.totalBytes = 1000});
    QVERIFY(stream.members.empty());
    QVERIFY(reasonsOf(stream) == Reasons{": total-bytes"});
}

void TestUnpack::aMemberThatIsPackedTooTightIsRefused()
{
    const auto zeros = compressed(Compression::Zstd, std::string(100 << 20, '\0'));
    QVERIFY(zeros.size() < 20'000);
    const auto result = unpacked(zeros);
    QVERIFY(result.members.empty());
    QVERIFY(reasonsOf(result) == Reasons{": ratio"});

    // below 64 MiB nothing is suspected, and gzip cannot pack tighter than 1032 times
    QVERIFY(reasonsOf(unpacked(compressed(Compression::Zstd, std::string(60 << 20, '\0')))).empty());
    QVERIFY(reasonsOf(unpacked(compressed(Compression::Gzip, std::string(70 << 20, '\0')))).empty());
}

void TestUnpack::aBombOfArchivesIsStopped()
{
    const auto zeros = compressed(Compression::Gzip, std::string(50 << 20, '\0'));
    std::vector<PackedFile> files;
    for (int i = 0; i < 16; ++i)
        files.push_back({.path = std::to_string(i), .bytes = zeros});
    // identical members, packed once more: 800 MB of zeros in a few kilobytes
    const auto bomb = compressed(Compression::Zstd, packed(Container::Tar, files));
    QVERIFY(bomb.size() < 100'000);
    const auto result = unpacked(bomb);
    QVERIFY(result.members.size() < 16);
    QCOMPARE(reasonsOf(result).size(), std::size_t{1});
    QVERIFY(reasonsOf(result).front().ends_with(": ratio"));
}

void TestUnpack::unpackingStopsWhenCancelled()
{
    const auto text = logText(2'000'000);
    for (const auto& bytes : {compressed(Compression::Gzip, text), compressed(Compression::Zstd, text),
             packed(Container::Zip, {{.path = "a", .bytes = text}}),
             compressed(Compression::Gzip, packed(Container::Tar, {{.path = "a", .bytes = text}}))}) {
        std::stop_source stop;
        stop.request_stop();
        JobContext job{stop.get_token()};
        const auto result = unpack(memorySource(bytes), job);
        QVERIFY(!result.has_value());
        QVERIFY(result.error().code == DiagnosticCode::Cancelled);
    }
}

void TestUnpack::unpackingReportsHowFarItIs()
{
    const auto bytes = compressed(Compression::Gzip, logText(4'000'000));
    Progress last;
    int reports = 0;
    JobContext job{{}, [&](Progress progress) {
                       last = progress;
                       ++reports;
                   }};
    QVERIFY(unpack(memorySource(bytes), job).has_value());
    QVERIFY(reports > 3);
    QCOMPARE(last.done, bytes.size());
    QCOMPARE(last.total, bytes.size());
}

void TestUnpack::archivesWithoutFilesAreNoted()
{
    const PackedFile folder{.path = "folder", .type = PackedFile::Type::Directory};
    for (const auto& bytes : {packed(Container::Zip, {}), packed(Container::SevenZip, {}),
             packed(Container::Tar, {folder}), packed(Container::Zip, {folder})}) {
        const auto result = unpacked(bytes);
        QVERIFY(result.members.empty());
        QCOMPARE(result.diagnostics.count(DiagnosticCode::FileIsDirectoryWithoutFiles), std::uint64_t{1});
        QCOMPARE(result.diagnostics.counts().size(), std::size_t{1});
    }
}

QTEST_APPLESS_MAIN(TestUnpack)

#include "tst_unpack.moc"
