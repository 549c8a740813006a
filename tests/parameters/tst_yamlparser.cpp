// SPDX-FileCopyrightText: The Halfshake authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "models/parameters/yamlparser.h"

#include <QTest>

#include <format>
#include <stop_token>

using namespace halfshake;

namespace {

/// What one text gave, written down in one line each.
struct Heard
{
    std::vector<std::string> values;
    Expected<void> result;
};

std::string written(YamlValue value)
{
    if (value.isScalar())
        return std::string{value.text()};
    std::string result;
    for (const auto& item : value.items())
        result += written(item) + ',';
    for (const auto& [key, field] : value.fields())
        result += std::format("{}:{};", written(key), written(field));
    return value.isSequence() ? '[' + result + ']' : value.isMap() ? '{' + result + '}' : "null";
}

Heard parse(std::string_view text, YamlLimits limits = {})
{
    JobContext job;
    Heard heard;
    heard.result = parseYaml(
        text, {},
        [&](YamlValue value, std::string_view list) {
            heard.values.push_back((list.empty() ? "" : std::string{list} + ' ') + written(value));
        },
        job, limits);
    return heard;
}

std::string repeated(std::string_view piece, int times)
{
    std::string result;
    for (int i = 0; i < times; ++i)
        result += piece;
    return result;
}

} // namespace

class TestYamlParser : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void documentsComeOneByOne();
    void jsonIsYaml();
    void itemsOfAListComeOneByOneAndAreNotKept();
    void itemsWaitForTheListsKindWhereTheyHaveNone();
    void aliasesAndMergeKeysAreFollowed();
    void ofRepeatedKeysTheLastCounts();
    void placesCountFromTheTextsStart();
    void aPlainNullIsNoText();
    void nestedAliasesAreRefusedBeforeTheyAreWalked();
    void manyNodesAreRefused();
    void longTextsCountAsManyNodes();
    void deepNestingIsRefused_data();
    void deepNestingIsRefused();
    void anAliasInsideItselfIsRefused();
    void malformedTextNamesTheLine();
    void aStrayBracketEndsTheParsing_data();
    void aStrayBracketEndsTheParsing();
    void aCancelledJobEnds();
};

void TestYamlParser::documentsComeOneByOne()
{
    const auto heard = parse("a: 1\n---\nb: [x, \"y\"]\n---\n- {c: 2}\n");
    QVERIFY(heard.result);
    QCOMPARE(heard.values, (std::vector<std::string>{"{a:1;}", "{b:[x,y,];}", "[{c:2;},]"}));
}

void TestYamlParser::jsonIsYaml()
{
    const auto heard = parse("{\n\t\"a\": {\"b\":[1,2.5,true,null,\"\\u00e9\\n\"]},\"c\":\"\"}");
    QVERIFY(heard.result);
    QCOMPARE(heard.values, std::vector<std::string>{"{a:{b:[1,2.5,true,null,\xC3\xA9\n,];};c:;}"});
}

void TestYamlParser::itemsOfAListComeOneByOneAndAreNotKept()
{
    const auto heard = parse("kind: ServiceList\nitems:\n- {n: 1}\n- {n: 2}\nmetadata: {}\n");
    QVERIFY(heard.result);
    QCOMPARE(heard.values,
        (std::vector<std::string>{
            "ServiceList {n:1;}", "ServiceList {n:2;}", "{kind:ServiceList;items:[];metadata:{};}"}));
    // many small items pass where the limit is on what is held at a time
    const auto many = parse("kind: ServiceList\nitems:\n" + repeated("- {n: 1, m: 2}\n", 1000), {.nodes = 50});
    QVERIFY(many.result);
    QCOMPARE(many.values.size(), std::size_t{1001});
}

void TestYamlParser::itemsWaitForTheListsKindWhereTheyHaveNone()
{
    const auto heard = parse("items:\n- {n: 1}\n- {kind: Pod}\nkind: ServiceList\n");
    QVERIFY(heard.result);
    QCOMPARE(heard.values, (std::vector<std::string>{"List {kind:Pod;}", "{items:[{n:1;},];kind:ServiceList;}"}));
}

void TestYamlParser::aliasesAndMergeKeysAreFollowed()
{
    std::string merged;
    JobContext job;
    const auto result = parseYaml(
        "base: &b {x: 1, y: 2}\nother: *b\nmerged: {<<: *b, y: 3}\n", {},
        [&](YamlValue value, std::string_view) {
            merged = std::format("{} {} {} {}", value["other"]["x"].text(), value["merged"]["x"].text(),
                value["merged"]["y"].text(), value["merged"]["z"].isPresent());
        },
        job);
    QVERIFY(result);
    QCOMPARE(merged, "1 1 3 false");
}

void TestYamlParser::ofRepeatedKeysTheLastCounts()
{
    std::string last;
    JobContext job;
    QVERIFY(parseYaml("a: 1\na: 2\n", {}, [&](YamlValue v, std::string_view) { last = v["a"].text(); }, job));
    QCOMPARE(last, "2");
}

void TestYamlParser::placesCountFromTheTextsStart()
{
    std::uint64_t line = 0;
    std::uint64_t offset = 0;
    JobContext job;
    const std::string text = "\xEF\xBB\xBF"
                             "a: 1\r\nb:\r\n  c: x\r\n";
    const auto result = parseYaml(
        text, {.linesBefore = 10, .bytesBefore = 100},
        [&](YamlValue value, std::string_view) {
            line = value["b"]["c"].node().line;
            offset = value["b"]["c"].node().offset;
        },
        job);
    QVERIFY(result);
    QCOMPARE(line, 13u);
    QCOMPARE(offset, 100 + text.find('x'));
}

void TestYamlParser::aPlainNullIsNoText()
{
    QCOMPARE(parse("[null, ~, '', \"null\", ]").values, std::vector<std::string>{"[null,null,,null,]"});
    JobContext job;
    QVERIFY(parseYaml(
        "{a: null, b: 'null'}", {},
        [](YamlValue value, std::string_view) {
            QVERIFY(!value["a"].isScalar());
            QVERIFY(value["b"].isScalar());
        },
        job));
}

void TestYamlParser::nestedAliasesAreRefusedBeforeTheyAreWalked()
{
    std::string bomb = "a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n";
    for (int i = 1; i < 30; ++i)
        bomb += std::format("a{0}: &a{0} [{1}]\n", i, repeated(std::format("*a{},", i - 1), 10));
    const auto heard = parse(bomb);
    QVERIFY(!heard.result);
    QCOMPARE(heard.result.error().code, DiagnosticCode::ManifestTooLarge);
    QVERIFY(heard.result.error().where.line > 4 && heard.result.error().where.line < 10);
    QVERIFY(heard.values.empty());
}

void TestYamlParser::manyNodesAreRefused()
{
    const auto heard = parse("[" + repeated("1,", 1100) + "]", {.nodes = 1000});
    QVERIFY(!heard.result);
    QCOMPARE(heard.result.error().code, DiagnosticCode::ManifestTooLarge);
    QCOMPARE(heard.result.error().arguments, std::vector<std::string>{"nodes"});
}

void TestYamlParser::longTextsCountAsManyNodes()
{
    const auto text = "a: &a " + std::string(100'000, 'x') + "\nb: [*a, *a, *a]\n";
    QVERIFY(parse(text, {.nodes = 10'000}).result);
    QVERIFY(!parse(text, {.nodes = 5'000}).result);
}

void TestYamlParser::deepNestingIsRefused_data()
{
    QTest::addColumn<QByteArray>("piece");
    QTest::newRow("flow sequences") << QByteArray("[");
    QTest::newRow("flow maps") << QByteArray("{a: ");
    QTest::newRow("block sequences") << QByteArray("- ");
    QTest::newRow("explicit keys") << QByteArray("? ");
}

void TestYamlParser::deepNestingIsRefused()
{
    QFETCH(QByteArray, piece);
    const auto heard = parse(repeated(piece.toStdString(), 200'000));
    QVERIFY(!heard.result);
    QCOMPARE(heard.result.error().code, DiagnosticCode::ManifestTooLarge);
    QCOMPARE(heard.result.error().arguments, std::vector<std::string>{"nesting"});
}

void TestYamlParser::anAliasInsideItselfIsRefused()
{
    const auto heard = parse("a: &a\n  b: *a\n");
    QVERIFY(!heard.result);
    QCOMPARE(heard.result.error().where.line, 2u);
}

void TestYamlParser::malformedTextNamesTheLine()
{
    const auto heard = parse("a: 1\nb: [1, 2\nc: 3\n");
    QVERIFY(!heard.result);
    QCOMPARE(heard.result.error().code, DiagnosticCode::ManifestMalformed);
    QVERIFY(heard.result.error().where.line >= 2);
    QVERIFY(!heard.result.error().arguments.empty());
}

void TestYamlParser::aStrayBracketEndsTheParsing_data()
{
    QTest::addColumn<QByteArray>("text");
    for (const char* const text : {"a: 1\n}", "]", "{a: 1}}", "{a: 1} ]", ",", "a: 1\n---\n}\n"})
        QTest::newRow(text) << QByteArray(text);
}

void TestYamlParser::aStrayBracketEndsTheParsing()
{
    QFETCH(QByteArray, text);
    const auto heard = parse(text.toStdString());
    QVERIFY(!heard.result);
    QCOMPARE(heard.result.error().code, DiagnosticCode::ManifestMalformed);
}

void TestYamlParser::aCancelledJobEnds()
{
    std::stop_source stop;
    stop.request_stop();
    JobContext job{stop.get_token()};
    const auto result = parseYaml("a: 1\n", {}, [](YamlValue, std::string_view) { }, job);
    QVERIFY(!result);
    QCOMPARE(result.error().code, DiagnosticCode::Cancelled);
}

QTEST_GUILESS_MAIN(TestYamlParser)
#include "tst_yamlparser.moc"
