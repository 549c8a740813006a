// SPDX-FileCopyrightText: The Halfshake authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QString>
#include <QStringList>

namespace halfshake {

enum class CommandLineMode { Window, Analyze, ListRules, TestRules };

/// What the user asked for on the command line.
struct CommandLine
{
    CommandLineMode mode = CommandLineMode::Window;
    QStringList evidence = {};
    bool opensSample = false;
    bool listsAll = false;
    bool showsProgress = false;
    QString jsonPath = {}; ///< "-" = standard output.
    QString reportPath = {};
    QString screenshotPath = {};
    QStringList ruleFiles = {};
};

/// What a command line gives: something to do, or text to print and an exit status.
struct CommandLineResult
{
    CommandLine commandLine = {};
    bool mustExit = false;
    int exitStatus = 0;
    QString output = {}; ///< To standard output for status 0, else to standard error.
};

/// Whether these arguments (with the program's name) lead to painting, and so need more than a QCoreApplication. Looks
/// at them before there is an application object, because it decides which kind is made.
[[nodiscard]] bool needsWindowSystem(const QStringList& arguments);

/// \a arguments begins with the program's name. Never exits by itself. Needs an application object.
[[nodiscard]] CommandLineResult parseCommandLine(const QStringList& arguments);

} // namespace halfshake
