// SPDX-FileCopyrightText: The Halfshake authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "models/rules/userrules.h"

#include <QDateTime>
#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QStandardPaths>
#include <QString>

namespace halfshake {

namespace {

constexpr qint64 largestFile = qint64{1} << 20;

QFileInfoList listOf(const std::string& folder)
{
    const QDir directory(QString::fromStdString(folder));
    if (folder.empty() || !directory.exists())
        return {};
    return directory.entryInfoList({QStringLiteral("*.yaml")}, QDir::Files | QDir::Readable, QDir::Name);
}

} // namespace

std::string userRuleFolder()
{
    const auto data = QStandardPaths::writableLocation(QStandardPaths::GenericDataLocation);
    return data.isEmpty() ? std::string{} : QString(data + QStringLiteral("/halfshake/rules")).toStdString();
}

std::vector<UserRuleFile> userRuleFiles(const std::string& folder)
{
    std::vector<UserRuleFile> files;
    for (const auto& info : listOf(folder)) {
        auto& read = files.emplace_back(UserRuleFile{.path = info.filePath().toStdString(), .text = {}, .error = {}});
        QFile file(info.filePath());
        if (info.size() > largestFile)
            read.error = "the file is too large";
        else if (file.open(QIODevice::ReadOnly))
            read.text = file.read(largestFile).toStdString();
        else
            read.error = file.errorString().toStdString();
    }
    return files;
}

RuleCatalogue rulesWith(const std::string& folder)
{
    auto catalogue = RuleCatalogue::shipped();
    for (const auto& file : userRuleFiles(folder)) {
        if (file.error.empty())
            catalogue.add(file.text, file.path);
    }
    return catalogue;
}

std::string ruleFolderState(const std::string& folder)
{
    QString state;
    for (const auto& info : listOf(folder)) {
        state += info.fileName() + u'/' + QString::number(info.size()) + u'/'
            + QString::number(info.lastModified().toMSecsSinceEpoch()) + u'\n';
    }
    return state.toStdString();
}

} // namespace halfshake
