// SPDX-FileCopyrightText: The Halfshake authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "models/io/archivekind.h"
#include "tests/support/archivebuilder.h"

#include <QTest>

#include <span>

using namespace halfshake;
using namespace halfshake::test;

namespace {

ArchiveKind kindOf(std::string_view bytes)
{
    return recogniseArchive(std::as_bytes(std::span{bytes}).first(std::min(bytes.size(), archiveHeadSize)));
}

} // namespace

class TestArchiveKind : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void compressionsAreKnownByTheirStart();
    void containersAreKnownByTheirStart();
    void zstdIsKnownBehindSkippableFrames();
    void whatIsNoArchiveIsNotTakenForOne_data();
    void whatIsNoArchiveIsNotTakenForOne();
    void aTextThatLooksLikeATarHeaderIsNoTar();
    void aTarHeaderWithAWrongChecksumIsNoTar();
};

void TestArchiveKind::compressionsAreKnownByTheirStart()
{
    for (const auto* content : {"", "one\n"}) {
        QVERIFY(kindOf(compressed(Compression::Gzip, content)) == ArchiveKind::Gzip);
        QVERIFY(kindOf(compressed(Compression::Zstd, content)) == ArchiveKind::Zstd);
        QVERIFY(kindOf(compressed(Compression::Xz, content)) == ArchiveKind::Xz);
        QVERIFY(kindOf(compressed(Compression::Bzip2, content)) == ArchiveKind::Bzip2);
        QVERIFY(kindOf(compressed(Compression::Lz4, content)) == ArchiveKind::Lz4);
    }
    QVERIFY(isCompression(ArchiveKind::Gzip) && isCompression(ArchiveKind::Lz4));
    QVERIFY(!isCompression(ArchiveKind::Tar) && !isCompression(ArchiveKind::None));
}

void TestArchiveKind::containersAreKnownByTheirStart()
{
    const std::vector<PackedFile> files{{.path = "a.log", .bytes = "one\n"}};
    QVERIFY(kindOf(packed(Container::Tar, files)) == ArchiveKind::Tar);
    QVERIFY(kindOf(packed(Container::Zip, files)) == ArchiveKind::Zip);
    QVERIFY(kindOf(packed(Container::Zip, {})) == ArchiveKind::Zip);
    QVERIFY(kindOf(packed(Container::SevenZip, files)) == ArchiveKind::SevenZip);
}

void TestArchiveKind::zstdIsKnownBehindSkippableFrames()
{
    const std::string skippable{"\x50\x2A\x4D\x18\x04\x00\x00\x00"
                                "abcd",
        12};
    QVERIFY(kindOf(skippable + skippable + compressed(Compression::Zstd, "one")) == ArchiveKind::Zstd);
    QVERIFY(kindOf(skippable) == ArchiveKind::None);
    QVERIFY(kindOf(std::string{"\x50\x2A\x4D\x18\xFF\xFF\xFF\xFF"
                               "abcd",
                12})
        == ArchiveKind::None);
}

void TestArchiveKind::whatIsNoArchiveIsNotTakenForOne_data()
{
    QTest::addColumn<QByteArray>("bytes");

    QTest::newRow("nothing") << QByteArray();
    QTest::newRow("text") << QByteArray("10.0.0.1 - - [23/Nov/2026:04:29:00 +0000]\n").repeated(50);
    QTest::newRow("zeros") << QByteArray(4096, '\0');
    QTest::newRow("pcap") << QByteArray::fromHex("d4c3b2a1020004000000000000000000ffff000001000000")
            + QByteArray(600, 0);
    QTest::newRow("pcapng") << QByteArray::fromHex("0a0d0d0a1c0000004d3c2b1a01000000");
    QTest::newRow("mtree") << QByteArray("#mtree\n/set type=file\na.log size=4\n");
    QTest::newRow("BZh in words") << QByteArray("BZh9 is how bzip2 starts\n");
    QTest::newRow("PK in words") << QByteArray("PK: primary key\n");
    QTest::newRow("first two bytes of gzip") << QByteArray::fromHex("1f8b");
    QTest::newRow("gzip with reserved flags") << QByteArray::fromHex("1f8b08e0") + QByteArray(20, 'x');
    QTest::newRow("UTF-16") << QByteArray::fromHex("fffe3100300030000a00");
}

void TestArchiveKind::whatIsNoArchiveIsNotTakenForOne()
{
    QFETCH(const QByteArray, bytes);
    QVERIFY(kindOf(bytes.toStdString()) == ArchiveKind::None);
}

void TestArchiveKind::aTextThatLooksLikeATarHeaderIsNoTar()
{
    // the sum of this text is written where a tar header has it, so that only the missing NULs tell
    std::string text(512, 'a');
    text.replace(257, 6, "ustar ");
    text.replace(148, 8, "        ");
    std::uint32_t sum = 0;
    for (const char c : text)
        sum += static_cast<unsigned char>(c);
    text.replace(148, 6, QByteArray::number(sum, 8).rightJustified(6, '0').toStdString());
    QVERIFY(kindOf(text) == ArchiveKind::None);
}

void TestArchiveKind::aTarHeaderWithAWrongChecksumIsNoTar()
{
    auto tar = packed(Container::Tar, {{.path = "a.log", .bytes = "one\n"}});
    tar[0] = 'b';
    QVERIFY(kindOf(tar) == ArchiveKind::None);
}

QTEST_APPLESS_MAIN(TestArchiveKind)

#include "tst_archivekind.moc"
