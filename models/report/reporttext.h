// SPDX-FileCopyrightText: The Halfshake authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "models/incident/incidentsnapshot.h"
#include "models/report/reportdocument.h"

#include <QCoreApplication>
#include <QString>

#include <string>

namespace halfshake {

/// Translation context of the report.
class ReportText
{
    Q_DECLARE_TR_FUNCTIONS(Report)
};

[[nodiscard]] inline QString toQString(const std::string& text)
{
    return QString::fromStdString(text);
}

inline void appendHeading(ReportDocument& report, const QString& text, int level = 1)
{
    report.blocks.emplace_back(HeadingBlock{level, text});
}

inline void appendParagraph(ReportDocument& report, const QString& text)
{
    report.blocks.emplace_back(ParagraphBlock{.text = text});
}

/// The cause the report is about: the first that is not excluded; null where there is none.
[[nodiscard]] inline const Cause* mainCause(const IncidentSnapshot& snapshot)
{
    if (snapshot.causes.empty() || snapshot.causes.front().certainty == Certainty::Excluded)
        return nullptr;
    return &snapshot.causes.front();
}

} // namespace halfshake
