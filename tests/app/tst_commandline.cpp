// SPDX-FileCopyrightText: The Halfshake authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/commandline.h"
#include "app/exitstatus.h"

#include <QTest>

using namespace halfshake;

class TestCommandLine : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void evidenceAloneOpensTheWindow();
    void analyzeTakesItsOptionsAndEvidence();
    void unknownOptionsAndMissingEvidenceAreUsageErrors();
    void helpIsNoError();
    void onlyWhatPaintsNeedsAWindowSystem();
};

void TestCommandLine::evidenceAloneOpensTheWindow()
{
    const auto result =
        parseCommandLine({QStringLiteral("halfshake"), QStringLiteral("a.pcap"), QStringLiteral("b.log")});
    QVERIFY(!result.mustExit);
    QCOMPARE(result.commandLine.mode, CommandLineMode::Window);
    QCOMPARE(result.commandLine.evidence, QStringList({QStringLiteral("a.pcap"), QStringLiteral("b.log")}));
}

void TestCommandLine::analyzeTakesItsOptionsAndEvidence()
{
    const auto result =
        parseCommandLine({QStringLiteral("halfshake"), QStringLiteral("analyze"), QStringLiteral("--json"),
            QStringLiteral("-"), QStringLiteral("--report=r.pdf"), QStringLiteral("--all"), QStringLiteral("a.pcap")});
    QVERIFY2(!result.mustExit, qPrintable(result.output));
    QCOMPARE(result.commandLine.mode, CommandLineMode::Analyze);
    QCOMPARE(result.commandLine.jsonPath, QStringLiteral("-"));
    QCOMPARE(result.commandLine.reportPath, QStringLiteral("r.pdf"));
    QVERIFY(result.commandLine.listsAll);
    QCOMPARE(result.commandLine.evidence, QStringList{QStringLiteral("a.pcap")});
}

void TestCommandLine::unknownOptionsAndMissingEvidenceAreUsageErrors()
{
    for (const auto& arguments : {QStringList{QStringLiteral("--nonsense")}, QStringList{QStringLiteral("analyze")},
             QStringList{QStringLiteral("analyze"), QStringLiteral("--nonsense"), QStringLiteral("a")}}) {
        const auto result = parseCommandLine(QStringList{QStringLiteral("halfshake")} + arguments);
        QVERIFY(result.mustExit);
        QCOMPARE(result.exitStatus, exitstatus::usage);
        QVERIFY(!result.output.isEmpty());
    }
}

void TestCommandLine::helpIsNoError()
{
    const auto result =
        parseCommandLine({QStringLiteral("halfshake"), QStringLiteral("analyze"), QStringLiteral("--help")});
    QVERIFY(result.mustExit);
    QCOMPARE(result.exitStatus, 0);
    QVERIFY(result.output.contains(QStringLiteral("--screenshot")));
}

void TestCommandLine::onlyWhatPaintsNeedsAWindowSystem()
{
    const auto needs = [](const QStringList& arguments) {
        return needsWindowSystem(QStringList{QStringLiteral("halfshake")} + arguments);
    };
    QVERIFY(needs({}));
    QVERIFY(needs({QStringLiteral("a.pcap")}));
    QVERIFY(!needs({QStringLiteral("--help")}));
    QVERIFY(!needs({QStringLiteral("analyze"), QStringLiteral("--json"), QStringLiteral("-"), QStringLiteral("a")}));
    QVERIFY(needs({QStringLiteral("analyze"), QStringLiteral("--report=r.pdf"), QStringLiteral("a")}));
    QVERIFY(needs(
        {QStringLiteral("analyze"), QStringLiteral("--screenshot"), QStringLiteral("s.png"), QStringLiteral("a")}));
}

QTEST_GUILESS_MAIN(TestCommandLine)

#include "tst_commandline.moc"
