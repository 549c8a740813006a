// SPDX-FileCopyrightText: The Halfshake authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "models/report/htmlwriter.h"

#include "models/report/htmlblocks.h"

#include <QBuffer>
#include <QPainter>
#include <QSvgGenerator>

#include <algorithm>

namespace halfshake {

namespace {

constexpr double figureWidth = 860; // CSS pixels

constexpr auto styleSheet = R"(
body { font-family: "DejaVu Sans", "WenQuanYi Micro Hei", sans-serif; max-width: 60rem; margin: 2rem auto; padding: 0 1rem;
  color: #1f2328; line-height: 1.45; }
h1 { font-size: 1.6rem; } h2 { font-size: 1.25rem; margin-top: 2rem; } h3 { font-size: 1.05rem; }
table { border-collapse: collapse; width: 100%; font-size: 0.9rem; }
th, td { border: 1px solid #dde1e4; padding: 0.3rem 0.5rem; text-align: left; vertical-align: top; overflow-wrap: anywhere; }
th { background: #f3f5f6; }
pre, code { font-family: "DejaVu Sans Mono", monospace; font-size: 0.85rem; white-space: pre-wrap; overflow-wrap: anywhere; }
pre { background: #f3f5f6; padding: 0.6rem; }
figure { margin: 1rem 0; } figure svg { width: 100%; height: auto; } figcaption { color: #5f666b; font-size: 0.9rem; }
.verdict { border-left: 5px solid #005fb8; background: #eef4fa; padding: 0.8rem 1rem; font-size: 1.1rem; }
.faint { color: #5f666b; }
@media print { body { margin: 0; max-width: none; } }
)";

QString svgOf(const FigureBlock& block)
{
    QFont font(QStringLiteral("DejaVu Sans"));
    font.setPixelSize(13);
    const QRectF area(0, 0, figureWidth, block.figure->heightFor(figureWidth, font));
    QBuffer buffer;
    QSvgGenerator generator;
    generator.setOutputDevice(&buffer);
    generator.setSize(area.size().toSize());
    generator.setViewBox(area);
    generator.setResolution(96);
    generator.setTitle(block.caption);
    generator.setDescription(block.alternative);
    QPainter painter(&generator);
    painter.setFont(font);
    block.figure->paint(painter, area, FigureStyle::light());
    painter.end();
    const auto svg = QString::fromUtf8(buffer.data());
    return svg.mid(std::max<qsizetype>(svg.indexOf(QLatin1String("<svg")), 0));
}

QString figureHtml(const FigureBlock& block)
{
    return QStringLiteral("<figure role=\"img\" aria-label=\"") + block.alternative.toHtmlEscaped()
        + QStringLiteral("\">\n") + svgOf(block) + QStringLiteral("<figcaption>") + toHtmlText(block.caption)
        + QStringLiteral("</figcaption></figure>\n");
}

} // namespace

QString toHtml(const ReportDocument& report)
{
    QString html = QStringLiteral("<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n<title>")
        + report.title.toHtmlEscaped() + QStringLiteral("</title>\n<style>") + QLatin1String(styleSheet)
        + QStringLiteral("</style>\n</head>\n<body>\n<h1>") + toHtmlText(report.title)
        + QStringLiteral("</h1>\n<p class=\"faint\">") + toHtmlText(report.subtitle) + QStringLiteral("</p>\n");
    for (const auto& block : report.blocks) {
        const auto* figure = std::get_if<FigureBlock>(&block);
        html += figure ? figureHtml(*figure) : toHtmlBlock(block);
    }
    return html + QStringLiteral("</body>\n</html>\n");
}

} // namespace halfshake
