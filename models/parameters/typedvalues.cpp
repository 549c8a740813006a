// SPDX-FileCopyrightText: The Halfshake authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "models/parameters/typedvalues.h"

#include "models/base/text.h"
#include "models/parameters/appendparameter.h"
#include "models/parameters/parameterlines.h"
#include "models/parameters/wholetext.h"

#include <algorithm>
#include <array>
#include <optional>
#include <utility>

namespace halfshake {

namespace {

constexpr std::size_t probedLines = 60;
constexpr std::array<std::string_view, 8> typedKeys{"client/timeout", "kube-apiserver/service-node-port-range",
    "kube-proxy/mode", "load-balancer/idle-timeout", "load-balancer/mode", "load-balancer/response-timeout", "os/cpus",
    "os/memory"};

struct Fact
{
    std::string_view key;
    std::string_view value;
};

/// "listener: tcp/80 -> nginx-ingress-lb": the protocol.
std::string_view listenerMode(std::string_view value)
{
    const auto mode = value.substr(0, value.find('/'));
    return mode == "tcp" || mode == "http" || mode == "https" ? mode : std::string_view{};
}

std::optional<Fact> parseFact(std::string_view line)
{
    const auto separator = line.find_first_of("=:");
    if (separator == std::string_view::npos)
        return {};
    const auto key = trimmed(line.substr(0, separator));
    const auto value = trimmed(line.substr(separator + 1));
    if (value.empty())
        return {};
    if (std::ranges::binary_search(typedKeys, key))
        return Fact{key, value};
    if (key == "established-timeout" || key == "idle-timeout")
        return Fact{"load-balancer/idle-timeout", value};
    if (key == "listener" && !listenerMode(value).empty())
        return Fact{"load-balancer/mode", listenerMode(value)};
    return {};
}

class TypedValueReader
{
public:
    explicit TypedValueReader(ParameterFile& file) : m_file(file) { }

    void addLine(const TextLine& line)
    {
        const auto text = trimmed(line.text);
        if (text.empty() || text.starts_with('#'))
            return;
        const SourceRef place{.evidence = m_file.evidence, .line = line.number, .byteOffset = line.offset};
        const auto fact = parseFact(text);
        if (!fact) {
            m_file.diagnostics.add(DiagnosticCode::ParameterLineMalformed, place, {"no fact that is asked for"});
            return;
        }
        auto& parameter = appendParameter(m_file, fact->key, fact->value, place);
        parameter.layer = ParameterLayer::Orchestrator;
        parameter.provenance = ParameterProvenance::Typed;
    }

    [[nodiscard]] Expected<void> finish() { return {}; }

private:
    ParameterFile& m_file;
};

} // namespace

ProbeResult probeTypedValues(const ProbeInput& input)
{
    std::size_t facts = 0;
    std::size_t others = 0;
    for (const auto line : headLines(input, probedLines)) {
        const auto text = trimmed(line);
        if (!text.empty() && !text.starts_with('#'))
            ++(parseFact(text) ? facts : others);
    }
    if (facts == 0 || others > facts)
        return {};
    return {80, "facts typed by a person"};
}

Expected<void> readTypedValues(const ByteSource& source, ParameterFile& file, JobContext& job)
{
    TypedValueReader reader{file};
    return readParameterLines(source, file, job, reader);
}

Parameter typedParameter(std::string key, std::string value)
{
    Parameter parameter;
    parameter.layer = ParameterLayer::Orchestrator;
    parameter.provenance = ParameterProvenance::Typed;
    parameter.key = std::move(key);
    parameter.value = std::move(value);
    return parameter;
}

} // namespace halfshake
