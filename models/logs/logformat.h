// SPDX-FileCopyrightText: The Halfshake authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "models/base/expected.h"
#include "models/logs/logfield.h"
#include "models/logs/logformatdefinition.h"

#include <string>
#include <string_view>
#include <vector>

namespace halfshake {

/// A log_format compiled into the steps that read a line of it from left to right.
///
/// A format whose text is a JSON object is kept as its keys and what they mean instead, because nginx's bare numbers
/// make lines of it that are no JSON and no fixed order either once a shipper touched them.
class LogFormat
{
public:
    /// One value and the literal text that ends it.
    struct Step
    {
        LogField field = LogField::Other;
        ValueShape shape = ValueShape::Text;
        bool isQuoted = false; ///< Stands in double quotes.
        std::string until; ///< "" for the last value: it reaches to the end of the line.
    };

    struct JsonKey
    {
        std::string key;
        LogField field = LogField::Other;
    };

    /// Any JSON object per line that has a time, a status and a request, under whatever common names.
    [[nodiscard]] static LogFormat anyJson();

    /// Fails with LogFormatUnknown where the text holds no variable, or none that tells a time.
    [[nodiscard]] static Expected<LogFormat> compile(LogFormatDefinition definition);

    [[nodiscard]] const LogFormatDefinition& definition() const { return m_definition; }
    [[nodiscard]] const std::string& name() const { return m_definition.name; }
    [[nodiscard]] const std::string& prefix() const { return m_prefix; } ///< Literal text before the first value.
    [[nodiscard]] const std::vector<Step>& steps() const { return m_steps; }
    [[nodiscard]] bool isJson() const { return m_isJson; }
    /// Empty for anyJson().
    [[nodiscard]] const std::vector<JsonKey>& jsonKeys() const { return m_jsonKeys; }
    [[nodiscard]] bool has(LogField field) const;
    /// How much a line has to agree in before it fits: literal bytes and typed values. Breaks ties between formats.
    [[nodiscard]] std::size_t weight() const { return m_weight; }

private:
    void addLiteral(std::string_view text);
    void addVariable(std::string_view name);
    void addStep(LogVariable variable);
    void markQuotes();
    void collectJsonKeys();

    LogFormatDefinition m_definition;
    std::string m_prefix;
    std::vector<Step> m_steps;
    std::vector<JsonKey> m_jsonKeys;
    std::size_t m_weight = 0;
    bool m_isJson = false;
};

} // namespace halfshake
