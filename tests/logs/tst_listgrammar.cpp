// SPDX-FileCopyrightText: The Halfshake authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "models/logs/listgrammar.h"

#include <QTest>

using namespace halfshake;

class TestListGrammar : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void listsHaveItemsInGroups_data();
    void listsHaveItemsInGroups();
    void aDashOrNothingIsNoList();
    void aListEndsWhereTheNextFieldBegins_data();
    void aListEndsWhereTheNextFieldBegins();
    void shapesAreEqualOnlyGroupByGroup();
    void hostileListsStayBounded();
};

namespace {

/// "a|b / c": items of a group between bars, groups between slashes.
std::string shown(const UpstreamList& list)
{
    std::string text;
    for (std::uint16_t group = 0; group < list.groups; ++group) {
        text += group > 0 ? " / " : "";
        bool isFirst = true;
        for (const auto& item : list.items) {
            if (item.group != group)
                continue;
            text += (isFirst ? "" : "|") + std::string{item.text};
            isFirst = false;
        }
    }
    return text;
}

} // namespace

void TestListGrammar::listsHaveItemsInGroups_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<QByteArray>("expected");
    QTest::newRow("one try") << QByteArray{"10.0.0.1:80"} << QByteArray{"10.0.0.1:80"};
    QTest::newRow("retries") << QByteArray{"502, 504, 200"} << QByteArray{"502|504|200"};
    QTest::newRow("redirect") << QByteArray{"a:1, b:2 : c:3"} << QByteArray{"a:1|b:2 / c:3"};
    QTest::newRow("empty last group") << QByteArray{"10.99.0.11:8091 : "} << QByteArray{"10.99.0.11:8091 / "};
    QTest::newRow("empty last group, blank trimmed") << QByteArray{"200 :"} << QByteArray{"200 / "};
    QTest::newRow("empty middle group") << QByteArray{"a :  : b"} << QByteArray{"a /  / b"};
    QTest::newRow("IPv6 and a socket") << QByteArray{"[2001:db8::1]:80, unix:/run/a.sock"}
                                       << QByteArray{"[2001:db8::1]:80|unix:/run/a.sock"};
    QTest::newRow("bare commas") << QByteArray{"502,200"} << QByteArray{"502|200"};
    QTest::newRow("unresolved first group") << QByteArray{", 10.0.0.1:80"} << QByteArray{"|10.0.0.1:80"};
    QTest::newRow("no list") << QByteArray{"some words here"} << QByteArray{"some words here"};
}

void TestListGrammar::listsHaveItemsInGroups()
{
    QFETCH(QByteArray, text);
    QFETCH(QByteArray, expected);
    UpstreamList list;
    const auto bytes = text.toStdString();
    parseUpstreamList(bytes, list);
    QCOMPARE(shown(list), expected.toStdString());
    QVERIFY(!list.isEmpty());
}

void TestListGrammar::aDashOrNothingIsNoList()
{
    UpstreamList list;
    parseUpstreamList("-", list);
    QVERIFY(list.isEmpty());
    parseUpstreamList("", list);
    QVERIFY(list.isEmpty());
    parseUpstreamList("-, -", list);
    QVERIFY(!list.isEmpty());
}

void TestListGrammar::aListEndsWhereTheNextFieldBegins_data()
{
    QTest::addColumn<QByteArray>("list");
    QTest::addColumn<QByteArray>("rest");
    QTest::newRow("single") << QByteArray{"10.0.0.1:80"} << QByteArray{" 0 0.001 200 id"};
    QTest::newRow("dash") << QByteArray{"-"} << QByteArray{" - - - id"};
    QTest::newRow("retry") << QByteArray{"a:1, b:2"} << QByteArray{" 0, 3 0.000, 0.003 502, 200 id"};
    QTest::newRow("redirect") << QByteArray{"a:1 : b:2, c:3"} << QByteArray{" 0 : 0, 3"};
    QTest::newRow("empty last group") << QByteArray{"10.99.0.11:8091 : "}
                                      << QByteArray{" 0 :  0.001 :  200 :  accel_noresolve"};
    QTest::newRow("end of line") << QByteArray{"502, 200"} << QByteArray{};
}

void TestListGrammar::aListEndsWhereTheNextFieldBegins()
{
    QFETCH(QByteArray, list);
    QFETCH(QByteArray, rest);
    const auto text = list.toStdString() + rest.toStdString();
    QCOMPARE(upstreamListLength(text), static_cast<std::size_t>(list.size()));
}

void TestListGrammar::shapesAreEqualOnlyGroupByGroup()
{
    UpstreamList first;
    UpstreamList second;
    parseUpstreamList("a:1, b:2 : c:3", first);
    parseUpstreamList("502, 504 : 200", second);
    QVERIFY(haveSameShape(first, second));
    parseUpstreamList("502, 504, 200", second);
    QVERIFY(!haveSameShape(first, second));
    parseUpstreamList("502 : 504, 200", second);
    QVERIFY(!haveSameShape(first, second));
    parseUpstreamList("a:1", first);
    parseUpstreamList("200 : ", second);
    QVERIFY(!haveSameShape(first, second));
}

void TestListGrammar::hostileListsStayBounded()
{
    UpstreamList list;
    const std::string commas(1'000'000, ',');
    parseUpstreamList(commas, list);
    QVERIFY(list.items.size() <= 65'535);
    std::string groups;
    for (int i = 0; i < 100'000; ++i)
        groups += " : ";
    parseUpstreamList(groups, list);
    QVERIFY(list.items.size() <= 65'535);
    QVERIFY(upstreamListLength(groups) <= groups.size());
}

QTEST_APPLESS_MAIN(TestListGrammar)

#include "tst_listgrammar.moc"
