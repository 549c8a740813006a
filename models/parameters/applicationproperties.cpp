// SPDX-FileCopyrightText: The Halfshake authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "models/parameters/applicationproperties.h"

#include "models/base/text.h"
#include "models/parameters/appendparameter.h"
#include "models/parameters/manifesttext.h"
#include "models/parameters/wholetext.h"
#include "models/parameters/yamlparser.h"

#include <algorithm>
#include <array>
#include <string>
#include <string_view>

namespace halfshake {

namespace {

constexpr std::size_t probedLines = 200;
constexpr std::size_t mostDepth = 12;

bool isUpper(char c)
{
    return c >= 'A' && c <= 'Z';
}

/// "server.tomcat.keep-alive-timeout" of "server.tomcat.keepAliveTimeout" and "server.tomcat.keep_alive_timeout".
std::string canonicalName(std::string_view name)
{
    std::string result;
    for (const auto c : name) {
        if (isUpper(c)) {
            if (!result.empty() && result.back() != '.' && result.back() != '-')
                result += '-';
            result += static_cast<char>(c - 'A' + 'a');
        } else {
            result += c == '_' ? '-' : c;
        }
    }
    return result;
}

bool isSpringRoot(std::string_view name)
{
    static constexpr std::array<std::string_view, 4> roots{"logging", "management", "server", "spring"};
    return std::ranges::binary_search(roots, name);
}

void add(ParameterFile& file, std::string_view name, std::string_view value, const SourceRef& place)
{
    auto& parameter = appendParameter(file, "spring/" + canonicalName(name), value, place);
    parameter.layer = ParameterLayer::Application;
    parameter.provenance = ParameterProvenance::Persisted;
}

/// "server.tomcat.threads.max=200"; blanks and ':' part a name from its value too.
void addPropertyLine(ParameterFile& file, std::string_view line, const SourceRef& place)
{
    const auto text = trimmed(line);
    if (text.empty() || text.starts_with('#') || text.starts_with('!'))
        return;
    const auto separator = text.find_first_of("=: ");
    if (separator == std::string_view::npos || !isSpringRoot(text.substr(0, text.find('.'))))
        return;
    auto value = trimmed(text.substr(separator));
    if (value.starts_with('=') || value.starts_with(':'))
        value = trimmed(value.substr(1));
    add(file, text.substr(0, separator), value, place);
}

void addYaml(ParameterFile& file, YamlValue map, const std::string& prefix, const ManifestText& text)
{
    if (static_cast<std::size_t>(std::ranges::count(prefix, '.')) >= mostDepth)
        return;
    for (const auto& [name, value] : map.fields()) {
        const auto key = prefix + std::string{name.text()};
        if (value.isMap())
            addYaml(file, value, key + '.', text);
        else if (value.isScalar() && isSpringRoot(key.substr(0, key.find('.'))))
            add(file, key, value.text(), text.placeOf(name));
    }
}

bool isPropertyLine(std::string_view line)
{
    const auto equals = line.find('=');
    const auto name = trimmed(line.substr(0, equals));
    return equals != std::string_view::npos && name.contains('.') && !name.contains(' ')
        && isSpringRoot(name.substr(0, name.find('.')));
}

/// A root of Spring's own with nothing behind it.
bool isYamlRoot(std::string_view line)
{
    return line.ends_with(':') && isSpringRoot(line.substr(0, line.size() - 1));
}

} // namespace

ProbeResult probeApplicationProperties(const ProbeInput& input)
{
    std::size_t properties = 0;
    std::size_t others = 0;
    bool hasRoot = false;
    bool isKubernetes = false;
    for (const auto line : headLines(input, probedLines)) {
        const auto text = trimmed(line);
        if (text.empty() || text.starts_with('#'))
            continue;
        ++(isPropertyLine(text) ? properties : others);
        hasRoot |= !line.starts_with(' ') && isYamlRoot(text);
        isKubernetes |= line.starts_with("kind:") || line.starts_with("apiVersion:");
    }
    if (properties > others)
        return {75, "properties of Spring Boot"};
    const bool hasServer = input.head.contains("tomcat:") || input.head.contains("spring:");
    if (hasRoot && hasServer && !isKubernetes)
        return {65, "configuration of Spring Boot in YAML"};
    return {};
}

Expected<void> readApplicationProperties(const ByteSource& source, ParameterFile& file, JobContext& job)
{
    const auto text = readWholeText(source, file.evidence, job);
    if (!text)
        return std::unexpected(text.error());
    file.lines = countLines(*text);
    const bool isYaml = std::ranges::any_of(headLines({.head = *text, .size = text->size()}, probedLines),
        [](std::string_view line) { return !line.starts_with(' ') && isYamlRoot(trimmed(line)); });
    if (isYaml) {
        const ManifestText manifest{*text, file.evidence};
        return parseYaml(
            *text, {}, [&](YamlValue value, std::string_view) { addYaml(file, value, {}, manifest); }, job);
    }
    std::uint64_t number = 0;
    std::size_t offset = 0;
    for (const auto line : split(*text, '\n')) {
        addPropertyLine(file, line, {.evidence = file.evidence, .line = ++number, .byteOffset = offset});
        offset += line.size() + 1;
    }
    return {};
}

} // namespace halfshake
