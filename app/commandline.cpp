// SPDX-FileCopyrightText: The Halfshake authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/commandline.h"

#include "app/exitstatus.h"

#include <unistd.h>

#include <QCommandLineParser>
#include <QCoreApplication>

#include <algorithm>

namespace halfshake {

namespace {

struct Options
{
    QCommandLineOption json{QStringLiteral("json"),
        QCoreApplication::translate("CommandLine", "Write the analysis as JSON; - is standard output."),
        QStringLiteral("file")};
    QCommandLineOption report{QStringLiteral("report"),
        QCoreApplication::translate("CommandLine", "Write a report; the suffix decides: .pdf .html .md .json."),
        QStringLiteral("file")};
    QCommandLineOption screenshot{QStringLiteral("screenshot"),
        QCoreApplication::translate("CommandLine", "Write a picture of the workbench with this evidence (PNG)."),
        QStringLiteral("file")};
    QCommandLineOption progress{QStringLiteral("progress"),
        QCoreApplication::translate("CommandLine", "Show progress on standard error (default on a terminal).")};
    QCommandLineOption all{
        QStringLiteral("all"), QCoreApplication::translate("CommandLine", "List healthy attempts in the JSON too.")};
    QCommandLineOption sample{QStringLiteral("sample"),
        QCoreApplication::translate("CommandLine", "Open the sample incident that comes with the program.")};
};

CommandLineResult usageError(const QString& text)
{
    return {.mustExit = true,
        .exitStatus = exitstatus::usage,
        .output = QCoreApplication::translate("CommandLine", "halfshake: %1\nTry 'halfshake --help'.\n").arg(text)};
}

CommandLineResult parseAnalyze(const QStringList& arguments)
{
    QCommandLineParser parser;
    const Options options;
    parser.setApplicationDescription(QCoreApplication::translate("CommandLine", "Analyses evidence without a window."));
    const auto help = parser.addHelpOption();
    parser.addOptions({options.json, options.report, options.screenshot, options.progress, options.all});
    parser.addPositionalArgument(QStringLiteral("EVIDENCE"),
        QCoreApplication::translate("CommandLine", "Captures, logs, dumps, manifests, folders or archives."),
        QStringLiteral("EVIDENCE..."));
    if (!parser.parse(arguments))
        return usageError(parser.errorText());
    if (parser.isSet(help))
        return {.mustExit = true, .output = parser.helpText()};
    CommandLine commandLine{.mode = CommandLineMode::Analyze,
        .evidence = parser.positionalArguments(),
        .listsAll = parser.isSet(options.all),
        .showsProgress = parser.isSet(options.progress) || isatty(STDERR_FILENO) == 1,
        .jsonPath = parser.value(options.json),
        .reportPath = parser.value(options.report),
        .screenshotPath = parser.value(options.screenshot)};
    if (commandLine.evidence.isEmpty())
        return usageError(QCoreApplication::translate("CommandLine", "analyze needs evidence."));
    return {.commandLine = commandLine};
}

CommandLineResult parseRules(const QStringList& arguments)
{
    QCommandLineParser parser;
    parser.setApplicationDescription(
        QCoreApplication::translate("CommandLine", "Lists the rules, or runs the cases that rules of a file carry."));
    const auto help = parser.addHelpOption();
    parser.addPositionalArgument(QStringLiteral("list | test"),
        QCoreApplication::translate("CommandLine", "What to do."), QStringLiteral("list | test FILE..."));
    if (!parser.parse(arguments))
        return usageError(parser.errorText());
    if (parser.isSet(help))
        return {.mustExit = true, .output = parser.helpText()};
    auto words = parser.positionalArguments();
    const auto verb = words.isEmpty() ? QString() : words.takeFirst();
    if (verb == QLatin1String("list") && words.isEmpty())
        return {.commandLine = {.mode = CommandLineMode::ListRules}};
    if (verb == QLatin1String("test") && !words.isEmpty())
        return {.commandLine = {.mode = CommandLineMode::TestRules, .ruleFiles = words}};
    return usageError(QCoreApplication::translate("CommandLine", "rules needs 'list' or 'test FILE...'."));
}

CommandLineResult parseWindow(const QStringList& arguments)
{
    QCommandLineParser parser;
    const Options options;
    parser.setApplicationDescription(QCoreApplication::translate("CommandLine",
        "Ties failing requests of a Kubernetes ingress to the TCP handshakes that carried them.\n\n"
        "halfshake analyze [options] EVIDENCE... runs without a window; see halfshake analyze --help."));
    const auto help = parser.addHelpOption();
    const auto version = parser.addVersionOption();
    parser.addOption(options.sample);
    parser.addPositionalArgument(QStringLiteral("EVIDENCE"),
        QCoreApplication::translate("CommandLine", "Captures, logs, dumps, manifests, folders or archives."),
        QStringLiteral("[EVIDENCE...]"));
    if (!parser.parse(arguments))
        return usageError(parser.errorText());
    if (parser.isSet(help))
        return {.mustExit = true, .output = parser.helpText()};
    if (parser.isSet(version))
        return {.mustExit = true,
            .output = QCoreApplication::applicationName() + u' ' + QCoreApplication::applicationVersion() + u'\n'};
    return {.commandLine = {.evidence = parser.positionalArguments(), .opensSample = parser.isSet(options.sample)}};
}

} // namespace

bool needsWindowSystem(const QStringList& arguments)
{
    const auto hasOption = [&arguments](QLatin1String option) {
        return std::ranges::any_of(arguments, [option](const QString& argument) {
            return argument == option || argument.startsWith(option + QLatin1Char('='));
        });
    };
    if (hasOption(QLatin1String("--help")) || hasOption(QLatin1String("-h")) || hasOption(QLatin1String("--version"))
        || hasOption(QLatin1String("-v")))
        return false;
    if (arguments.value(1) == QLatin1String("rules"))
        return false;
    return arguments.value(1) != QLatin1String("analyze") || hasOption(QLatin1String("--report"))
        || hasOption(QLatin1String("--screenshot"));
}

CommandLineResult parseCommandLine(const QStringList& arguments)
{
    const auto command = arguments.value(1);
    if (command != QLatin1String("analyze") && command != QLatin1String("rules"))
        return parseWindow(arguments);
    auto withoutCommand = arguments;
    withoutCommand.removeAt(1);
    return command == QLatin1String("rules") ? parseRules(withoutCommand) : parseAnalyze(withoutCommand);
}

} // namespace halfshake
