// SPDX-FileCopyrightText: The Halfshake authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/screenshot.h"

#include "app/mainwindow.h"
#include "models/incident/incident.h"

#include <QEventLoop>
#include <QPixmap>

#include <cstdio>

namespace halfshake {

bool writeScreenshot(const QStringList& evidence, const QString& path)
{
    Incident incident;
    MainWindow window(incident);
    window.resize(1440, 900);
    window.show();

    QEventLoop loop;
    QObject::connect(&incident, &Incident::idleChanged, &loop, [&loop](bool isIdle) {
        if (isIdle)
            loop.quit();
    });
    incident.addPaths(evidence);
    loop.exec();
    window.showFirstFailure();
    // once more around the loop, so that what the selection started is painted too
    QEventLoop().processEvents();

    if (window.grab().save(path, "PNG"))
        return true;
    std::fprintf(stderr, "halfshake: cannot write the screenshot %s\n", qUtf8Printable(path));
    return false;
}

} // namespace halfshake
