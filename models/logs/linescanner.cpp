// SPDX-FileCopyrightText: The Halfshake authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "models/logs/linescanner.h"

#include "models/logs/listgrammar.h"

#include <algorithm>
#include <optional>

namespace halfshake {

namespace {

constexpr std::size_t npos = std::string_view::npos;
constexpr int mostRetries = 32;
constexpr std::size_t timeLocalLength = 26;
constexpr std::size_t timeIso8601Length = 25;

bool isEscaped(std::string_view line, std::size_t position)
{
    std::size_t backslashes = 0;
    while (backslashes < position && line[position - backslashes - 1] == '\\')
        ++backslashes;
    return backslashes % 2 == 1;
}

std::size_t endOfQuoted(std::string_view line, std::size_t from, std::string_view until)
{
    auto end = line.find(until, from);
    while (end != npos && isEscaped(line, end))
        end = line.find(until, end + 1);
    return end;
}

bool isList(ValueShape shape)
{
    return shape == ValueShape::AddressList || shape == ValueShape::NumberList;
}

/// One walk over the steps of a format. A value that may contain its own end (a raw request line) is tried again with
/// the next possible end where what follows does not fit.
class Scan
{
public:
    Scan(const LogFormat& format, std::string_view line, AccessFields& fields)
        : m_steps(format.steps()), m_line(line), m_fields(fields), m_position(format.prefix().size())
    {
    }

    LineFit run()
    {
        while (m_step < m_steps.size()) {
            if (!takeValue() && !goBack())
                return giveUp();
            while (m_step == m_steps.size() && m_position != m_line.size()) {
                if (!goBack())
                    return giveUp();
            }
        }
        m_fields.consumed = m_line.size();
        return LineFit::Whole;
    }

private:
    struct Choice
    {
        std::size_t step;
        std::size_t position;
        std::size_t triedEnd;
    };

    bool takeValue()
    {
        const auto& step = m_steps[m_step];
        const auto end = endOfValue(step);
        if (end == npos)
            return false;
        const auto value = m_line.substr(m_position, end - m_position);
        const bool isFitting =
            step.shape == ValueShape::TimeLocal ? m_fields.timeLocal(value).has_value() : fits(step.shape, value);
        if (!isFitting)
            return false;
        if (step.shape == ValueShape::OpenText)
            m_choice = Choice{m_step, m_position, end};
        if (step.field != LogField::Other)
            m_fields.set(step.field, value);
        m_position = end + step.until.size();
        m_searchFrom = m_position;
        ++m_step;
        return true;
    }

    [[nodiscard]] std::size_t endOfValue(const LogFormat::Step& step) const
    {
        if (step.shape == ValueShape::TimeLocal)
            return endIfFollowed(m_position + timeLocalLength, step);
        if (step.shape == ValueShape::TimeIso8601)
            return endIfFollowed(m_position + timeIso8601Length, step);
        if (step.until.empty())
            return m_line.size();
        if (isList(step.shape) && step.until.front() == ' ')
            return endIfFollowed(m_position + upstreamListLength(m_line.substr(m_position)), step);
        const auto from = std::max(m_searchFrom, m_position);
        return step.isQuoted ? endOfQuoted(m_line, from, step.until) : m_line.find(step.until, from);
    }

    [[nodiscard]] std::size_t endIfFollowed(std::size_t end, const LogFormat::Step& step) const
    {
        return end <= m_line.size() && m_line.substr(end).starts_with(step.until) ? end : npos;
    }

    /// Back to the last value with another possible end, and over it.
    bool goBack()
    {
        if (!m_firstFailure) {
            m_fields.consumed = m_position;
            m_firstFailure = m_fields;
        }
        while (m_choice && m_retries++ < mostRetries) {
            m_step = m_choice->step;
            m_position = m_choice->position;
            m_searchFrom = m_choice->triedEnd + 1;
            const auto end = endOfValue(m_steps[m_step]);
            if (end == npos)
                break;
            m_choice->triedEnd = end;
            if (takeValue())
                return true;
        }
        return false;
    }

    LineFit giveUp()
    {
        m_fields = m_firstFailure.value_or(m_fields);
        const bool hasTime =
            m_fields.has(LogField::TimeLocal) || m_fields.has(LogField::TimeIso8601) || m_fields.has(LogField::Msec);
        return hasTime && m_fields.has(LogField::Status) ? LineFit::Partly : LineFit::None;
    }

    const std::vector<LogFormat::Step>& m_steps;
    std::string_view m_line;
    AccessFields& m_fields;
    std::size_t m_step = 0;
    std::size_t m_position = 0;
    std::size_t m_searchFrom = 0;
    int m_retries = 0;
    std::optional<Choice> m_choice;
    std::optional<AccessFields> m_firstFailure;
};

/// A virtual host before the address, as many people put it there.
void splitHost(AccessFields& fields)
{
    if (fields.dialect == LogDialect::HAProxy)
        return;
    const auto address = fields[LogField::RemoteAddr];
    const auto blank = address.find(' ');
    if (blank == npos)
        return;
    fields.set(LogField::RemoteAddr, address.substr(blank + 1));
    if (!fields.has(LogField::Host))
        fields.set(LogField::Host, address.substr(0, blank));
}

} // namespace

LineFit scanLine(const LogFormat& format, std::string_view line, AccessFields& fields)
{
    fields.clear();
    fields.escape = format.definition().escape;
    fields.dialect = format.definition().dialect;
    if (!line.starts_with(format.prefix()))
        return LineFit::None;
    const auto fit = Scan{format, line, fields}.run();
    splitHost(fields);
    return fit;
}

} // namespace halfshake
