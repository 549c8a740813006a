// SPDX-FileCopyrightText: The Halfshake authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "models/io/unpack.h"
#include "tests/support/archivebuilder.h"
#include "tests/support/unpacking.h"

#include <QTest>

#include <algorithm>
#include <random>

using namespace halfshake;
using namespace halfshake::test;

namespace {

struct Sample
{
    const char* name;
    std::string packed;
};

/// One of each kind, and nested ones, all holding the same text.
std::vector<Sample> samplesOf(const std::string& text)
{
    const std::vector<PackedFile> files{{.path = "a.log", .bytes = text}, {.path = "b.log", .bytes = "b\n"}};
    const auto tar = packed(Container::Tar, files);
    return {
        {"gzip", compressed(Compression::Gzip, text)},
        {"zstd", compressed(Compression::Zstd, text)},
        {"xz", compressed(Compression::Xz, text)},
        {"bzip2", compressed(Compression::Bzip2, text)},
        {"lz4", compressed(Compression::Lz4, text)},
        {"tar", tar},
        {"zip", packed(Container::Zip, files)},
        {"7z", packed(Container::SevenZip, files)},
        {"tar.gz", compressed(Compression::Gzip, tar)},
        {"tar.xz", compressed(Compression::Xz, tar)},
        {"gzip in zip", packed(Container::Zip, {{.path = "a.gz", .bytes = compressed(Compression::Gzip, text)}})},
    };
}

bool isDamaged(const UnpackResult& result)
{
    return result.diagnostics.count(DiagnosticCode::ArchiveDamaged) > 0;
}

/// A disk that breaks half way.
class BreakingSource final : public ByteSource
{
public:
    explicit BreakingSource(std::string bytes) : m_bytes(memorySource(std::move(bytes))) { }

    [[nodiscard]] std::uint64_t size() const override { return m_bytes->size(); }
    [[nodiscard]] Expected<std::size_t> read(std::uint64_t offset, std::span<std::byte> buffer) const override
    {
        const auto half = size() / 2;
        if (offset >= half)
            return failure(DiagnosticCode::FileNotReadable, {}, {"Input/output error"});
        return m_bytes->read(offset, buffer.first(std::min<std::size_t>(buffer.size(), half - offset)));
    }

private:
    std::shared_ptr<const ByteSource> m_bytes;
};

} // namespace

class TestUnpackDamage : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void everyCutGivesAResultOrADiagnostic();
    void aCutGzipGivesAllThatCameBeforeTheCut();
    void otherCutStreamsGiveWhatTheirBlocksAllow();
    void aCutTarGivesTheFilesBeforeAndAPartOfTheLast();
    void aCutZipGivesTheFilesBefore();
    void flippedBitsGiveAResultOrADiagnostic();
    void aWrongChecksumIsNoticed();
    void aDamagedStreamInTheMiddleIsNoticed();
    void paddingBehindACompressedFileIsNoDamage();
    void bytesBehindACompressedFileAreNoticed_data();
    void bytesBehindACompressedFileAreNoticed();
    void aFileWithNothingButAMagicNumberComesBackAsItIs_data();
    void aFileWithNothingButAMagicNumberComesBackAsItIs();
    void aSourceThatFailsHalfWayGivesWhatWasRead();
    void damageHasAPlace();
};

void TestUnpackDamage::everyCutGivesAResultOrADiagnostic()
{
    const auto text = logText(700);
    const auto tar = packed(Container::Tar, {{.path = "a.log", .bytes = text}, {.path = "b.log", .bytes = "b\n"}});
    for (const auto& [name, packed] : samplesOf(text)) {
        for (std::size_t length = 0; length < packed.size(); ++length) {
            const auto result = unpacked(packed.substr(0, length));
            for (const auto& file : filesOf(result)) {
                const bool isPart = text.starts_with(file.bytes) || file.bytes == "b\n" || tar.starts_with(file.bytes);
                const bool isAsItWas = file.bytes.size() <= length && !isPart;
                QVERIFY2(isPart || isAsItWas, name);
            }
            QVERIFY2(!result.members.empty() || !result.diagnostics.isEmpty(), name);
        }
    }
}

void TestUnpackDamage::aCutGzipGivesAllThatCameBeforeTheCut()
{
    const auto text = logText(40'000); // less than one block of libarchive
    const auto gzip = compressed(Compression::Gzip, text);
    const auto result = unpacked(gzip.substr(0, gzip.size() / 2));
    const auto files = filesOf(result);
    QCOMPARE(files.size(), std::size_t{1});
    QVERIFY(text.starts_with(files.front().bytes));
    QVERIFY(files.front().bytes.size() > text.size() / 3);
    QVERIFY(isDamaged(result));

    const auto tar = packed(Container::Tar, {{.path = "a.log", .bytes = "one\n"}, {.path = "b.log", .bytes = text}});
    const auto tarball = compressed(Compression::Gzip, tar);
    const auto half = filesOf(unpacked(tarball.substr(0, tarball.size() / 2)));
    QCOMPARE(half.size(), std::size_t{2});
    QVERIFY(half[0].bytes == "one\n");
    QVERIFY(text.starts_with(half[1].bytes) && half[1].bytes.size() > text.size() / 3);
}

void TestUnpackDamage::otherCutStreamsGiveWhatTheirBlocksAllow()
{
    for (const auto compression : {Compression::Zstd, Compression::Xz, Compression::Bzip2, Compression::Lz4}) {
        const auto text = logText(compression == Compression::Lz4 ? 10'000'000 : 2'000'000); // lz4: blocks of 4 MiB
        const auto stream = compressed(compression, text);
        const auto result = unpacked(stream.substr(0, stream.size() / 2));
        const auto files = filesOf(result);
        QCOMPARE(files.size(), std::size_t{1});
        QVERIFY(text.starts_with(files.front().bytes));
        QVERIFY(files.front().bytes.size() > text.size() / 5);
        QVERIFY(isDamaged(result));
    }
}

void TestUnpackDamage::aCutTarGivesTheFilesBeforeAndAPartOfTheLast()
{
    const auto text = logText(10'000);
    const auto tar = packed(Container::Tar, {{.path = "a.log", .bytes = "one\n"}, {.path = "b.log", .bytes = text}});
    const auto result = unpacked(tar.substr(0, 3 * 512 + 7000));
    QVERIFY(filesOf(result) == std::vector<UnpackedFile>({{"a.log", "one\n"}, {"b.log", text.substr(0, 7000)}}));
    QVERIFY(isDamaged(result));
    QCOMPARE(result.diagnostics.entries().front().arguments.at(1), std::string("b.log"));
}

void TestUnpackDamage::aCutZipGivesTheFilesBefore()
{
    const auto text = logText(100'000);
    const auto zip = packed(Container::Zip, {{.path = "a.log", .bytes = "one\n"}, {.path = "b.log", .bytes = text}});
    const auto result = unpacked(zip.substr(0, zip.size() / 2));
    const auto files = filesOf(result);
    QVERIFY(!files.empty());
    QVERIFY(files.front() == (UnpackedFile{"a.log", "one\n"}));
    QVERIFY(isDamaged(result));
}

void TestUnpackDamage::flippedBitsGiveAResultOrADiagnostic()
{
    std::mt19937 random{1000};
    const auto samples = samplesOf(logText(3000));
    for (int run = 0; run < 1500; ++run) {
        auto packed = samples[random() % samples.size()].packed;
        for (auto flips = 1 + random() % 3; flips > 0; --flips)
            packed[random() % packed.size()] ^= static_cast<char>(1u << random() % 8);
        const auto result = unpacked(packed, {.totalBytes = 50 << 20});
        QVERIFY(!result.members.empty() || !result.diagnostics.isEmpty());
    }
}

void TestUnpackDamage::aWrongChecksumIsNoticed()
{
    const std::vector<PackedFile> files{{.path = "a.log", .bytes = logText(5000)}};
    auto gzip = compressed(Compression::Gzip, logText(5000));
    gzip[gzip.size() - 8] ^= 1;
    auto tarball = compressed(Compression::Gzip, packed(Container::Tar, files));
    tarball[tarball.size() - 8] ^= 1;
    for (const auto& bytes : {gzip, tarball}) {
        const auto result = unpacked(bytes);
        QCOMPARE(result.members.size(), std::size_t{1});
        QVERIFY(bytesOf(*result.members.front().bytes) == logText(5000));
        QVERIFY(isDamaged(result));
        QCOMPARE(result.diagnostics.entries().front().arguments.front(), std::string("incorrect data check"));
    }
}

void TestUnpackDamage::aDamagedStreamInTheMiddleIsNoticed()
{
    const auto first = compressed(Compression::Gzip, "one\n");
    auto second = compressed(Compression::Gzip, logText(5000));
    second[second.size() / 2] ^= 0x55;
    const auto result = unpacked(first + second + first);
    QVERIFY(bytesOf(*result.members.front().bytes).starts_with("one\n"));
    QVERIFY(isDamaged(result));
}

void TestUnpackDamage::paddingBehindACompressedFileIsNoDamage()
{
    const auto result = unpacked(compressed(Compression::Gzip, "one\n") + std::string(300'000, '\0'));
    QVERIFY(filesOf(result) == (std::vector<UnpackedFile>{{"", "one\n"}}));
    QVERIFY(result.diagnostics.isEmpty());
}

void TestUnpackDamage::bytesBehindACompressedFileAreNoticed_data()
{
    QTest::addColumn<int>("compression");

    QTest::newRow("gzip") << static_cast<int>(Compression::Gzip);
    QTest::newRow("zstd") << static_cast<int>(Compression::Zstd);
    QTest::newRow("xz") << static_cast<int>(Compression::Xz);
    QTest::newRow("bzip2") << static_cast<int>(Compression::Bzip2);
    QTest::newRow("lz4") << static_cast<int>(Compression::Lz4);
}

void TestUnpackDamage::bytesBehindACompressedFileAreNoticed()
{
    QFETCH(const int, compression);
    const auto bytes = compressed(static_cast<Compression>(compression), "one\n") + "10.0.0.1 GET / 502\n";
    const auto result = unpacked(bytes);
    const auto files = filesOf(result);
    QCOMPARE(files.size(), std::size_t{1});
    QVERIFY(files.front().bytes == "one\n" || files.front().bytes == bytes);
    QVERIFY(isDamaged(result));
}

void TestUnpackDamage::aFileWithNothingButAMagicNumberComesBackAsItIs_data()
{
    QTest::addColumn<QByteArray>("magic");

    QTest::newRow("gzip") << QByteArray::fromHex("1f8b0800");
    QTest::newRow("zstd") << QByteArray::fromHex("28b52ffd");
    QTest::newRow("xz") << QByteArray::fromHex("fd377a585a00");
    QTest::newRow("lz4") << QByteArray::fromHex("04224d18");
    QTest::newRow("bzip2") << QByteArray("BZh91AY&SY");
    QTest::newRow("zip") << QByteArray("PK\3\4");
    QTest::newRow("7z") << QByteArray::fromHex("377abcaf271c");
}

void TestUnpackDamage::aFileWithNothingButAMagicNumberComesBackAsItIs()
{
    QFETCH(const QByteArray, magic);
    for (const auto& rest : {QByteArray(), QByteArray(" and then text\n").repeated(100), QByteArray(3000, '\xFF')}) {
        const auto bytes = magic.toStdString() + rest.toStdString();
        const auto result = unpacked(bytes);
        QVERIFY(filesOf(result) == (std::vector<UnpackedFile>{{"", bytes}}));
        QVERIFY(isDamaged(result));
    }
}

void TestUnpackDamage::aSourceThatFailsHalfWayGivesWhatWasRead()
{
    const auto text = logText(3'000'000);
    const std::vector<PackedFile> files{{.path = "a.log", .bytes = "one\n"}, {.path = "b.log", .bytes = text}};
    for (const auto& bytes : {compressed(Compression::Gzip, text), compressed(Compression::Zstd, text),
             packed(Container::Tar, files), compressed(Compression::Gzip, packed(Container::Tar, files))}) {
        JobContext job;
        const auto result = unpack(std::make_shared<BreakingSource>(bytes), job);
        QVERIFY(result.has_value());
        QVERIFY(!result->members.empty());
        const auto last = bytesOf(*result->members.back().bytes);
        QVERIFY(last.size() > text.size() / 3);
        QVERIFY(text.starts_with(last));
        QCOMPARE(result->diagnostics.count(DiagnosticCode::FileNotReadable), std::uint64_t{1});
    }
}

void TestUnpackDamage::damageHasAPlace()
{
    const auto gzip = compressed(Compression::Gzip, logText(1'000'000));
    const auto result = unpacked(gzip.substr(0, 250'000));
    QCOMPARE(result.diagnostics.entries().front().where.byteOffset, std::uint64_t{250'000});
}

QTEST_APPLESS_MAIN(TestUnpackDamage)

#include "tst_unpackdamage.moc"
