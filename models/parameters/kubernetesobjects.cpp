// SPDX-FileCopyrightText: The Halfshake authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "models/parameters/kubernetesobjects.h"

#include "models/base/text.h"
#include "models/parameters/configmap.h"
#include "models/parameters/kubernetesobject.h"
#include "models/parameters/wholetext.h"
#include "models/parameters/yamlparser.h"

#include <algorithm>
#include <functional>
#include <optional>
#include <set>
#include <string>
#include <utility>

namespace halfshake {

namespace {

constexpr std::size_t probedLines = 4000;

/// A line that starts a document wherever it stands: YAML allows no text block to hold it at the line's start.
bool isDocumentMark(std::string_view line)
{
    return line.starts_with("---") && (line.size() == 3 || line[3] == ' ' || line[3] == '\t' || line[3] == '\r');
}

std::string_view lineAt(std::string_view text, std::size_t begin)
{
    return text.substr(begin, text.find('\n', begin) - begin);
}

bool isJson(std::string_view text)
{
    text = trimmed(text);
    return text.starts_with('{') || text.starts_with('[');
}

/// Turns what was copied along from the terminal into comments: the command before, the prompt behind.
void commentTerminalLinesOut(std::string& text)
{
    for (std::size_t begin = 0; begin < text.size();) {
        const auto line = lineAt(text, begin);
        const bool isNoise = isPromptLine(line) || line.starts_with("Warning: ") || line.starts_with("error: ");
        if (!isNoise && !trimmed(line).empty())
            break;
        if (isNoise)
            text[begin] = '#';
        begin += line.size() + 1;
    }
    const auto begin = text.find_last_of('\n', text.find_last_not_of(" \t\r\n")) + 1;
    if (begin > 0 && begin < text.size() && isPromptLine(lineAt(text, begin)))
        text[begin] = '#';
}

/// JSON writes a character beyond the first 65536 as two halves, which yaml-cpp refuses. Nothing that is looked for
/// here holds one: each half becomes the replacement character, of the same length, so that all places stay.
void replaceSurrogateEscapes(std::string& text)
{
    for (auto escape = text.find("\\u"); escape != std::string::npos; escape = text.find("\\u", escape + 2)) {
        if (escape + 6 <= text.size() && (text[escape + 2] == 'd' || text[escape + 2] == 'D')
            && std::string_view{"89abcdefABCDEF"}.contains(text[escape + 3]))
            text.replace(escape + 2, 4, "fffd");
    }
}

class KubernetesReader
{
public:
    KubernetesReader(std::string_view text, ParameterFile& file, JobContext& job)
        : m_text(text, file.evidence), m_file(file), m_job(job)
    {
    }

    [[nodiscard]] Expected<void> read();

private:
    [[nodiscard]] Expected<void> readDocument(std::size_t begin, std::size_t end, std::uint64_t linesBefore);
    void readValue(YamlValue value, std::string_view listKind);
    void readObject(const KubernetesObject& object);
    void addNode(const KubernetesObject& object);

    ManifestText m_text;
    ParameterFile& m_file;
    JobContext& m_job;
    std::uint64_t m_objects = 0;
    std::set<std::string, std::less<>> m_kernels; ///< Of all Nodes.
};

Expected<void> KubernetesReader::read()
{
    const auto text = m_text.text();
    std::optional<Diagnostic> firstError;
    std::size_t begin = 0;
    std::uint64_t linesBefore = 0;
    std::uint64_t lines = 0;
    for (std::size_t position = 0; position < text.size();) {
        const auto next = position + lineAt(text, position).size() + 1;
        ++lines;
        if (next < text.size() && !isDocumentMark(lineAt(text, next))) {
            position = next;
            continue;
        }
        const auto end = std::min(next, text.size());
        if (const auto result = readDocument(begin, end, linesBefore); !result) {
            if (result.error().code != DiagnosticCode::ManifestMalformed)
                return result;
            m_file.diagnostics.add(result.error());
            firstError = firstError.value_or(result.error());
        }
        begin = position = end;
        linesBefore = lines;
    }
    if (m_kernels.size() == 1)
        m_file.kernelVersion = *m_kernels.begin();
    if (m_objects == 0 && firstError)
        return std::unexpected(*firstError);
    return {};
}

Expected<void> KubernetesReader::readDocument(std::size_t begin, std::size_t end, std::uint64_t linesBefore)
{
    const auto document = m_text.text().substr(begin, end - begin);
    const auto function = [this](YamlValue value, std::string_view listKind) { readValue(value, listKind); };
    auto result = parseYaml(document, {.linesBefore = linesBefore, .bytesBefore = begin}, function, m_job);
    if (!result)
        result.error().where.evidence = m_file.evidence;
    return result;
}

void KubernetesReader::readValue(YamlValue value, std::string_view listKind)
{
    const auto ownKind = value["kind"].text();
    if (listKind.empty() && (ownKind.ends_with("List") || value["items"].isSequence())) {
        m_file.listsServices |= ownKind == "ServiceList";
        for (const auto& item : value["items"].items())
            readValue(item, ownKind.empty() ? "List" : ownKind);
        ++m_objects;
        return;
    }
    for (const auto& item : value.items())
        readValue(item, "List");
    // the items of a list by kind need not repeat it
    auto kind = std::string{ownKind};
    if (kind.empty() && listKind.ends_with("List"))
        kind = listKind.substr(0, listKind.size() - 4);
    if (kind == "Service" && !listKind.empty())
        m_file.listsServices = true;
    readObject({kind, value, m_text});
}

void KubernetesReader::readObject(const KubernetesObject& object)
{
    if (!object.value.isMap())
        return;
    ++m_objects;
    if (object.kind == "Service")
        readService(object, m_file);
    else if (object.kind == "Node")
        addNode(object);
    else if (object.kind == "ConfigMap")
        readConfigMap(object, m_file, m_job);
    else if (object.kind == "Ingress")
        readIngress(object, m_file);
    else if (object.kind.ends_with("Configuration"))
        readComponentConfiguration(object, m_file);
    else
        readPodTemplate(object, m_file);
}

void KubernetesReader::addNode(const KubernetesObject& object)
{
    readNode(object, m_file);
    if (const auto kernel = object.value["status"]["nodeInfo"]["kernelVersion"].text(); !kernel.empty())
        m_kernels.emplace(kernel);
}

/// Whether lines are each a JSON object of their own: a log.
bool isJsonLog(const std::vector<std::string_view>& lines)
{
    std::size_t whole = 0;
    for (const auto line : lines) {
        const auto text = trimmed(line);
        if (text.starts_with('{') && text.ends_with('}') && ++whole > 1)
            return true;
    }
    return false;
}

ProbeResult probeJson(const std::vector<std::string_view>& lines, std::string_view head)
{
    const auto first = std::ranges::find_if(lines, [](std::string_view line) { return !trimmed(line).empty(); });
    if (first != lines.end() && trimmed(*first).ends_with('}') && isJsonLog(lines))
        return {};
    if (head.contains("\"apiVersion\"") && (head.contains("\"kind\"") || head.contains("\"items\"")))
        return {90, "Kubernetes objects in JSON"};
    if ((head.contains("\"initContainers\"") || head.contains("\"containers\"")) && head.contains("\"spec\""))
        return {70, "patch of a Kubernetes pod template in JSON"};
    return {};
}

/// Fields of the document's root, in the document where both of them stand.
ProbeResult probeYaml(const std::vector<std::string_view>& lines)
{
    bool hasVersion = false;
    bool hasKind = false;
    bool hasItems = false;
    bool hasSpec = false;
    bool hasContainers = false;
    for (const auto line : lines) {
        if (isDocumentMark(line))
            hasVersion = hasKind = hasItems = hasSpec = hasContainers = false;
        hasVersion |= line.starts_with("apiVersion: ") || line.starts_with("apiVersion:\t");
        hasKind |= line.starts_with("kind: ");
        hasItems |= trimmed(line) == "items:" && line.starts_with("items");
        hasSpec |= line == "spec:" || line == "spec:\r";
        hasContainers |= trimmed(line) == "initContainers:" || trimmed(line) == "containers:";
        if (hasVersion && (hasKind || hasItems))
            return {90, "Kubernetes objects in YAML"};
        if (hasSpec && hasContainers)
            return {70, "patch of a Kubernetes pod template in YAML"};
    }
    return {};
}

} // namespace

ProbeResult probeKubernetesObjects(const ProbeInput& input)
{
    auto lines = headLines(input, probedLines);
    while (!lines.empty() && (trimmed(lines.front()).empty() || isPromptLine(lines.front())))
        lines.erase(lines.begin());
    if (lines.empty())
        return {};
    return isJson(lines.front()) ? probeJson(lines, input.head) : probeYaml(lines);
}

Expected<void> readKubernetesObjects(const ByteSource& source, ParameterFile& file, JobContext& job)
{
    auto text = readWholeText(source, file.evidence, job);
    if (!text)
        return std::unexpected(text.error());
    file.lines = countLines(*text);
    commentTerminalLinesOut(*text);
    if (isJson(*text))
        replaceSurrogateEscapes(*text);
    return KubernetesReader{*text, file, job}.read();
}

} // namespace halfshake
