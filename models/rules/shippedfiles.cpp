// SPDX-FileCopyrightText: The Halfshake authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "models/rules/shippedfiles.h"

#include <QDir>
#include <QFile>
#include <QString>

namespace halfshake {

std::vector<ShippedFile> shippedFiles(std::string_view folder)
{
    const QDir directory(QStringLiteral(":/") + QString::fromUtf8(folder.data(), qsizetype(folder.size())));
    std::vector<ShippedFile> files;
    for (const auto& name : directory.entryList({QStringLiteral("*.yaml")}, QDir::Files, QDir::Name)) {
        QFile file(directory.filePath(name));
        if (file.open(QIODevice::ReadOnly))
            files.push_back({name.toStdString(), file.readAll().toStdString()});
    }
    return files;
}

} // namespace halfshake
