// SPDX-FileCopyrightText: The Halfshake authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "models/itemmodels/linematcher.h"

#include <algorithm>
#include <utility>

namespace halfshake {

namespace {

constexpr std::size_t mostParts = 200;

bool hasCapital(const LineQuery& query)
{
    // \W, \S, \D of a pattern are no capital letters
    for (qsizetype i = 0; i < query.text.size(); ++i) {
        if (query.isPattern && query.text[i] == u'\\')
            ++i;
        else if (query.text[i].isUpper())
            return true;
    }
    return false;
}

/// No letter that has another case.
bool isCaseless(const QString& text)
{
    return std::ranges::all_of(text, [](QChar c) { return c.toLower() == c.toUpper(); });
}

} // namespace

LineMatcher::LineMatcher(LineQuery query) : m_query(std::move(query))
{
    const bool isExact = hasCapital(m_query) || isCaseless(m_query.text);
    if (!m_query.isPattern && isExact)
        m_bytes = m_query.text.toStdString();
    m_expression.setPattern(m_query.isPattern ? m_query.text : QRegularExpression::escape(m_query.text));
    m_expression.setPatternOptions(
        isExact ? QRegularExpression::NoPatternOption : QRegularExpression::CaseInsensitiveOption);
    m_expression.optimize();
}

QString LineMatcher::problem() const
{
    return m_expression.isValid() ? QString() : m_expression.errorString();
}

bool LineMatcher::matches(std::string_view line) const
{
    if (isEmpty())
        return false;
    if (!m_bytes.empty())
        return line.contains(m_bytes);
    const QString text = QString::fromUtf8(line.data(), static_cast<qsizetype>(line.size()));
    return m_expression.isValid() && m_expression.match(text).hasMatch();
}

std::vector<LineMatcher::Part> LineMatcher::partsOf(const QString& line) const
{
    std::vector<Part> parts;
    if (isEmpty() || !m_expression.isValid())
        return parts;
    for (auto it = m_expression.globalMatch(line); it.hasNext() && parts.size() < mostParts;) {
        const QRegularExpressionMatch match = it.next();
        if (match.capturedLength() > 0)
            parts.push_back({match.capturedStart(), match.capturedLength()});
    }
    return parts;
}

} // namespace halfshake
