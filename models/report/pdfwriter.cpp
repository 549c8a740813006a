// SPDX-FileCopyrightText: The Halfshake authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "models/report/pdfwriter.h"

#include "models/report/figuretextobject.h"
#include "models/report/htmlblocks.h"

#include <QAbstractTextDocumentLayout>
#include <QCoreApplication>
#include <QPageLayout>
#include <QPageSize>
#include <QPainter>
#include <QPdfWriter>
#include <QTextBlock>
#include <QTextCursor>
#include <QTextDocument>

#include <cmath>

namespace halfshake {

namespace {

constexpr int resolution = 300;
constexpr double bodyPoints = 9.5;
constexpr double footerPoints = 8;
constexpr double listIndent = 18; // pixels of CSS

// QTextDocument knows a small part of CSS 2
constexpr auto styleSheet = R"(
h1 { font-size: 18pt; color: #1f2328; }
h2 { font-size: 13pt; color: #005fb8; margin-top: 14px; }
h3 { font-size: 10.5pt; margin-top: 10px; }
table { border-collapse: collapse; border-color: #c8ced2; }
th { background-color: #f3f5f6; }
th, td { padding: 3px; font-size: 8.5pt; }
pre, code { font-family: "DejaVu Sans Mono", "WenQuanYi Micro Hei"; font-size: 8pt; }
pre { background-color: #f3f5f6; white-space: pre-wrap; }
.verdict { background-color: #eef4fa; font-size: 12pt; }
.faint { color: #5f666b; }
)";

/// The report's font. Ligatures and contextual forms would come out of copy and search as other characters.
QFont reportFont()
{
    QFont font;
    font.setFamilies({QStringLiteral("DejaVu Sans"), QStringLiteral("WenQuanYi Micro Hei")});
    font.setPointSizeF(bodyPoints);
    for (const QFont::Tag feature :
        {QFont::Tag("liga"), QFont::Tag("clig"), QFont::Tag("calt"), QFont::Tag("ccmp"), QFont::Tag("locl")})
        font.setFeature(feature, 0);
    return font;
}

void appendHtml(QTextCursor& cursor, const QString& html)
{
    cursor.movePosition(QTextCursor::End);
    cursor.insertHtml(html);
}

void appendFigure(QTextCursor& cursor, const FigureBlock& figure, int index)
{
    cursor.movePosition(QTextCursor::End);
    cursor.insertBlock(QTextBlockFormat(), QTextCharFormat());
    cursor.insertText(QString(QChar::ObjectReplacementCharacter), FigureTextObject::formatFor(index));
    cursor.insertBlock(QTextBlockFormat(), QTextCharFormat());
    cursor.insertHtml(QStringLiteral("<p class=\"faint\">") + toHtmlText(figure.caption) + QStringLiteral("</p>"));
    cursor.insertBlock(
        QTextBlockFormat(), QTextCharFormat()); // the distance that the next heading's margin does not give
    cursor.insertBlock(QTextBlockFormat(), QTextCharFormat());
}

/// Fills the document; the layout comes later, because laying out after every insertion takes minutes.
std::vector<FigureBlock> fill(QTextDocument& document, const ReportDocument& report)
{
    std::vector<FigureBlock> figures;
    QTextCursor cursor(&document);
    QString html = QStringLiteral("<h1>") + toHtmlText(report.title) + QStringLiteral("</h1><p class=\"faint\">")
        + toHtmlText(report.subtitle) + QStringLiteral("</p>");
    for (const auto& block : report.blocks) {
        if (const auto* figure = std::get_if<FigureBlock>(&block)) {
            appendHtml(cursor, html);
            html.clear();
            appendFigure(cursor, *figure, static_cast<int>(figures.size()));
            figures.push_back(*figure);
        } else {
            html += toHtmlBlock(block);
        }
    }
    appendHtml(cursor, html);
    return figures;
}

void paintFooter(QPainter& painter, const QRectF& area, const QString& title, const QString& page)
{
    auto font = reportFont();
    font.setPointSizeF(footerPoints);
    painter.setFont(font);
    painter.setPen(QColor(0x5f, 0x66, 0x6b));
    painter.drawText(area, Qt::AlignLeft | Qt::AlignBottom, title);
    painter.drawText(area, Qt::AlignRight | Qt::AlignBottom, page);
}

} // namespace

bool writePdf(const ReportDocument& report, QIODevice& device, JobContext& job)
{
    QPdfWriter writer(&device);
    writer.setResolution(resolution);
    writer.setTitle(report.title);
    writer.setCreator(QCoreApplication::applicationName() + u' ' + QCoreApplication::applicationVersion());
    writer.setPageLayout(QPageLayout(
        QPageSize(QPageSize::A4), QPageLayout::Portrait, QMarginsF(16, 16, 16, 14), QPageLayout::Millimeter));

    QTextDocument document;
    document.setUndoRedoEnabled(false);
    document.setDocumentMargin(0);
    document.setIndentWidth(listIndent);
    document.setDefaultFont(reportFont());
    document.setDefaultStyleSheet(QString::fromLatin1(styleSheet));
    auto option = document.defaultTextOption();
    option.setWrapMode(QTextOption::WrapAtWordBoundaryOrAnywhere);
    document.setDefaultTextOption(option);
    const auto figures = fill(document, report);

    const QRectF page(QPointF(0, 0), QSizeF(writer.width(), writer.height()));
    const double footerHeight = resolution * 0.3;
    const QRectF body = page.adjusted(0, 0, 0, -footerHeight);
    FigureTextObject handler(figures, body.size(), resolution);
    auto* layout = document.documentLayout();
    layout->registerHandler(FigureTextObject::objectType, &handler);
    layout->setPaintDevice(&writer);
    document.setPageSize(body.size());

    QPainter painter(&writer);
    const int pages = document.pageCount();
    for (int number = 0; number < pages; ++number) {
        if (job.isCancelled())
            return false;
        if (number > 0)
            writer.newPage();
        painter.save();
        painter.translate(0, -body.height() * number);
        QAbstractTextDocumentLayout::PaintContext context;
        context.clip = body.translated(0, body.height() * number);
        context.palette.setColor(QPalette::Text, FigureStyle::light().text);
        painter.setClipRect(context.clip);
        layout->draw(&painter, context);
        painter.restore();
        paintFooter(painter, page, report.footer,
            QCoreApplication::translate("Report", "Page %1 of %2").arg(number + 1).arg(pages));
        job.report({static_cast<std::uint64_t>(number + 1), static_cast<std::uint64_t>(pages)});
    }
    return painter.end();
}

} // namespace halfshake
