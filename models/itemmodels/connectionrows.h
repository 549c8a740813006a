// SPDX-FileCopyrightText: The Halfshake authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "models/base/expected.h"
#include "models/base/jobcontext.h"
#include "models/incident/incidentsnapshot.h"

#include <QString>

#include <cstdint>
#include <vector>

namespace halfshake {

/// One row of the connection table.
struct ConnectionRow
{
    EvidenceId capture;
    std::uint32_t attempt = 0; ///< Into Capture::attempts.

    [[nodiscard]] ObjectRef object() const { return {ObjectKind::Connection, capture, attempt}; }
    bool operator==(const ConnectionRow&) const = default;
};

/// Which connections are shown, and in which order.
struct ConnectionOrder
{
    QString filterText; ///< Part of client, server or outcome; "" shows all.
    bool onlyNotable = true; ///< Only failed or repeated attempts, and those a link names.
    int sortColumn = 0; ///< ConnectionModel::Column
    Qt::SortOrder sortOrder = Qt::AscendingOrder;
};

struct ConnectionRows
{
    std::vector<ConnectionRow> rows;
    std::size_t total = 0; ///< Distinct connections, before filtering.
};

/// Pure; meant for a worker where there are many connections. Errors: Cancelled.
[[nodiscard]] Expected<ConnectionRows> connectionRows(
    const IncidentSnapshot& snapshot, const ConnectionOrder& order, JobContext& job);

/// Whether two captures speak of one connection: same ends, same initial sequence number of the client (reference:
/// tcp-handshakes 1.8).
[[nodiscard]] bool isSameConnection(const ConnectionAttempt& left, const ConnectionAttempt& right);

/// Failed, repeated, or named by a link.
[[nodiscard]] bool isNotable(const IncidentSnapshot& snapshot, const ConnectionRow& row);

/// How a connection attempt is classed wherever it is drawn.
[[nodiscard]] EventClass eventClassOf(const ConnectionAttempt& attempt);

/// "access.log:572" of the log line that travelled on the connection; "" where no link names it.
[[nodiscard]] QString linkedLine(const IncidentSnapshot& snapshot, ObjectRef connection);

} // namespace halfshake
