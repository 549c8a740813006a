// SPDX-FileCopyrightText: The Halfshake authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "models/base/timeformat.h"
#include "models/incident/incidentsnapshot.h"
#include "models/itemmodels/textcontext.h"
#include "models/itemmodels/texts.h"

#include <array>

namespace halfshake::texts {

using namespace Qt::StringLiterals;

namespace {

// U+202F, narrow and without a line break
constexpr QChar thousandsSeparator(u'\u202f');

} // namespace

QString time(TimePoint time)
{
    QString text = QString::fromStdString(toIsoString(time)).first(26);
    text[10] = u' ';
    return text;
}

QString timeOfDay(TimePoint time)
{
    return QString::fromStdString(toIsoString(time)).sliced(11, 15);
}

QString duration(Duration duration)
{
    return QString::fromStdString(toHumanString(duration));
}

QString bytes(std::uint64_t bytes)
{
    if (bytes < 1000)
        return Texts::tr("%1 B").arg(bytes);
    static constexpr std::array units{" kB"_L1, " MB"_L1, " GB"_L1, " TB"_L1};
    double value = static_cast<double>(bytes) / 1000;
    std::size_t unit = 0;
    // 999.5 would be written as 1000
    while (value >= 999.5 && unit + 1 < units.size()) {
        value /= 1000;
        ++unit;
    }
    const int decimals = value < 9.995 ? 2 : value < 99.95 ? 1 : 0;
    return QString::number(value, 'f', decimals) + units[unit];
}

QString count(std::uint64_t number)
{
    QString text = QString::number(number);
    for (auto position = text.size() - 3; position > 0; position -= 3)
        text.insert(position, thousandsSeparator);
    return text;
}

QString numbered(std::uint64_t number, const QString& one, const QString& many)
{
    const QString text = number == 1 ? one : many;
    return text.contains(u"%1"_s) ? text.arg(count(number)) : text;
}

QString place(const SourceRef& place)
{
    if (place.line != 0)
        return Texts::tr("line %1").arg(place.line);
    if (place.packet != 0)
        return Texts::tr("packet %1").arg(place.packet);
    if (place.byteOffset != 0)
        return Texts::tr("byte %1").arg(place.byteOffset);
    return {};
}

QString place(const IncidentSnapshot& snapshot, const SourceRef& place)
{
    const Evidence* const evidence = snapshot.find(place.evidence);
    const QString name =
        evidence != nullptr ? QString::fromStdString(evidence->name) : QString::fromStdString(toString(place.evidence));
    if (place.line != 0)
        return name + u':' + QString::number(place.line);
    if (place.packet != 0)
        return name + u'#' + QString::number(place.packet);
    return name;
}

} // namespace halfshake::texts
