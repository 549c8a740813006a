// SPDX-FileCopyrightText: The Halfshake authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "models/rules/yamlvalue.h"

#include "models/base/text.h"
#include "models/rules/scalar.h"

#include <charconv>
#include <optional>
#include <system_error>
#include <utility>

namespace halfshake {

namespace {

constexpr int maxDepth = 32;
constexpr int maxNodes = 10'000;

class Converter
{
public:
    std::expected<Value, YamlError> convert(const YAML::Node& node, int depth)
    {
        if (depth > maxDepth)
            return fail(node, "nested too deeply");
        if (++m_nodes > maxNodes)
            return fail(node, "too many values");
        switch (node.Type()) {
        case YAML::NodeType::Sequence:
            return list(node, depth);
        case YAML::NodeType::Map:
            return map(node, depth);
        case YAML::NodeType::Scalar:
            return scalar(node);
        default:
            return Value{};
        }
    }

private:
    static std::unexpected<YamlError> fail(const YAML::Node& node, std::string text)
    {
        const auto mark = node.Mark();
        return std::unexpected(YamlError{
            std::move(text), static_cast<std::uint32_t>(mark.line + 1), static_cast<std::uint32_t>(mark.column + 1)});
    }

    std::expected<Value, YamlError> list(const YAML::Node& node, int depth)
    {
        ValueList items;
        for (const auto& item : node) {
            auto value = convert(item, depth + 1);
            if (!value)
                return value;
            items.push_back(std::move(*value));
        }
        return Value::list(std::move(items));
    }

    std::expected<Value, YamlError> map(const YAML::Node& node, int depth)
    {
        ValueMap fields;
        for (const auto& field : node) {
            if (!field.first.IsScalar())
                return fail(node, "the keys of a map must be strings");
            auto value = convert(field.second, depth + 1);
            if (!value)
                return value;
            if (!fields.emplace(field.first.Scalar(), std::move(*value)).second)
                return fail(field.first, "the key '" + field.first.Scalar() + "' is there twice");
        }
        return Value::map(std::move(fields));
    }

    static std::expected<Value, YamlError> scalar(const YAML::Node& node)
    {
        const auto& text = node.Scalar();
        const auto& tag = node.Tag();
        if (tag == "!ports") {
            const auto isRange = text.contains(' ') && !text.contains(',');
            const auto ports = isRange ? PortSet::parseRange(text) : PortSet::parseList(text);
            return checked(node, ports);
        }
        if (tag == "!duration")
            return checked(node, parseDuration(text));
        if (tag == "!version")
            return checked(node, parseVersion(text));
        if (tag == "!unknown")
            return Value::unknown(text);
        if (tag == "!") // quoted
            return Value{text};
        if (tag != "?" && !tag.empty())
            return fail(node, "unknown tag " + tag);
        return plain(text);
    }

    template<typename T>
    static std::expected<Value, YamlError> checked(const YAML::Node& node, const std::optional<T>& value)
    {
        if (!value)
            return fail(node, node.Tag() + " cannot be '" + node.Scalar() + '\'');
        return Value{*value};
    }

    static Value plain(const std::string& text)
    {
        if (text == "true" || text == "false")
            return text == "true";
        if (text == "null" || text == "~")
            return {};
        if (const auto integer = toInteger<std::int64_t>(text))
            return *integer;
        double number = 0;
        const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
        if (error == std::errc{} && end == text.data() + text.size())
            return number;
        return text;
    }

    int m_nodes = 0;
};

} // namespace

std::expected<Value, YamlError> valueOf(const YAML::Node& node)
{
    return Converter().convert(node, 0);
}

} // namespace halfshake
