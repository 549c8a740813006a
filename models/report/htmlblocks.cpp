// SPDX-FileCopyrightText: The Halfshake authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "models/report/htmlblocks.h"

namespace halfshake {

namespace {

class BlockToHtml
{
public:
    [[nodiscard]] const QString& html() const { return m_html; }

    void operator()(const HeadingBlock& block)
    {
        // the report's title is the only h1
        const auto level = QString::number(block.level + 1);
        m_html += QStringLiteral("<h") + level + u'>' + toHtmlText(block.text) + QStringLiteral("</h") + level
            + QStringLiteral(">\n");
    }
    void operator()(const ParagraphBlock& block)
    {
        const auto kind = block.isVerdict ? QStringLiteral(" class=\"verdict\"")
            : block.isFaint               ? QStringLiteral(" class=\"faint\"")
                                          : QString();
        m_html += QStringLiteral("<p") + kind + u'>' + toHtmlText(block.text) + QStringLiteral("</p>\n");
    }
    void operator()(const ListBlock& block)
    {
        m_html += QStringLiteral("<ul>\n");
        for (const auto& item : block.items)
            m_html += QStringLiteral("<li>") + toHtmlText(item) + QStringLiteral("</li>\n");
        m_html += QStringLiteral("</ul>\n");
    }
    void operator()(const TableBlock& block)
    {
        m_html += QStringLiteral("<table width=\"100%\">\n<thead><tr>");
        for (qsizetype column = 0; column < block.headers.size(); ++column)
            m_html += QStringLiteral("<th scope=\"col\" align=\"left\"") + widthOf(block, column) + u'>'
                + toHtmlText(block.headers[column]) + QStringLiteral("</th>");
        m_html += QStringLiteral("</tr></thead>\n<tbody>\n");
        for (const auto& row : block.rows)
            writeRow(block, row);
        m_html += QStringLiteral("</tbody>\n</table>\n");
    }
    void operator()(const CodeBlock& block)
    {
        m_html += QStringLiteral("<pre>") + block.text.toHtmlEscaped() + QStringLiteral("</pre>\n");
    }
    void operator()(const FigureBlock& /*block*/) { }

private:
    [[nodiscard]] static QString widthOf(const TableBlock& block, qsizetype column)
    {
        const auto index = static_cast<std::size_t>(column);
        if (index >= block.columnPercents.size())
            return {};
        return QStringLiteral(" width=\"%1%\"").arg(block.columnPercents[index]);
    }
    void writeRow(const TableBlock& block, const QStringList& row)
    {
        m_html += QStringLiteral("<tr>");
        for (qsizetype column = 0; column < row.size(); ++column) {
            const auto index = static_cast<std::size_t>(column);
            const bool isFixed = index < block.isFixedWidth.size() && block.isFixedWidth[index];
            const auto text = toHtmlText(row[column]);
            m_html += isFixed ? QString(QStringLiteral("<td><code>") + text + QStringLiteral("</code></td>"))
                              : QString(QStringLiteral("<td>") + text + QStringLiteral("</td>"));
        }
        m_html += QStringLiteral("</tr>\n");
    }

    QString m_html;
};

} // namespace

QString toHtmlText(const QString& text)
{
    QString html = text.toHtmlEscaped();
    html.replace(u'\n', QStringLiteral("<br>"));
    return html;
}

QString toHtmlBlock(const ReportBlock& block)
{
    BlockToHtml writer;
    std::visit(writer, block);
    return writer.html();
}

} // namespace halfshake
