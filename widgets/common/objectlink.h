// SPDX-FileCopyrightText: The Halfshake authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "models/base/objectref.h"
#include "models/incident/incidentsnapshot.h"

#include <QString>

namespace halfshake {

/// The address of a link that opens \a object: "halfshake:7/2/209".
[[nodiscard]] QString linkTo(ObjectRef object);

/// The object of such an address; none for anything else.
[[nodiscard]] ObjectRef objectOfLink(const QString& address);

/// The line or packet at \a place; the evidence where it is neither.
[[nodiscard]] ObjectRef objectAt(const SourceRef& place);

/// A rich-text link with the words "ingress.txt:210" that opens the place; "" for no place.
[[nodiscard]] QString placeLink(const IncidentSnapshot& snapshot, const SourceRef& place);

} // namespace halfshake
