// SPDX-FileCopyrightText: The Halfshake authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QByteArray>
#include <QString>
#include <QStringList>

class QMimeData;

namespace halfshake {

/// What dropping or pasting something would do.
struct DropPlan
{
    QStringList files; ///< Local paths.
    QStringList folders;
    QStringList remoteAddresses; ///< Cannot be added.
    QByteArray text; ///< Becomes evidence of its own; only where there are no addresses.

    [[nodiscard]] bool isEmpty() const
    {
        return files.isEmpty() && folders.isEmpty() && remoteAddresses.isEmpty() && text.isEmpty();
    }
};

[[nodiscard]] DropPlan dropPlan(const QMimeData& data);

/// One line per kind of thing: "Add access.log, node.pcap and 3 more files".
[[nodiscard]] QStringList dropPlanTexts(const DropPlan& plan);

} // namespace halfshake
