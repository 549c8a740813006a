// SPDX-FileCopyrightText: The Halfshake authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/batch.h"
#include "app/commandline.h"
#include "app/exitstatus.h"
#include "app/mainwindow.h"
#include "app/rulescommand.h"
#include "models/incident/incident.h"

#include <QApplication>
#include <QCoreApplication>

#include <cstdio>
#include <memory>

namespace {

QStringList toStringList(int argc, char* argv[])
{
    QStringList arguments;
    for (int i = 0; i < argc; ++i)
        arguments.append(QString::fromLocal8Bit(argv[i]));
    return arguments;
}

/// Batch runs paint without a display too.
void paintOffscreenWithoutDisplay()
{
    const bool hasDisplay = qEnvironmentVariableIsSet("DISPLAY") || qEnvironmentVariableIsSet("WAYLAND_DISPLAY");
    if (!hasDisplay && !qEnvironmentVariableIsSet("QT_QPA_PLATFORM"))
        qputenv("QT_QPA_PLATFORM", "offscreen");
}

std::unique_ptr<QCoreApplication> makeApplication(int& argc, char* argv[])
{
    const auto arguments = toStringList(argc, argv);
    if (!halfshake::needsWindowSystem(arguments))
        return std::make_unique<QCoreApplication>(argc, argv);
    if (arguments.value(1) == QLatin1String("analyze"))
        paintOffscreenWithoutDisplay();
    return std::make_unique<QApplication>(argc, argv);
}

int runWindow(const halfshake::CommandLine& commandLine)
{
    halfshake::Incident incident;
    halfshake::MainWindow window(incident);
    window.show();
    if (commandLine.opensSample)
        window.openSample();
    if (!commandLine.evidence.isEmpty())
        incident.addPaths(commandLine.evidence);
    return QApplication::exec();
}

int print(const halfshake::RulesCommandResult& result)
{
    std::fputs(qPrintable(result.output), stdout);
    return result.exitStatus;
}

} // namespace

int main(int argc, char* argv[])
{
    QCoreApplication::setApplicationName(QStringLiteral("halfshake"));
    QCoreApplication::setApplicationVersion(QStringLiteral(HALFSHAKE_VERSION));
    QCoreApplication::setOrganizationName(QStringLiteral("halfshake"));

    const auto application = makeApplication(argc, argv);
    const auto parsed = halfshake::parseCommandLine(QCoreApplication::arguments());
    if (parsed.mustExit) {
        std::fputs(qPrintable(parsed.output), parsed.exitStatus == 0 ? stdout : stderr);
        return parsed.exitStatus;
    }
    const auto& commandLine = parsed.commandLine;
    switch (commandLine.mode) {
    case halfshake::CommandLineMode::Window:
        return runWindow(commandLine);
    case halfshake::CommandLineMode::Analyze:
        return halfshake::runBatch(commandLine);
    case halfshake::CommandLineMode::ListRules:
        return print(halfshake::listRules());
    case halfshake::CommandLineMode::TestRules:
        return print(halfshake::testRules(commandLine.ruleFiles));
    }
    return halfshake::exitstatus::usage;
}
