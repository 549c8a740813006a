// SPDX-FileCopyrightText: The Halfshake authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "models/rules/rulecatalogue.h"
#include "models/rules/texttemplate.h"
#include "models/rules/yamlvalue.h"

#include <yaml-cpp/yaml.h>

#include <functional>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

namespace halfshake {

/// Collects the errors of one catalogue file.
struct CatalogueFile
{
    std::string name;
    std::string_view yaml;
    std::vector<CatalogueError>& errors;
    std::string entry{}; ///< The rule or cause that is being read.

    void fail(const YAML::Node& node, std::string text);
    void fail(const YamlError& error);
};

/// Reads the fields of one YAML map, each by its name; what is wrong goes to the file's errors.
class YamlFields
{
public:
    YamlFields(const YAML::Node& node, CatalogueFile& file);

    /// False once a required field was missing or a field was not what it should be.
    [[nodiscard]] bool isValid() const { return m_isValid; }
    [[nodiscard]] bool has(std::string_view name) const { return find(name).has_value(); }

    std::string text(std::string_view name); ///< "" where it is missing.
    std::string requiredText(std::string_view name);
    bool flag(std::string_view name); ///< False where it is missing.
    std::vector<std::string> texts(std::string_view name);
    std::optional<Expression> expression(std::string_view name);
    Expression requiredExpression(std::string_view name);
    TextTemplate textTemplate(std::string_view name); ///< Empty where it is missing.
    std::optional<Value> value(std::string_view name);
    /// Names and expressions of a map, in the order they stand.
    std::vector<Definition> definitions(std::string_view name);
    /// The value that \a choices give to the text; the first where the field is missing.
    template<typename T>
    T choice(std::string_view name, const std::vector<std::pair<std::string_view, T>>& choices)
    {
        const auto word = text(name);
        for (const auto& [choice, value] : choices) {
            if (word == choice)
                return value;
        }
        if (has(name))
            failChoice(name, word);
        return choices.front().second;
    }
    /// Calls \a read for the fields of every item of a list of maps.
    void forEach(std::string_view name, const std::function<void(YamlFields&)>& read);

    /// The same for a list whose items may also be plain texts.
    void forEachTextOr(std::string_view name, const std::function<void(std::string)>& readText,
        const std::function<void(YamlFields&)>& read);

    /// Fields that nobody asked for are errors. Call last.
    void finish();

    void fail(std::string_view name, std::string text);

private:
    [[nodiscard]] std::optional<YAML::Node> find(std::string_view name) const;
    [[nodiscard]] std::optional<YAML::Node> take(std::string_view name);
    std::optional<Expression> parse(const YAML::Node& node);
    void failExpression(const YAML::Node& node, const ExpressionError& error);
    void failChoice(std::string_view name, const std::string& word);
    void invalidate(const YAML::Node& node, std::string text);

    YAML::Node m_node;
    CatalogueFile& m_file;
    std::set<std::string, std::less<>> m_taken;
    bool m_isValid = true;
};

/// Calls \a read for every entry of the list under \a key. Exceptions of the library become errors.
void readCatalogueFile(CatalogueFile& file, std::string_view key, const std::function<void(YamlFields&)>& read);

} // namespace halfshake
