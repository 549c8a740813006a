// SPDX-FileCopyrightText: The Halfshake authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "models/base/text.h"

#include <QTest>

using namespace halfshake;

namespace {

using Pieces = std::vector<std::string_view>;

} // namespace

class TestText : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void trimmingTakesBlanksFromBothEnds();
    void splittingKeepsEmptyPieces();
    void wordsAreWhatIsBetweenBlanks();
    void onlyWholeNumbersAreIntegers();
    void validUtf8StaysAsItIs_data();
    void validUtf8StaysAsItIs();
    void eachBadByteIsReplaced_data();
    void eachBadByteIsReplaced();
    void replacedTextIsWhatQtReads();
    void hashesAreFnv1a();
    void noTextHashesToZero();
};

void TestText::trimmingTakesBlanksFromBothEnds()
{
    QCOMPARE(trimmed(" \t a b \r\n"), std::string_view{"a b"});
    QCOMPARE(trimmed("a"), std::string_view{"a"});
    QCOMPARE(trimmed(" \n\t\r "), std::string_view{});
    QCOMPARE(trimmed(""), std::string_view{});
}

void TestText::splittingKeepsEmptyPieces()
{
    QVERIFY(split("a,b", ',') == Pieces({"a", "b"}));
    QVERIFY(split(",a,,b,", ',') == Pieces({"", "a", "", "b", ""}));
    QVERIFY(split("", ',') == Pieces({""}));
    QVERIFY(split("a b", ',') == Pieces({"a b"}));
}

void TestText::wordsAreWhatIsBetweenBlanks()
{
    QVERIFY(words(" 32768\t60999 ") == Pieces({"32768", "60999"}));
    QVERIFY(words("one") == Pieces({"one"}));
    QVERIFY(words(" \t ").empty());
    QVERIFY(words("").empty());
}

void TestText::onlyWholeNumbersAreIntegers()
{
    QCOMPARE(toInteger<int>("-17"), std::optional{-17});
    QCOMPARE(toInteger<std::uint16_t>("65535"), std::optional<std::uint16_t>{65535});
    QCOMPARE(toInteger<std::uint64_t>("18446744073709551615"), std::optional{~std::uint64_t{0}});
    for (const char* text : {"", " 1", "1 ", "+1", "1.0", "0x1", "1e3", "-", "65536", "-1"})
        QVERIFY2(!toInteger<std::uint16_t>(text), text);
}

void TestText::validUtf8StaysAsItIs_data()
{
    QTest::addColumn<QByteArray>("text");

    QTest::newRow("empty") << QByteArray();
    QTest::newRow("ASCII and NUL") << QByteArray("a\0b", 3);
    QTest::newRow("lowest of two bytes") << QByteArray("\xC2\x80");
    QTest::newRow("lowest of three") << QByteArray("\xE0\xA0\x80");
    QTest::newRow("before the surrogates") << QByteArray("\xED\x9F\xBF");
    QTest::newRow("after the surrogates") << QByteArray("\xEE\x80\x80");
    QTest::newRow("lowest of four") << QByteArray("\xF0\x90\x80\x80");
    QTest::newRow("highest") << QByteArray("\xF4\x8F\xBF\xBF");
}

void TestText::validUtf8StaysAsItIs()
{
    QFETCH(const QByteArray, text);
    QCOMPARE(QByteArray::fromStdString(toValidUtf8(text.toStdString())), text);
}

void TestText::eachBadByteIsReplaced_data()
{
    QTest::addColumn<QByteArray>("bytes");
    QTest::addColumn<QByteArray>("text");

    // "?" stands for U+FFFD
    QTest::newRow("lone continuation") << QByteArray("a\x80z") << QByteArray("a?z");
    QTest::newRow("Latin-1") << QByteArray("caf\xE9 au lait") << QByteArray("caf? au lait");
    QTest::newRow("cut short") << QByteArray("\xE2\x82") << QByteArray("??");
    QTest::newRow("cut by ASCII") << QByteArray("\xF0\x9F"
                                                "ab")
                                  << QByteArray("??ab");
    QTest::newRow("overlong slash") << QByteArray("\xC0\xAF") << QByteArray("??");
    QTest::newRow("overlong of three") << QByteArray("\xE0\x80\xAF") << QByteArray("???");
    QTest::newRow("surrogate") << QByteArray("\xED\xA0\x80") << QByteArray("???");
    QTest::newRow("above U+10FFFF") << QByteArray("\xF4\x90\x80\x80") << QByteArray("????");
    QTest::newRow("never a lead byte") << QByteArray("\xF8\xFF\xFE") << QByteArray("???");
}

void TestText::eachBadByteIsReplaced()
{
    QFETCH(const QByteArray, bytes);
    QFETCH(QByteArray, text);
    text.replace("?", "\xEF\xBF\xBD");
    QCOMPARE(QByteArray::fromStdString(toValidUtf8(bytes.toStdString())), text);
}

void TestText::replacedTextIsWhatQtReads()
{
    // any lead byte with any kind of second byte, then a continuation
    for (int first = 0; first < 256; ++first) {
        for (int second = 0; second < 256; second += 5) {
            const std::string bytes{static_cast<char>(first), static_cast<char>(second), '\x80', 'z'};
            const auto text = toValidUtf8(bytes);
            QVERIFY(QUtf8StringView(text.data(), static_cast<qsizetype>(text.size())).isValidUtf8());
            const bool wasValid = QUtf8StringView(bytes.data(), static_cast<qsizetype>(bytes.size())).isValidUtf8();
            QCOMPARE(text == bytes, wasValid);
        }
    }
}

void TestText::hashesAreFnv1a()
{
    // test vectors of draft-eastlake-fnv, appendix C
    QCOMPARE(hashText(""), std::uint64_t{0xcbf29ce484222325});
    QCOMPARE(hashText("a"), std::uint64_t{0xaf63dc4c8601ec8c});
    QCOMPARE(hashText("foobar"), std::uint64_t{0x85944171f73967e8});
}

void TestText::noTextHashesToZero()
{
    // one of the published texts whose FNV-1a hash is zero
    const std::string text{"\xd5\x6b\xb9\x53\x42\x87\x08\x36"};
    std::uint64_t plain = 0xcbf29ce484222325;
    for (const char byte : text)
        plain = (plain ^ static_cast<unsigned char>(byte)) * 0x100000001b3;
    QCOMPARE(plain, std::uint64_t{0});
    QVERIFY(hashText(text) != 0);
}

QTEST_APPLESS_MAIN(TestText)

#include "tst_text.moc"
