// SPDX-FileCopyrightText: The Halfshake authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "models/base/diagnosticlog.h"

#include <QTest>

using namespace halfshake;

namespace {

SourceRef atLine(std::uint64_t line)
{
    return {.evidence = EvidenceId{0}, .line = line};
}

DiagnosticLog logOf(DiagnosticCode code, std::uint64_t count, std::uint64_t firstLine)
{
    DiagnosticLog log;
    for (std::uint64_t i = 0; i < count; ++i)
        log.add(code, atLine(firstLine + i));
    return log;
}

} // namespace

class TestDiagnosticLog : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void aNewLogIsEmpty();
    void everyOccurrenceIsCountedAndTheFirstPlacesAreKept();
    void oneFrequentCodeDoesNotCrowdOutAnother();
    void placesAndArgumentsAreKept();
    void appendingAddsCountsAndKeepsThePlacesOfBoth();
    void appendingKeepsNoMorePlacesThanOneLogDoes();
    void everyCodeHasAStableNameOfItsOwn();
};

void TestDiagnosticLog::aNewLogIsEmpty()
{
    const DiagnosticLog log;
    QVERIFY(log.isEmpty());
    QVERIFY(log.entries().empty());
    QCOMPARE(log.count(DiagnosticCode::LogLineMalformed), std::uint64_t{0});
}

void TestDiagnosticLog::everyOccurrenceIsCountedAndTheFirstPlacesAreKept()
{
    const auto log = logOf(DiagnosticCode::LogLineMalformed, 1000, 1);
    QVERIFY(!log.isEmpty());
    QCOMPARE(log.count(DiagnosticCode::LogLineMalformed), std::uint64_t{1000});
    QCOMPARE(log.entries().size(), DiagnosticLog::placesKept);
    for (std::size_t i = 0; i < log.entries().size(); ++i)
        QCOMPARE(log.entries()[i].where.line, i + 1);
}

void TestDiagnosticLog::oneFrequentCodeDoesNotCrowdOutAnother()
{
    auto log = logOf(DiagnosticCode::LogLineMalformed, 1000, 1);
    log.add(DiagnosticCode::LogLineTooLong, atLine(2000), {"4096"});
    QCOMPARE(log.entries().size(), DiagnosticLog::placesKept + 1);
    QCOMPARE(log.entries().back().code, DiagnosticCode::LogLineTooLong);
    QCOMPARE(log.counts().size(), std::size_t{2});
}

void TestDiagnosticLog::placesAndArgumentsAreKept()
{
    DiagnosticLog log;
    const Diagnostic diagnostic{DiagnosticCode::ParameterLineMalformed, atLine(17), {"no ="}};
    log.add(diagnostic);
    QVERIFY(log.entries().front() == diagnostic);
}

void TestDiagnosticLog::appendingAddsCountsAndKeepsThePlacesOfBoth()
{
    auto log = logOf(DiagnosticCode::LogLineMalformed, 3, 1);
    log.append(logOf(DiagnosticCode::LogLineMalformed, 2, 100));
    log.append(logOf(DiagnosticCode::LogZoneAssumed, 1, 200));
    QCOMPARE(log.count(DiagnosticCode::LogLineMalformed), std::uint64_t{5});
    QCOMPARE(log.count(DiagnosticCode::LogZoneAssumed), std::uint64_t{1});
    QCOMPARE(log.entries().size(), std::size_t{6});
    QCOMPARE(log.entries()[3].where.line, std::uint64_t{100});
}

void TestDiagnosticLog::appendingKeepsNoMorePlacesThanOneLogDoes()
{
    auto log = logOf(DiagnosticCode::LogLineMalformed, 8, 1);
    log.append(logOf(DiagnosticCode::LogLineMalformed, 500, 100));
    log.append(logOf(DiagnosticCode::LogLineMalformed, 500, 1000));
    QCOMPARE(log.count(DiagnosticCode::LogLineMalformed), std::uint64_t{1008});
    QCOMPARE(log.entries().size(), DiagnosticLog::placesKept);
    QCOMPARE(log.entries().back().where.line, std::uint64_t{101});
}

void TestDiagnosticLog::everyCodeHasAStableNameOfItsOwn()
{
    std::vector<std::string_view> names;
    for (const auto& description : diagnosticCatalogue)
        names.push_back(describe(description.code).name);
    std::ranges::sort(names);
    QVERIFY(std::ranges::adjacent_find(names) == names.end());
    QCOMPARE(describe(DiagnosticCode::ArchiveDamaged).name, std::string_view{"archive-damaged"});
}

QTEST_APPLESS_MAIN(TestDiagnosticLog)

#include "tst_diagnosticlog.moc"
