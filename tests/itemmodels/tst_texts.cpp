// SPDX-FileCopyrightText: The Halfshake authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "models/incident/incidentsnapshot.h"
#include "models/itemmodels/texts.h"

#include <QTest>

#include <set>
#include <utility>

using namespace halfshake;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

class TestTexts : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void everyDiagnosticHasWords_data();
    void everyDiagnosticHasWords();
    void argumentsAreTakenAsTheyAre();
    void missingArgumentsShowAsQuestionMarks();
    void thePlaceComesFirst();
    void everyOutcomeHasItsOwnWords();
    void aCutOffOutcomeHasAQuestionMark();
    void everyErrorClassHasItsOwnWords();
    void bytesHaveThreeDigits_data();
    void bytesHaveThreeDigits();
    void countsAreGroupedByThousands();
    void timesAreUtcWithMicroseconds();
    void placesNameTheEvidence();
};

void TestTexts::everyDiagnosticHasWords_data()
{
    QTest::addColumn<int>("code");
    for (const auto& entry : diagnosticCatalogue)
        QTest::newRow(std::string(entry.name).c_str()) << int{std::to_underlying(entry.code)};
}

void TestTexts::everyDiagnosticHasWords()
{
    QFETCH(const int, code);
    const Diagnostic diagnostic{static_cast<DiagnosticCode>(code), {}, {"first", "second"}};
    const QString text = texts::diagnostic(diagnostic);
    QVERIFY2(text.size() > 20, qPrintable(text));
    QVERIFY2(text.endsWith(u'.'), qPrintable(text));
    QVERIFY2(text.front().isUpper() || text.startsWith("first"_L1), qPrintable(text));
    QVERIFY2(!text.contains(u'%'), qPrintable(text));
    QVERIFY(!texts::diagnosticLevel(describe(diagnostic.code).level).isEmpty());
}

void TestTexts::argumentsAreTakenAsTheyAre()
{
    const Diagnostic diagnostic{DiagnosticCode::ArchiveMemberRefused, {}, {"100%2.txt", "it climbs out"}};
    QCOMPARE(texts::diagnostic(diagnostic), u"The archive's member 100%2.txt was left out: it climbs out."_s);
}

void TestTexts::missingArgumentsShowAsQuestionMarks()
{
    const Diagnostic diagnostic{DiagnosticCode::LogZoneAssumed, {}, {}};
    QCOMPARE(texts::diagnostic(diagnostic), u"The log states no time zone; ? is assumed."_s);
}

void TestTexts::thePlaceComesFirst()
{
    const Diagnostic line{DiagnosticCode::LogTimestampUnparsable, {.evidence = EvidenceId{1}, .line = 210}, {}};
    QVERIFY(texts::diagnostic(line).startsWith("Line 210: "_L1));
    const Diagnostic packet{DiagnosticCode::CapturePacketUndecodable, {.evidence = EvidenceId{1}, .packet = 7}, {"x"}};
    QVERIFY(texts::diagnostic(packet).startsWith("Packet 7: "_L1));
}

void TestTexts::everyOutcomeHasItsOwnWords()
{
    std::set<QString> names;
    std::set<QString> explanations;
    const int count = std::to_underlying(HandshakeOutcome::Indeterminate) + 1;
    for (int i = 0; i < count; ++i) {
        ConnectionAttempt attempt;
        attempt.outcome = static_cast<HandshakeOutcome>(i);
        names.insert(texts::outcome(attempt));
        explanations.insert(texts::outcomeExplanation(attempt.outcome));
    }
    QCOMPARE(static_cast<int>(names.size()), count);
    QCOMPARE(static_cast<int>(explanations.size()), count);
}

void TestTexts::aCutOffOutcomeHasAQuestionMark()
{
    ConnectionAttempt attempt;
    attempt.outcome = HandshakeOutcome::SynUnanswered;
    attempt.isEndCutOff = true;
    QCOMPARE(texts::outcome(attempt), u"SYN unanswered?"_s);
}

void TestTexts::everyErrorClassHasItsOwnWords()
{
    std::set<QString> names;
    const int count = std::to_underlying(ErrorClass::Other) + 1;
    for (int i = 0; i < count; ++i)
        names.insert(texts::errorClass(static_cast<ErrorClass>(i)));
    QCOMPARE(static_cast<int>(names.size()), count);
}

void TestTexts::bytesHaveThreeDigits_data()
{
    QTest::addColumn<quint64>("bytes");
    QTest::addColumn<QString>("text");
    QTest::newRow("few") << quint64{999} << u"999 B"_s;
    QTest::newRow("kilo") << quint64{1000} << u"1.00 kB"_s;
    QTest::newRow("tens") << quint64{48'855} << u"48.9 kB"_s;
    QTest::newRow("hundreds") << quint64{281'248} << u"281 kB"_s;
    QTest::newRow("rounds up to the next unit") << quint64{999'600} << u"1.00 MB"_s;
    QTest::newRow("mega") << quint64{1'361'144} << u"1.36 MB"_s;
    QTest::newRow("giga") << quint64{1'067'383'581} << u"1.07 GB"_s;
}

void TestTexts::bytesHaveThreeDigits()
{
    QFETCH(const quint64, bytes);
    QTEST(texts::bytes(bytes), "text");
}

void TestTexts::countsAreGroupedByThousands()
{
    QCOMPARE(texts::count(7), u"7"_s);
    QCOMPARE(texts::count(602), u"602"_s);
    QCOMPARE(texts::count(48'120), u"48\u202f120"_s);
    QCOMPARE(texts::count(1'234'567), u"1\u202f234\u202f567"_s);
}

void TestTexts::timesAreUtcWithMicroseconds()
{
    using namespace std::chrono;
    const TimePoint time = sys_days{2026y / November / 23} + 4h + 29min + 43s + 438'389us + 7ns;
    QCOMPARE(texts::time(time), u"2026-11-23 04:29:43.438389"_s);
    QCOMPARE(texts::timeOfDay(time), u"04:29:43.438389"_s);
}

void TestTexts::placesNameTheEvidence()
{
    auto evidence = std::make_shared<Evidence>();
    evidence->id = EvidenceId{0};
    evidence->name = "ingress.txt";
    IncidentSnapshot snapshot;
    snapshot.evidence.push_back(evidence);
    QCOMPARE(texts::place(snapshot, {.evidence = EvidenceId{0}, .line = 210}), u"ingress.txt:210"_s);
    QCOMPARE(texts::place(snapshot, {.evidence = EvidenceId{0}, .packet = 9}), u"ingress.txt#9"_s);
    QCOMPARE(texts::place(snapshot, {.evidence = EvidenceId{0}}), u"ingress.txt"_s);
    QCOMPARE(texts::place(snapshot, {.evidence = EvidenceId{6}, .line = 1}), u"E7:1"_s);
}

QTEST_GUILESS_MAIN(TestTexts)
#include "tst_texts.moc"
