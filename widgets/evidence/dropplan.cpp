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
    if (plan.files.size() > namesShown) {
        const auto more = static_cast<std::uint64_t>(plan.files.size() - namesShown);
        lines << DropTexts::tr("Add %1 and %2")
                     .arg(names(plan.files),
                         texts::numbered(more, DropTexts::tr("one more file"), DropTexts::tr("%1 more files")));
    } else if (!plan.files.isEmpty())
        lines << DropTexts::tr("Add %1").arg(names(plan.files));
    if (!plan.folders.isEmpty())
        lines << DropTexts::tr("Add all files in %1").arg(names(plan.folders));
    if (!plan.text.isEmpty()) {
        lines << DropTexts::tr("Add the text as evidence (%1)")
                     .arg(texts::bytes(static_cast<std::uint64_t>(plan.text.size())));
    }
    if (!plan.remoteAddresses.isEmpty()) {
        lines << texts::numbered(static_cast<std::uint64_t>(plan.remoteAddresses.size()),
            DropTexts::tr("One address on another computer cannot be added"),
            DropTexts::tr("%1 addresses on other computers cannot be added"));
    }
    return lines;
}

} // namespace halfshake
