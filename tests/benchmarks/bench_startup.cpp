// SPDX-FileCopyrightText: The Halfshake authors
// SPDX-License-Identifier: GPL-3.0-or-later

// Starting: the program with the sample incident, from exec until every pane shows it, beside the least that a Qt
// program with a window needs. Loading: the longest time for which the GUI thread did not turn while the sample was
// read. Works offscreen unless there is a display: QT_QPA_PLATFORM=xcb or wayland measures on one.

#include "tests/gui/workbench.h"
#include "widgets/common/guithreadmonitor.h"

#include <benchmark/benchmark.h>

#include <QApplication>
#include <QElapsedTimer>
#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QMainWindow>
#include <QProcess>
#include <QTemporaryDir>
#include <QTest>
#include <QTimer>

#include <algorithm>
#include <cstdio>
#include <string_view>

using namespace Qt::StringLiterals;
using namespace halfshake;

namespace {

constexpr int patience = 30'000; // milliseconds
constexpr std::string_view emptyWindowArgument = "--empty-window";

QProcessEnvironment environmentIn(const QTemporaryDir& folder)
{
    QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
    environment.insert(u"XDG_CONFIG_HOME"_s, folder.filePath(u"config"_s));
    environment.insert(u"XDG_CACHE_HOME"_s, folder.filePath(u"cache"_s));
    environment.insert(u"HALFSHAKE_INSPECT"_s, folder.filePath(u"state.json"_s));
    return environment;
}

bool showsTheSample(const QString& statePath)
{
    QFile file(statePath);
    if (!file.open(QIODevice::ReadOnly))
        return false;
    const QJsonObject state = QJsonDocument::fromJson(file.readAll()).object();
    return state[u"idle"_s].toBool() && !state[u"evidence"_s].toArray().isEmpty()
        && !state[u"marks"_s].toObject().isEmpty();
}

void endProcess(QProcess& process)
{
    process.kill();
    process.waitForFinished(patience);
}

void sampleIncident(benchmark::State& benchmarkState)
{
    const QTemporaryDir folder; // stays, so that all but the first are second starts
    const QString statePath = folder.filePath(u"state.json"_s);
    for ([[maybe_unused]] const auto& iteration : benchmarkState) {
        QFile::remove(statePath);
        QProcess process;
        process.setProcessEnvironment(environmentIn(folder));
        QElapsedTimer timer;
        timer.start();
        process.start(QStringLiteral(HALFSHAKE_PROGRAM), {u"--sample"_s});
        const bool shown = QTest::qWaitFor([&] { return showsTheSample(statePath); }, patience);
        benchmarkState.SetIterationTime(static_cast<double>(timer.nsecsElapsed()) / 1e9);
        endProcess(process);
        if (!shown)
            benchmarkState.SkipWithError("the sample incident was not shown");
    }
}

void emptyQtWindow(benchmark::State& benchmarkState)
{
    for ([[maybe_unused]] const auto& iteration : benchmarkState) {
        QProcess process;
        QElapsedTimer timer;
        timer.start();
        process.start(QCoreApplication::applicationFilePath(), {QString::fromLatin1(emptyWindowArgument)});
        const bool shown = process.waitForReadyRead(patience);
        benchmarkState.SetIterationTime(static_cast<double>(timer.nsecsElapsed()) / 1e9);
        endProcess(process);
        if (!shown)
            benchmarkState.SkipWithError("the empty window was not shown");
    }
}

void guiThreadWhileLoading(benchmark::State& benchmarkState)
{
    double longestBlock = 0;
    double longestWork = 0;
    for ([[maybe_unused]] const auto& iteration : benchmarkState) {
        test::Workbench workbench;
        workbench.settle();
        GuiThreadMonitor monitor;
        monitor.start();
        if (!workbench.openSample())
            benchmarkState.SkipWithError("the sample incident was not read");
        monitor.stop();
        longestBlock =
            std::max(longestBlock, std::chrono::duration<double, std::milli>(monitor.longestBlock()).count());
        longestWork = std::max(longestWork, std::chrono::duration<double, std::milli>(monitor.longestWork()).count());
    }
    benchmarkState.counters["longest_block_ms"] = longestBlock;
    benchmarkState.counters["longest_work_ms"] = longestWork;
}

/// The peer of sampleIncident: says that its window was painted, and stays.
int showEmptyWindow(int argc, char* argv[])
{
    const QApplication application(argc, argv);
    QMainWindow window;
    window.resize(1440, 900);
    window.show();
    QTimer::singleShot(0, &window, [] {
        std::puts("shown");
        std::fflush(stdout);
    });
    return QApplication::exec();
}

BENCHMARK(sampleIncident)->UseManualTime()->Iterations(1)->Repetitions(7)->Unit(benchmark::kMillisecond);
BENCHMARK(emptyQtWindow)->UseManualTime()->Iterations(1)->Repetitions(7)->Unit(benchmark::kMillisecond);
BENCHMARK(guiThreadWhileLoading)->Iterations(1)->Repetitions(5)->Unit(benchmark::kMillisecond);

} // namespace

int main(int argc, char* argv[])
{
    if (!qEnvironmentVariableIsSet("DISPLAY") && !qEnvironmentVariableIsSet("WAYLAND_DISPLAY")
        && !qEnvironmentVariableIsSet("QT_QPA_PLATFORM"))
        qputenv("QT_QPA_PLATFORM", "offscreen");
    if (argc > 1 && argv[1] == emptyWindowArgument)
        return showEmptyWindow(argc, argv);
    const QApplication application(argc, argv);
    benchmark::Initialize(&argc, argv);
    benchmark::RunSpecifiedBenchmarks();
    return 0;
}
