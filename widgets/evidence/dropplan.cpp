// SPDX-FileCopyrightText: The Halfshake authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "widgets/evidence/dropplan.h"

#include "models/itemmodels/texts.h"

#include <QCoreApplication>
#include <QFileInfo>
#include <QMimeData>
#include <QUrl>

namespace halfshake {

using namespace Qt::StringLiterals;

namespace {

constexpr qsizetype namesShown = 3;

struct DropTexts
{
    Q_DECLARE_TR_FUNCTIONS(DropPlan)
};

QString names(const QStringList& paths)
{
    QStringList result;
    for (const QString& path : paths.first(std::min(namesShown, paths.size())))
        result << QFileInfo(path).fileName();
    return result.join(u", "_s);
}

} // namespace

DropPlan dropPlan(const QMimeData& data)
{
    DropPlan plan;
    for (const QUrl& url : data.urls()) {
        if (!url.isLocalFile())
            plan.remoteAddresses << url.toDisplayString();
        else if (QFileInfo(url.toLocalFile()).isDir())
            plan.folders << url.toLocalFile();
        else
            plan.files << url.toLocalFile();
    }
    if (data.urls().isEmpty() && data.hasText())
        plan.text = data.text().toUtf8();
    return plan;
}

QStringList dropPlanTexts(const DropPlan& plan)
{
    QStringList lines;
    const auto more = static_cast<int>(plan.files.size() - namesShown);
    if (more > 0)
        lines << DropTexts::tr("Add %1 and %n more file(s)", nullptr, more).arg(names(plan.files));
    else if (!plan.files.isEmpty())
        lines << DropTexts::tr("Add %1").arg(names(plan.files));
    if (!plan.folders.isEmpty())
        lines << DropTexts::tr("Add all files in %1").arg(names(plan.folders));
    if (!plan.text.isEmpty()) {
        lines << DropTexts::tr("Add the text as evidence (%1)")
                     .arg(texts::bytes(static_cast<std::uint64_t>(plan.text.size())));
    }
    if (!plan.remoteAddresses.isEmpty()) {
        lines << DropTexts::tr("%n address(es) on other computers cannot be added", nullptr,
            static_cast<int>(plan.remoteAddresses.size()));
    }
    return lines;
}

} // namespace halfshake
