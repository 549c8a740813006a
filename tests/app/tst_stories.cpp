// SPDX-FileCopyrightText: The Halfshake authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "models/incident/load.h"
#include "models/report/analysisids.h"
#include "tests/support/golden.h"

#include <QDir>
#include <QFile>
#include <QTest>

#include <algorithm>
#include <fstream>
#include <sstream>

using namespace halfshake;

namespace {

const QString storiesFolder = QStringLiteral(HALFSHAKE_SOURCE_DIR "/tests/golden");

std::vector<std::string> evidenceOf(const QDir& story)
{
    QFile list(story.filePath(QStringLiteral("evidence.txt")));
    if (!list.open(QIODevice::ReadOnly))
        return {story.filePath(QStringLiteral("evidence")).toStdString()};
    std::vector<std::string> paths;
    for (const auto& line : list.readAll().trimmed().split('\n'))
        paths.push_back(HALFSHAKE_SOURCE_DIR "/" + line.toStdString());
    return paths;
}

std::string linksText(const IncidentSnapshot& snapshot)
{
    std::vector<std::pair<std::uint64_t, std::string>> rows;
    for (const auto& link : snapshot.correlation->links) {
        const auto& attempt = *snapshot.upstreamAttempt(link.attempt);
        const auto line = snapshot.log(link.attempt.evidence)->requests[attempt.request].line;
        std::ostringstream row;
        row << line << '\t' << attempt.index << '\t' << toString(link.errorClass) << '\t';
        if (const auto* connection = link.connection ? snapshot.connection(*link.connection) : nullptr)
            row << toString(connection->client) << '\t' << toString(connection->outcome);
        else
            row << "-\t" << toString(link.whyNone);
        rows.emplace_back(line, row.str());
    }
    std::ranges::sort(rows);
    std::string text = "line\tindex\terror_class\tclient\toutcome\n";
    for (const auto& [line, row] : rows)
        text += row + '\n';
    return text;
}

std::string verdictsText(const IncidentSnapshot& snapshot)
{
    std::ostringstream text;
    for (const auto& cause : snapshot.causes) {
        text << "cause " << cause.id << ": " << toString(cause.certainty) << ", explains " << cause.explained << " of "
             << cause.outOf << '\n';
        if (cause.certainty == Certainty::Excluded)
            continue;
        text << "  " << cause.explanation << '\n';
        for (const auto& statement : cause.supports)
            text << "  + " << statement.text << '\n';
        for (const auto& statement : cause.contradicts)
            text << "  - " << statement.text << '\n';
        for (const auto& test : cause.missing)
            text << "  ? " << test.text << '\n';
    }
    for (const auto& finding : snapshot.findings) {
        text << "rule " << finding.rule << " on " << finding.subject << ": " << toString(finding.verdict) << '\n';
        if (finding.verdict != Verdict::Fires)
            continue;
        for (const auto& value : finding.values)
            text << "  " << value.name << " = " << value.value << ' '
                 << (value.isAssumed ? "assumed" : toString(value.place)) << '\n';
    }
    return text.str();
}

std::string contentsOf(const QString& path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll().toStdString() : std::string();
}

} // namespace

class TestStories : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void everyStoryComesOutAsItMust_data();
    void everyStoryComesOutAsItMust();
    void theSameEvidenceGivesTheSameWords();
};

void TestStories::everyStoryComesOutAsItMust_data()
{
    QTest::addColumn<QString>("folder");
    for (const auto& name : QDir(storiesFolder).entryList(QDir::Dirs | QDir::NoDotAndDotDot, QDir::Name))
        QTest::newRow(qPrintable(name)) << storiesFolder + u'/' + name;
}

void TestStories::everyStoryComesOutAsItMust()
{
    QFETCH(const QString, folder);
    const QDir story(folder);
    JobContext job;
    const auto snapshot = loadIncident(evidenceOf(story), job);
    QVERIFY(snapshot);
    for (const auto& evidence : (*snapshot)->evidence)
        QVERIFY2(!evidence->error, evidence->path.c_str());
    const auto expectedLinks = contentsOf(story.filePath(QStringLiteral("expected.links.tsv")));
    QCOMPARE(linksText(**snapshot), expectedLinks);
    QVERIFY(test::matchesGolden(
        story.filePath(QStringLiteral("expected.verdicts.txt")).toStdString(), verdictsText(**snapshot)));
}

void TestStories::theSameEvidenceGivesTheSameWords()
{
    const QDir story(storiesFolder + QStringLiteral("/nodeport-collision"));
    JobContext job;
    const auto first = loadIncident(evidenceOf(story), job);
    const auto second = loadIncident(evidenceOf(story), job);
    QVERIFY(first && second);
    QCOMPARE(verdictsText(**first), verdictsText(**second));
}

QTEST_GUILESS_MAIN(TestStories)

#include "tst_stories.moc"
