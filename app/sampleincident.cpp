// SPDX-FileCopyrightText: The Halfshake authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/sampleincident.h"

#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QSaveFile>
#include <QStandardPaths>

namespace halfshake {

namespace {

Expected<void> copyOut(const QString& resource, const QString& path)
{
    QFile from(resource);
    QSaveFile to(path);
    if (from.open(QIODevice::ReadOnly) && to.open(QIODevice::WriteOnly)) {
        const auto bytes = from.readAll();
        if (to.write(bytes) == bytes.size() && to.commit())
            return {};
    }
    return failure(DiagnosticCode::FileNotReadable, {}, {path.toStdString() + ": " + to.errorString().toStdString()});
}

} // namespace

Expected<QStringList> unpackSampleIncident()
{
    const QDir resources(QStringLiteral(":/samples"));
    const QDir folder(QStandardPaths::writableLocation(QStandardPaths::CacheLocation) + QStringLiteral("/sample"));
    folder.mkpath(QStringLiteral("."));
    QStringList paths;
    for (const auto& name : resources.entryList(QDir::Files, QDir::Name)) {
        const auto path = folder.filePath(name);
        const QFileInfo there(path);
        if (!there.isFile() || there.size() != QFileInfo(resources.filePath(name)).size()) {
            if (const auto copied = copyOut(resources.filePath(name), path); !copied)
                return std::unexpected(copied.error());
        }
        paths.append(path);
    }
    return paths;
}

} // namespace halfshake
