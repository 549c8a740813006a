// SPDX-FileCopyrightText: The Halfshake authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "models/incident/related.h"

#include <QString>

#include <vector>

namespace halfshake {

/// One value of a line, under the name people know it by.
struct LineField
{
    QString name;
    QString value;
    ObjectRef object; ///< What a click opens; may be invalid.
};

/// What the line that Related::line names says: the fields of a request, of an error log entry, of a setting; and for a
/// failing request what it is tied to and why. Empty where the line is nothing of these.
[[nodiscard]] std::vector<LineField> lineFields(const IncidentSnapshot& snapshot, const Related& related);

} // namespace halfshake
