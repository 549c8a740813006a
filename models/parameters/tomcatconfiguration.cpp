// SPDX-FileCopyrightText: The Halfshake authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "models/parameters/tomcatconfiguration.h"

#include "models/parameters/appendparameter.h"
#include "models/parameters/wholetext.h"
#include "models/parameters/xmltags.h"

#include <algorithm>
#include <set>
#include <string>
#include <string_view>

namespace halfshake {

namespace {

constexpr std::size_t probedBytes = std::size_t{64} << 10;

/// Which of several elements of one name this is: "" for the first, "[8443]" for the connector of that port.
std::string indexOf(const XmlTag& tag)
{
    for (const auto& attribute : tag.attributes) {
        if (attribute.name == "port" || attribute.name == "name")
            return '[' + attribute.value + ']';
    }
    return "[]";
}

} // namespace

ProbeResult probeTomcatConfiguration(const ProbeInput& input)
{
    const auto head = input.head.substr(0, probedBytes);
    if (!head.contains('<'))
        return {};
    const auto tags = scanXmlTags(head);
    const auto has = [&](std::string_view name) { return std::ranges::contains(tags, name, &XmlTag::name); };
    const auto connector = std::ranges::find(tags, "Connector", &XmlTag::name);
    if (connector == tags.end() || !std::ranges::contains(connector->attributes, "port", &XmlAttribute::name))
        return {};
    return {has("Server") && has("Service") ? std::uint8_t{90} : std::uint8_t{70}, "connectors of Tomcat's server.xml"};
}

Expected<void> readTomcatConfiguration(const ByteSource& source, ParameterFile& file, JobContext& job)
{
    const auto text = readWholeText(source, file.evidence, job);
    if (!text)
        return std::unexpected(text.error());
    file.lines = countLines(*text);
    std::set<std::string_view> seen;
    for (const auto& tag : scanXmlTags(*text)) {
        if (tag.name != "Connector" && tag.name != "Executor")
            continue;
        const auto index = seen.insert(tag.name).second ? std::string{} : indexOf(tag);
        const auto prefix = "server.xml/" + std::string{tag.name} + index + '@';
        for (const auto& attribute : tag.attributes) {
            const SourceRef place{.evidence = file.evidence, .line = attribute.line, .byteOffset = attribute.offset};
            auto& parameter = appendParameter(file, prefix + std::string{attribute.name}, attribute.value, place);
            parameter.layer = ParameterLayer::Application;
            parameter.provenance = ParameterProvenance::Persisted;
        }
    }
    return {};
}

} // namespace halfshake
