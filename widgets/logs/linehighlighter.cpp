// SPDX-FileCopyrightText: The Halfshake authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "widgets/logs/linehighlighter.h"

#include <KSyntaxHighlighting/Definition>
#include <KSyntaxHighlighting/Format>
#include <KSyntaxHighlighting/Theme>

#include <array>
#include <string_view>

namespace halfshake {

using namespace Qt::StringLiterals;

namespace {

bool beginsLikeJson(const Evidence& evidence)
{
    std::array<std::byte, 64> head{};
    const auto got = evidence.bytes ? evidence.bytes->read(0, head) : Expected<std::size_t>(0);
    for (std::size_t i = 0; i < got.value_or(0); ++i) {
        const auto character = std::to_integer<char>(head[i]);
        if (character != ' ' && character != '\n' && character != '\r' && character != '\t')
            return character == '{' || character == '[';
    }
    return false;
}

} // namespace

QString highlightingOf(const Evidence& evidence)
{
    if (evidence.log) {
        const std::string_view format = evidence.log->format;
        if (beginsLikeJson(evidence))
            return u"JSON"_s;
        return format.contains("error") ? u"nginx error log"_s : u"Ingress access log"_s;
    }
    if (!evidence.parameters)
        return {};
    switch (evidence.parameters->kind) {
    case ParameterFileKind::SysctlDump:
    case ParameterFileKind::SysctlConfiguration:
        return u"sysctl dump"_s;
    case ParameterFileKind::KubernetesObjects:
        return beginsLikeJson(evidence) ? u"JSON"_s : u"YAML"_s;
    case ParameterFileKind::NginxConfiguration:
        return u"nginx Configuration"_s;
    case ParameterFileKind::KubectlServices:
    case ParameterFileKind::KubectlNodes:
    case ParameterFileKind::KernelCounters:
    case ParameterFileKind::SocketTables:
    case ParameterFileKind::ConntrackTable:
    case ParameterFileKind::TomcatConfiguration:
    case ParameterFileKind::KernelMessages:
    case ParameterFileKind::TypedValues:
    case ParameterFileKind::ApplicationProperties:
        return {};
    }
    return {};
}

LineHighlighter::LineHighlighter()
{
    setDark(false);
}

void LineHighlighter::setEvidence(const Evidence* evidence)
{
    const QString name = evidence != nullptr ? highlightingOf(*evidence) : QString();
    setDefinition(name.isEmpty() ? KSyntaxHighlighting::Definition() : m_repository.definitionForName(name));
    restart();
}

void LineHighlighter::setDark(bool isDark)
{
    setTheme(m_repository.defaultTheme(
        isDark ? KSyntaxHighlighting::Repository::DarkTheme : KSyntaxHighlighting::Repository::LightTheme));
}

std::vector<LineSpan> LineHighlighter::spans(const QString& line)
{
    m_spans.clear();
    if (definition().isValid())
        m_state = highlightLine(line, m_state);
    return std::exchange(m_spans, {});
}

void LineHighlighter::applyFormat(int offset, int length, const KSyntaxHighlighting::Format& format)
{
    const bool hasLook = format.hasTextColor(theme()) || format.isBold(theme()) || format.isItalic(theme());
    if (length > 0 && hasLook) {
        m_spans.push_back({.offset = offset,
            .length = length,
            .color = format.textColor(theme()),
            .isBold = format.isBold(theme()),
            .isItalic = format.isItalic(theme())});
    }
}

} // namespace halfshake
