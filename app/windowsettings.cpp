// SPDX-FileCopyrightText: The Halfshake authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/windowsettings.h"

#include <QSettings>

#include <array>

namespace halfshake {

using namespace Qt::StringLiterals;

namespace {

constexpr std::array themeNames{"system"_L1, "light"_L1, "dark"_L1};

} // namespace

WindowSettings WindowSettings::load()
{
    const QSettings settings;
    WindowSettings result;
    result.geometry = settings.value(u"window/geometry"_s).toByteArray();
    result.layout = settings.value(u"window/layout"_s).toByteArray();
    result.lastFolder = settings.value(u"window/lastFolder"_s).toString();
    const QString theme = settings.value(u"window/theme"_s).toString();
    for (std::size_t i = 0; i < themeNames.size(); ++i) {
        if (theme == themeNames[i])
            result.theme = static_cast<ThemeMode>(i);
    }
    return result;
}

void WindowSettings::save() const
{
    QSettings settings;
    settings.setValue(u"window/geometry"_s, geometry);
    settings.setValue(u"window/layout"_s, layout);
    settings.setValue(u"window/lastFolder"_s, lastFolder);
    settings.setValue(u"window/theme"_s, QString(themeNames[static_cast<std::size_t>(theme)]));
}

} // namespace halfshake
