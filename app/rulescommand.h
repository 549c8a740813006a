// SPDX-FileCopyrightText: The Halfshake authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QString>
#include <QStringList>

namespace halfshake {

/// What a command prints and its exit status.
struct RulesCommandResult
{
    int exitStatus = 0;
    QString output = {};
};

/// "halfshake rules list": id, severity, subject, title of every rule, the user's own and their mistakes too.
[[nodiscard]] RulesCommandResult listRules();

/// "halfshake rules test FILE...": runs the cases of the files' rules. Exit status 0 where all cases give their
/// verdict, 1 where some do not or a rule lacks cases, 3 where a file has mistakes or cannot be read.
[[nodiscard]] RulesCommandResult testRules(const QStringList& files);

} // namespace halfshake
