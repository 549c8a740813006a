// SPDX-FileCopyrightText: The Halfshake authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/batch.h"

#include "app/exitstatus.h"
#include "app/screenshot.h"
#include "models/incident/load.h"
#include "models/itemmodels/texts.h"
#include "models/report/analysisjson.h"
#include "models/report/reportwriter.h"

#include <QCoreApplication>
#include <QFile>
#include <QSaveFile>

#include <algorithm>
#include <cstdio>
#include <optional>
#include <string>
#include <vector>

namespace halfshake {

namespace {

void print(std::FILE* stream, const QString& text)
{
    const auto bytes = text.toUtf8();
    std::fwrite(bytes.constData(), 1, static_cast<std::size_t>(bytes.size()), stream);
}

QString tr(const char* text)
{
    return QCoreApplication::translate("Batch", text);
}

bool writeJson(const IncidentSnapshot& snapshot, const CommandLine& commandLine)
{
    const auto json = analysisJson(snapshot, commandLine.listsAll ? AnalysisDetail::All : AnalysisDetail::Notable);
    if (commandLine.jsonPath == QLatin1String("-")) {
        const auto size = static_cast<std::size_t>(json.size());
        return std::fwrite(json.constData(), 1, size, stdout) == size && std::fflush(stdout) == 0;
    }
    QSaveFile file(commandLine.jsonPath);
    if (file.open(QIODevice::WriteOnly) && file.write(json) == json.size() && file.commit())
        return true;
    print(stderr, tr("halfshake: cannot write %1: %2\n").arg(commandLine.jsonPath, file.errorString()));
    return false;
}

bool writeReportFile(const IncidentSnapshot& snapshot, const QString& path)
{
    JobContext job;
    const auto written = writeReport(snapshot, path, {.title = {}, .created = QDateTime::currentDateTimeUtc()}, job);
    if (!written)
        print(stderr, tr("halfshake: cannot write the report %1: %2\n").arg(path, texts::diagnostic(written.error())));
    return written.has_value();
}

/// Evidence that stands for nothing new (empty, or the same file twice) is no failure to read.
bool failedToRead(const Evidence& evidence)
{
    if (!evidence.error)
        return false;
    const auto level = describe(evidence.error->code).level;
    return level == DiagnosticLevel::Error || level == DiagnosticLevel::DataLoss;
}

void reportProblems(const IncidentSnapshot& snapshot)
{
    for (const auto& evidence : snapshot.evidence) {
        if (!evidence)
            continue;
        if (evidence->error)
            print(stderr,
                tr("halfshake: %1: %2\n")
                    .arg(QString::fromStdString(evidence->path), texts::diagnostic(*evidence->error)));
        else if (evidence->kind == EvidenceKind::Text)
            print(stderr,
                tr("halfshake: %1: text in no known format, not analysed\n")
                    .arg(QString::fromStdString(evidence->path)));
    }
}

/// The answer in a few lines, for a person who asked for no file.
void printSummary(const IncidentSnapshot& snapshot)
{
    const auto& statistics = snapshot.correlation->statistics;
    print(stdout,
        tr("%1 requests, %2 failed upstream attempts, %3 of them linked to their TCP connection.\n")
            .arg(texts::count(statistics.requests), texts::count(statistics.failedAttempts),
                texts::count(statistics.linkedAttempts)));
    for (const auto& cause : snapshot.causes) {
        if (cause.certainty == Certainty::Excluded)
            continue;
        print(stdout,
            QStringLiteral("%1: %2 (%3/%4)\n  %5\n")
                .arg(texts::certainty(cause.certainty), QString::fromStdString(cause.title))
                .arg(cause.explained)
                .arg(cause.outOf)
                .arg(QString::fromStdString(cause.explanation)));
    }
    for (const auto& finding : snapshot.findings) {
        if (finding.verdict == Verdict::Fires && !finding.isContext)
            print(stdout,
                QStringLiteral("%1 %2: %3\n")
                    .arg(QString::fromStdString(finding.rule), QString::fromStdString(finding.title),
                        QString::fromStdString(finding.subject)));
    }
}

int statusOf(const IncidentSnapshot& snapshot)
{
    const auto failed = std::ranges::count_if(
        snapshot.evidence, [](const auto& evidence) { return evidence && failedToRead(*evidence); });
    const auto read = std::ranges::count_if(
        snapshot.evidence, [](const auto& evidence) { return evidence && evidence->state == EvidenceState::Read; });
    if (read == 0)
        return exitstatus::nothingReadable;
    if (failed > 0)
        return exitstatus::someUnreadable;
    return hasFailures(snapshot.correlation->statistics) ? exitstatus::failuresFound : exitstatus::nothingFailing;
}

} // namespace

int runBatch(const CommandLine& commandLine)
{
    std::vector<std::string> paths;
    for (const auto& path : commandLine.evidence)
        paths.push_back(path.toStdString());
    JobContext::ProgressFunction showProgress;
    if (commandLine.showsProgress)
        showProgress = [](Progress progress) {
            print(stderr, tr("\rRead %1 of %2").arg(progress.done).arg(progress.total - 1));
            if (progress.done + 1 >= progress.total)
                print(stderr, QStringLiteral("\n"));
        };
    JobContext job({}, std::move(showProgress));
    const auto loaded = loadIncident(paths, job);
    if (!loaded) {
        print(stderr, tr("halfshake: %1\n").arg(texts::diagnostic(loaded.error())));
        return exitstatus::nothingReadable;
    }
    const auto& snapshot = **loaded;
    reportProblems(snapshot);

    bool isWritten = true;
    if (!commandLine.jsonPath.isEmpty())
        isWritten = writeJson(snapshot, commandLine) && isWritten;
    if (!commandLine.reportPath.isEmpty())
        isWritten = writeReportFile(snapshot, commandLine.reportPath) && isWritten;
    if (!commandLine.screenshotPath.isEmpty())
        isWritten = writeScreenshot(commandLine.evidence, commandLine.screenshotPath) && isWritten;
    if (commandLine.jsonPath != QLatin1String("-"))
        printSummary(snapshot);
    return isWritten ? statusOf(snapshot) : exitstatus::usage;
}

} // namespace halfshake
