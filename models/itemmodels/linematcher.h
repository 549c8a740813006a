// SPDX-FileCopyrightText: The Halfshake authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QRegularExpression>
#include <QString>

#include <string>
#include <string_view>
#include <vector>

namespace halfshake {

/// What to look for in lines of text.
struct LineQuery
{
    QString text;
    bool isPattern = false; ///< A PCRE2 pattern instead of the text itself.

    bool operator==(const LineQuery&) const = default;
};

/// Finds a text or a PCRE2 pattern in single lines. Without a capital letter in the query, case does not matter. May be
/// used from several threads.
class LineMatcher
{
public:
    explicit LineMatcher(LineQuery query = {});

    [[nodiscard]] const LineQuery& query() const { return m_query; }
    [[nodiscard]] bool isEmpty() const { return m_query.text.isEmpty(); } ///< Nothing is looked for: nothing matches.
    [[nodiscard]] QString problem() const; ///< What PCRE2 says against the pattern; "" where it is well-formed.

    [[nodiscard]] bool matches(std::string_view line) const; ///< \a line in UTF-8.

    struct Part
    {
        qsizetype offset = 0;
        qsizetype length = 0;
    };
    [[nodiscard]] std::vector<Part> partsOf(const QString& line) const; ///< Where it matches, from left to right.

private:
    LineQuery m_query;
    std::string m_bytes; ///< Looked for byte by byte where it is plain text of one case; else "".
    QRegularExpression m_expression;
};

} // namespace halfshake
