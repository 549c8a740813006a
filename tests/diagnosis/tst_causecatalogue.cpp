// SPDX-FileCopyrightText: The Halfshake authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "models/diagnosis/causecatalogue.h"

#include <QTest>

#include <format>

using namespace halfshake;

namespace {

const std::string goodCause = R"(causes:
  - id: x-cause
    title: A title
    explains: attempt.status == 502
    explanation: "{explained.count} failures."
    supports:
      - id: s
        weight: strong
        condition: explained.count > 1
        text: "{explained.count} of them."
        missing: A capture.
        command: tcpdump
)";

std::string described(const CauseCatalogue& catalogue)
{
    std::string text;
    for (const auto& error : catalogue.errors())
        text += std::format("{}|{}|{}:{}|{}\n", error.file, error.rule, error.line, error.column, error.text);
    return text;
}

} // namespace

class TestCauseCatalogue : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void aCauseIsReadWithAllItsFields();
    void mistakesAreToldByFileLineAndColumn_data();
    void mistakesAreToldByFileLineAndColumn();
    void everyShippedCauseIsComplete_data();
    void everyShippedCauseIsComplete();
};

void TestCauseCatalogue::aCauseIsReadWithAllItsFields()
{
    CauseCatalogue catalogue;
    catalogue.add(goodCause, "x.yaml");
    QCOMPARE(described(catalogue), std::string());
    const auto* const cause = catalogue.find("x-cause");
    QVERIFY(cause);
    QCOMPARE(cause->applies.text(), std::string("true"));
    QCOMPARE(cause->explains->text(), std::string("attempt.status == 502"));
    QVERIFY(!cause->isRemainder);
    QCOMPARE(cause->supports.size(), std::size_t{1});
    QCOMPARE(cause->supports[0].weight, StatementWeight::Strong);
    QCOMPARE(cause->supports[0].cites, CitedObjects::None);
    QCOMPARE(cause->supports[0].command, std::string("tcpdump"));
}

void TestCauseCatalogue::mistakesAreToldByFileLineAndColumn_data()
{
    QTest::addColumn<QByteArray>("from");
    QTest::addColumn<QByteArray>("to");
    QTest::addColumn<QByteArray>("error"); // begins with
    const auto row = [](const char* name, const char* from, const char* to, const char* error) {
        QTest::newRow(name) << QByteArray(from) << QByteArray(to) << QByteArray(error);
    };
    row("unknown field", "    title", "    titel: x\n    title", "x.yaml|x-cause|3:5|unknown field 'titel'");
    row("unknown weight", "weight: strong", "weight: heavy", "x.yaml|x-cause|8:17|weight cannot be 'heavy'");
    row("bad condition", "explained.count > 1", "explained.count >", "x.yaml|x-cause|9:37|expected a value at the end");
    row("bad place in a text", "{explained.count} of", "{explained.count of", "x.yaml|x-cause|10:");
    row("test without a command", "        command: tcpdump\n", "", "x.yaml|x-cause|11:18|say with which command");
    row("no explanation", "    explanation: \"{explained.count} failures.\"\n", "",
        "x.yaml|x-cause|2:5|explanation is missing");
    row("no list of causes", "causes:", "cause:", "x.yaml||1:1|the file has no list 'causes'");
}

void TestCauseCatalogue::mistakesAreToldByFileLineAndColumn()
{
    QFETCH(QByteArray, from);
    QFETCH(QByteArray, to);
    QFETCH(QByteArray, error);
    auto yaml = QByteArray::fromStdString(goodCause);
    QVERIFY(yaml.contains(from));
    CauseCatalogue catalogue;
    catalogue.add(yaml.replace(from, to).toStdString(), "x.yaml");
    QVERIFY2(QByteArray::fromStdString(described(catalogue)).startsWith(error), described(catalogue).c_str());
    QVERIFY(catalogue.causes().empty());
}

void TestCauseCatalogue::everyShippedCauseIsComplete_data()
{
    QTest::addColumn<QByteArray>("id");
    static const auto catalogue = CauseCatalogue::shipped();
    QVERIFY(!catalogue.causes().empty());
    for (const auto& cause : catalogue.causes())
        QTest::newRow(cause.id.c_str()) << QByteArray::fromStdString(cause.id);
}

void TestCauseCatalogue::everyShippedCauseIsComplete()
{
    QFETCH(QByteArray, id);
    const auto catalogue = CauseCatalogue::shipped();
    const auto& cause = *catalogue.find(id.toStdString());
    QVERIFY(!cause.supports.empty());
    QVERIFY(!cause.remedy.empty());
    QVERIFY(cause.explains || cause.id == "healthy" || cause.id == "packet-loss");
    QVERIFY(!cause.sources.empty() || cause.id == "healthy" || cause.id == "unknown");
}

QTEST_APPLESS_MAIN(TestCauseCatalogue)
#include "tst_causecatalogue.moc"
