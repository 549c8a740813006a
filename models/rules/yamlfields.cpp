// SPDX-FileCopyrightText: The Halfshake authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "models/rules/yamlfields.h"

#include <algorithm>
#include <exception>
#include <utility>

namespace halfshake {

namespace {

/// All rules of a large catalogue are a tenth of this.
constexpr std::size_t maxFileSize = 2 << 20;

/// The rest of a line from a place on, which is counted from 0.
std::string_view restOfLine(std::string_view text, const YAML::Mark& mark)
{
    for (auto line = mark.line; line > 0 && !text.empty(); --line)
        text.remove_prefix(std::min(text.find('\n'), text.size() - 1) + 1);
    text = text.substr(0, text.find('\n'));
    return text.substr(std::min(static_cast<std::size_t>(mark.column), text.size()));
}

} // namespace

void CatalogueFile::fail(const YAML::Node& node, std::string text)
{
    const auto mark = node.Mark();
    const bool isPlaced = mark.line >= 0;
    fail(YamlError{std::move(text), isPlaced ? static_cast<std::uint32_t>(mark.line + 1) : 0,
        isPlaced ? static_cast<std::uint32_t>(mark.column + 1) : 0});
}

void CatalogueFile::fail(const YamlError& error)
{
    errors.push_back({name, entry, error.text, error.line, error.column});
}

YamlFields::YamlFields(const YAML::Node& node, CatalogueFile& file) : m_node(node), m_file(file)
{
    if (!m_node.IsMap()) {
        invalidate(m_node, "expected a map of fields");
        return;
    }
    std::set<std::string> names;
    for (const auto& field : m_node) {
        if (!field.first.IsScalar() || !names.insert(field.first.Scalar()).second)
            invalidate(field.first, "a field is there twice or has no name");
    }
}

std::optional<YAML::Node> YamlFields::find(std::string_view name) const
{
    if (!m_node.IsMap())
        return {};
    for (const auto& field : m_node) {
        if (field.first.IsScalar() && field.first.Scalar() == name)
            return field.second;
    }
    return {};
}

std::optional<YAML::Node> YamlFields::take(std::string_view name)
{
    m_taken.emplace(name);
    return find(name);
}

void YamlFields::invalidate(const YAML::Node& node, std::string text)
{
    m_isValid = false;
    m_file.fail(node, std::move(text));
}

void YamlFields::fail(std::string_view name, std::string text)
{
    invalidate(find(name).value_or(m_node), std::move(text));
}

void YamlFields::failChoice(std::string_view name, const std::string& word)
{
    fail(name, std::string(name) + " cannot be '" + word + '\'');
}

std::string YamlFields::text(std::string_view name)
{
    const auto node = take(name);
    if (!node)
        return {};
    if (!node->IsScalar()) {
        invalidate(*node, std::string(name) + " must be text");
        return {};
    }
    auto text = node->Scalar();
    text.erase(text.find_last_not_of('\n') + 1); // npos + 1 is 0
    return text;
}

std::string YamlFields::requiredText(std::string_view name)
{
    auto text = this->text(name);
    if (text.empty() && m_isValid)
        invalidate(m_node, std::string(name) + " is missing");
    return text;
}

bool YamlFields::flag(std::string_view name)
{
    const auto text = this->text(name);
    if (!text.empty() && text != "true" && text != "false")
        fail(name, std::string(name) + " must be true or false");
    return text == "true";
}

std::vector<std::string> YamlFields::texts(std::string_view name)
{
    std::vector<std::string> texts;
    const auto node = take(name);
    if (!node)
        return texts;
    if (!node->IsSequence()) {
        invalidate(*node, std::string(name) + " must be a list");
        return texts;
    }
    for (const auto& item : *node) {
        if (item.IsScalar())
            texts.push_back(item.Scalar());
        else
            invalidate(item, std::string(name) + " must be a list of texts");
    }
    return texts;
}

/// Placed exactly where the text stands as it is from the node's place on; in blocks and folded lines it does not, so
/// the place within the text is told.
void YamlFields::failExpression(const YAML::Node& node, const ExpressionError& error)
{
    const auto mark = node.Mark();
    const auto before = std::string_view(node.Scalar()).substr(0, error.column - 1);
    auto written = restOfLine(m_file.yaml, mark);
    const bool isQuoted = written.starts_with('"') || written.starts_with('\'');
    written.remove_prefix(isQuoted ? 1 : 0);
    YamlError placed{
        error.text, static_cast<std::uint32_t>(mark.line + 1), static_cast<std::uint32_t>(mark.column + 1)};
    if (error.line == 1 && written.starts_with(before))
        placed.column += error.column - 1 + (isQuoted ? 1 : 0);
    else
        placed.text +=
            " (line " + std::to_string(error.line) + ", column " + std::to_string(error.column) + " of the text)";
    m_isValid = false;
    m_file.fail(placed);
}

std::optional<Expression> YamlFields::parse(const YAML::Node& node)
{
    if (!node.IsScalar()) {
        invalidate(node, "expected an expression");
        return {};
    }
    auto expression = Expression::parse(node.Scalar());
    if (!expression) {
        failExpression(node, expression.error());
        return {};
    }
    return std::move(*expression);
}

std::optional<Expression> YamlFields::expression(std::string_view name)
{
    const auto node = take(name);
    return node ? parse(*node) : std::optional<Expression>{};
}

Expression YamlFields::requiredExpression(std::string_view name)
{
    if (!has(name))
        invalidate(m_node, std::string(name) + " is missing");
    return expression(name).value_or(Expression{});
}

TextTemplate YamlFields::textTemplate(std::string_view name)
{
    auto result = TextTemplate::parse(text(name));
    if (result)
        return std::move(*result);
    failExpression(*find(name), result.error());
    return {};
}

std::optional<Value> YamlFields::value(std::string_view name)
{
    const auto node = take(name);
    if (!node)
        return {};
    auto value = valueOf(*node);
    if (value)
        return std::move(*value);
    m_isValid = false;
    m_file.fail(value.error());
    return {};
}

std::vector<Definition> YamlFields::definitions(std::string_view name)
{
    std::vector<Definition> definitions;
    const auto node = take(name);
    if (!node)
        return definitions;
    if (!node->IsMap()) {
        invalidate(*node, std::string(name) + " must be a map of names and expressions");
        return definitions;
    }
    for (const auto& field : *node) {
        const auto key = Expression::parse(field.first.IsScalar() ? field.first.Scalar() : std::string{});
        if (!key || key->path().size() != 1)
            invalidate(field.first, "not a name");
        else if (auto expression = parse(field.second))
            definitions.push_back({field.first.Scalar(), std::move(*expression)});
    }
    return definitions;
}

void YamlFields::forEach(std::string_view name, const std::function<void(YamlFields&)>& read)
{
    forEachTextOr(name, {}, read);
}

void YamlFields::forEachTextOr(std::string_view name, const std::function<void(std::string)>& readText,
    const std::function<void(YamlFields&)>& read)
{
    const auto node = take(name);
    if (!node)
        return;
    if (!node->IsSequence())
        return invalidate(*node, std::string(name) + " must be a list");
    for (const auto& item : *node) {
        if (readText && item.IsScalar()) {
            readText(item.Scalar());
            continue;
        }
        YamlFields fields(item, m_file);
        if (fields.isValid()) {
            read(fields);
            fields.finish();
        }
        m_isValid = m_isValid && fields.isValid();
    }
}

void YamlFields::finish()
{
    if (!m_node.IsMap())
        return;
    for (const auto& field : m_node) {
        if (field.first.IsScalar() && m_taken.insert(field.first.Scalar()).second)
            invalidate(field.first, "unknown field '" + field.first.Scalar() + '\'');
    }
}

void readCatalogueFile(CatalogueFile& file, std::string_view key, const std::function<void(YamlFields&)>& read)
{
    if (file.yaml.size() > maxFileSize)
        return file.fail(YamlError{"the file is too large", 0, 0});
    try {
        YamlFields fields(YAML::Load(std::string(file.yaml)), file);
        if (!fields.isValid())
            return;
        if (!fields.has(key))
            return fields.fail(key, "the file has no list '" + std::string(key) + '\'');
        fields.forEach(key, read);
        file.entry.clear();
        fields.finish();
    } catch (const YAML::Exception& error) {
        const bool isPlaced = error.mark.line >= 0;
        file.fail(YamlError{error.msg, isPlaced ? static_cast<std::uint32_t>(error.mark.line + 1) : 0,
            isPlaced ? static_cast<std::uint32_t>(error.mark.column + 1) : 0});
    } catch (const std::exception& error) {
        file.fail(YamlError{error.what(), 0, 0});
    }
}

} // namespace halfshake
