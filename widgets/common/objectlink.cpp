// SPDX-FileCopyrightText: The Halfshake authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "widgets/common/objectlink.h"

#include "models/itemmodels/texts.h"

#include <QStringList>

#include <utility>

namespace halfshake {

using namespace Qt::StringLiterals;

namespace {

constexpr QLatin1StringView scheme("halfshake:");

} // namespace

QString linkTo(ObjectRef object)
{
    return u"%1%2/%3/%4"_s.arg(scheme)
        .arg(std::to_underlying(object.kind))
        .arg(object.evidence.value())
        .arg(object.index);
}

ObjectRef objectOfLink(const QString& address)
{
    if (!address.startsWith(scheme))
        return {};
    const QStringList parts = address.sliced(scheme.size()).split(u'/');
    bool isKind = false;
    bool isEvidence = false;
    bool isIndex = false;
    const uint kind = parts.value(0).toUInt(&isKind);
    const uint evidence = parts.value(1).toUInt(&isEvidence);
    const uint index = parts.value(2).toUInt(&isIndex);
    if (!isKind || !isEvidence || !isIndex || kind > std::to_underlying(ObjectKind::Cause))
        return {};
    return {static_cast<ObjectKind>(kind), EvidenceId(evidence), index};
}

ObjectRef objectAt(const SourceRef& place)
{
    if (place.line != 0)
        return {ObjectKind::Line, place.evidence, static_cast<std::uint32_t>(place.line - 1)};
    if (place.packet != 0)
        return {ObjectKind::Packet, place.evidence, static_cast<std::uint32_t>(place.packet - 1)};
    return place.evidence.isValid() ? ObjectRef{ObjectKind::Evidence, place.evidence, 0} : ObjectRef{};
}

QString placeLink(const IncidentSnapshot& snapshot, const SourceRef& place)
{
    const ObjectRef object = objectAt(place);
    if (!object.isValid())
        return {};
    return u"<a href=\"%1\">%2</a>"_s.arg(linkTo(object), texts::place(snapshot, place).toHtmlEscaped());
}

} // namespace halfshake
