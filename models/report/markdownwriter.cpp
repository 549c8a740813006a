// SPDX-FileCopyrightText: The Halfshake authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "models/report/markdownwriter.h"

#include <QRegularExpression>

#include <algorithm>

namespace halfshake {

namespace {

/// Keeps text from being read as markup.
QString escaped(const QString& text)
{
    static const QRegularExpression special(QStringLiteral(R"(([\\`*_\[\]<>|#]))"));
    QString result = text;
    result.replace(special, QStringLiteral("\\\\1"));
    return result;
}

QString inOneLine(const QString& text)
{
    QString result = text;
    return result.replace(u'\n', u' ');
}

/// A fence longer than any run of backticks inside.
QString fenceFor(const QString& code)
{
    qsizetype longest = 0;
    qsizetype run = 0;
    for (const auto c : code) {
        run = c == u'`' ? run + 1 : 0;
        longest = std::max(longest, run);
    }
    return QString(std::max<qsizetype>(3, longest + 1), u'`');
}

class MarkdownBlockWriter
{
public:
    explicit MarkdownBlockWriter(QString& text) : m_text(text) { }

    void operator()(const HeadingBlock& block)
    {
        m_text += QString(block.level + 1, u'#') + u' ' + escaped(block.text) + QStringLiteral("\n\n");
    }
    void operator()(const ParagraphBlock& block)
    {
        m_text += (block.isVerdict ? QStringLiteral("> ") : QString()) + escaped(block.text) + QStringLiteral("\n\n");
    }
    void operator()(const ListBlock& block)
    {
        for (const auto& item : block.items)
            m_text += QStringLiteral("- ") + escaped(inOneLine(item)) + u'\n';
        m_text += u'\n';
    }
    void operator()(const TableBlock& block)
    {
        writeRow(block.headers);
        m_text += u'|' + QStringLiteral(" --- |").repeated(block.headers.size()) + u'\n';
        for (const auto& row : block.rows)
            writeRow(row);
        m_text += u'\n';
    }
    void operator()(const CodeBlock& block)
    {
        const auto fence = fenceFor(block.text);
        m_text += fence + u'\n' + block.text + u'\n' + fence + QStringLiteral("\n\n");
    }
    void operator()(const FigureBlock& block)
    {
        m_text += u'*' + escaped(inOneLine(block.caption)) + QStringLiteral("*\n\n")
            + escaped(inOneLine(block.alternative)) + QStringLiteral("\n\n");
    }

private:
    void writeRow(const QStringList& cells)
    {
        m_text += u'|';
        for (const auto& cell : cells)
            m_text += u' ' + escaped(inOneLine(cell)) + QStringLiteral(" |");
        m_text += u'\n';
    }

    QString& m_text;
};

} // namespace

QString toMarkdown(const ReportDocument& report)
{
    QString text = QStringLiteral("# ") + escaped(report.title) + QStringLiteral("\n\n") + escaped(report.subtitle)
        + QStringLiteral("\n\n");
    MarkdownBlockWriter writer(text);
    for (const auto& block : report.blocks)
        std::visit(writer, block);
    return text;
}

} // namespace halfshake
