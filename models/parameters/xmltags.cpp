// SPDX-FileCopyrightText: The Halfshake authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "models/parameters/xmltags.h"

#include "models/base/text.h"

#include <algorithm>
#include <array>
#include <utility>

namespace halfshake {

namespace {

constexpr std::string_view space = " \t\r\n";

std::string withEntities(std::string_view text)
{
    using Entity = std::pair<std::string_view, char>;
    static constexpr std::array<Entity, 5> entities{
        {{"&quot;", '"'}, {"&apos;", '\''}, {"&lt;", '<'}, {"&gt;", '>'}, {"&amp;", '&'}}};
    std::string result;
    while (!text.empty()) {
        const auto* const entity =
            std::ranges::find_if(entities, [&](const Entity& e) { return text.starts_with(e.first); });
        result += entity != entities.end() ? entity->second : text.front();
        text.remove_prefix(entity != entities.end() ? entity->first.size() : 1);
    }
    return result;
}

class XmlScanner
{
public:
    explicit XmlScanner(std::string_view text) : m_text(text) { }

    std::vector<XmlTag> scan();

private:
    void skipPast(std::string_view end);
    void takeTag();
    [[nodiscard]] bool takeAttribute(XmlTag& tag);
    [[nodiscard]] std::string_view takeName();
    void skipSpace();
    [[nodiscard]] std::uint64_t lineAt(std::size_t position);

    std::string_view m_text;
    std::size_t m_position = 0;
    std::size_t m_countedTo = 0;
    std::uint64_t m_line = 1; ///< At m_countedTo.
    std::vector<XmlTag> m_tags;
};

std::vector<XmlTag> XmlScanner::scan()
{
    while ((m_position = m_text.find('<', m_position)) != std::string_view::npos) {
        const auto rest = m_text.substr(m_position);
        if (rest.starts_with("<!--"))
            skipPast("-->");
        else if (rest.starts_with("<![CDATA["))
            skipPast("]]>");
        else if (rest.starts_with("<?") || rest.starts_with("<!") || rest.starts_with("</"))
            skipPast(">");
        else
            takeTag();
    }
    return std::move(m_tags);
}

void XmlScanner::skipPast(std::string_view end)
{
    const auto found = m_text.find(end, m_position);
    m_position = found == std::string_view::npos ? m_text.size() : found + end.size();
}

void XmlScanner::skipSpace()
{
    m_position = std::min(m_text.find_first_not_of(space, m_position), m_text.size());
}

std::string_view XmlScanner::takeName()
{
    const auto begin = m_position;
    m_position = std::min(m_text.find_first_of(" \t\r\n=<>/\"'", m_position), m_text.size());
    return m_text.substr(begin, m_position - begin);
}

void XmlScanner::takeTag()
{
    ++m_position;
    XmlTag tag;
    tag.name = takeName();
    while (takeAttribute(tag)) { }
    const bool isClosed = m_position < m_text.size() && (m_text[m_position] == '>' || m_text[m_position] == '/');
    if (isClosed && !tag.name.empty())
        m_tags.push_back(std::move(tag));
}

bool XmlScanner::takeAttribute(XmlTag& tag)
{
    skipSpace();
    XmlAttribute attribute;
    attribute.offset = m_position;
    attribute.name = takeName();
    skipSpace();
    if (attribute.name.empty() || m_position >= m_text.size() || m_text[m_position] != '=')
        return false;
    ++m_position;
    skipSpace();
    const char quote = m_position < m_text.size() ? m_text[m_position] : '\0';
    if (quote != '"' && quote != '\'')
        return false;
    const auto end = m_text.find(quote, m_position + 1);
    if (end == std::string_view::npos)
        return false;
    attribute.value = withEntities(m_text.substr(m_position + 1, end - m_position - 1));
    attribute.line = lineAt(attribute.offset);
    m_position = end + 1;
    tag.attributes.push_back(std::move(attribute));
    return true;
}

std::uint64_t XmlScanner::lineAt(std::size_t position)
{
    m_line += static_cast<std::uint64_t>(std::ranges::count(m_text.substr(m_countedTo, position - m_countedTo), '\n'));
    m_countedTo = position;
    return m_line;
}

} // namespace

std::vector<XmlTag> scanXmlTags(std::string_view text)
{
    return XmlScanner{text}.scan();
}

} // namespace halfshake
