// SPDX-FileCopyrightText: The Halfshake authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "models/report/reportwriter.h"

#include "models/report/analysisjson.h"
#include "models/report/htmlwriter.h"
#include "models/report/markdownwriter.h"
#include "models/report/pdfwriter.h"
#include "models/report/reportbuilder.h"

#include <QFileInfo>
#include <QSaveFile>

namespace halfshake {

namespace {

bool isKnown(const QString& suffix)
{
    return suffix == QLatin1String("pdf") || suffix == QLatin1String("html") || suffix == QLatin1String("md")
        || suffix == QLatin1String("json");
}

bool writeAs(const QString& suffix, const ReportDocument& report, QIODevice& device, JobContext& job)
{
    if (suffix == QLatin1String("pdf"))
        return writePdf(report, device, job);
    const auto text = (suffix == QLatin1String("html") ? toHtml(report) : toMarkdown(report)).toUtf8();
    return device.write(text) == text.size();
}

} // namespace

Expected<void> writeReport(
    const IncidentSnapshot& snapshot, const QString& path, const ReportOptions& options, JobContext& job)
{
    const auto suffix = QFileInfo(path).suffix().toLower();
    if (!isKnown(suffix))
        return failure(DiagnosticCode::UnknownFormat, {}, {suffix.toStdString()});
    QSaveFile file(path);
    if (!file.open(QIODevice::WriteOnly))
        return failure(DiagnosticCode::FileNotReadable, {}, {file.errorString().toStdString()});
    bool isWritten = false;
    if (suffix == QLatin1String("json")) {
        const auto json = analysisJson(snapshot, AnalysisDetail::Notable);
        isWritten = file.write(json) == json.size();
    } else {
        isWritten = writeAs(suffix, buildReport(snapshot, options), file, job);
    }
    if (job.isCancelled())
        return failure(DiagnosticCode::Cancelled);
    if (!isWritten || !file.commit())
        return failure(DiagnosticCode::FileNotReadable, {}, {file.errorString().toStdString()});
    return {};
}

} // namespace halfshake
