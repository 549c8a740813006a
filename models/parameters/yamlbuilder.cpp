// SPDX-FileCopyrightText: The Halfshake authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "models/parameters/yamlbuilder.h"

#include <algorithm>
#include <utility>

namespace halfshake {

namespace {

constexpr auto noRow = ~std::uint32_t{0};
constexpr std::size_t bytesPerNode = 64;

} // namespace

YamlBuilder::YamlBuilder(YamlOrigin origin, YamlLimits limits, const YamlFunction& function)
    : m_origin(origin), m_limits(limits), m_function(function)
{
}

SourceRef YamlBuilder::documentStart() const
{
    return placeOf(m_documentStart);
}

void YamlBuilder::OnDocumentStart(const YAML::Mark& mark)
{
    m_isStuck = mark.pos == m_documentStart.pos;
    m_documentStart = mark;
    m_tree.clear();
    m_open.clear();
    m_anchors.clear();
    m_hasAnchors = false;
    m_weight = 0;
}

void YamlBuilder::OnDocumentEnd()
{
    if (!m_tree.empty())
        m_function(YamlValue{m_tree, 0}, {});
    m_tree.clear();
}

void YamlBuilder::OnNull(const YAML::Mark& mark, YAML::anchor_t anchor)
{
    attach(append(YamlKind::Null, mark, anchor));
}

void YamlBuilder::OnAlias(const YAML::Mark& mark, YAML::anchor_t anchor)
{
    const auto row = anchor < m_anchors.size() ? m_anchors[anchor] : noRow;
    if (row == noRow || std::ranges::contains(m_open, row))
        refuse(mark, "alias that contains itself");
    m_weight += m_tree[row].weight;
    if (m_weight > m_limits.nodes)
        refuse(mark, "nodes");
    attach(row);
}

void YamlBuilder::OnScalar(
    const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor, const std::string& value)
{
    const bool isPlain = tag == "?" || tag.empty();
    const bool isNull =
        isPlain && (value.empty() || value == "null" || value == "~" || value == "Null" || value == "NULL");
    const auto row = append(isNull ? YamlKind::Null : YamlKind::Scalar, mark, anchor);
    if (!isNull) {
        m_tree[row].text = value;
        // long texts count as what they take, or aliases could repeat one without end
        const auto extra = value.size() / bytesPerNode;
        m_tree[row].weight += extra;
        m_weight += extra;
        if (m_weight > m_limits.nodes)
            refuse(mark, "text");
    }
    attach(row);
}

void YamlBuilder::OnSequenceStart(
    const YAML::Mark& mark, const std::string& /*tag*/, YAML::anchor_t anchor, YAML::EmitterStyle::value /*style*/)
{
    open(YamlKind::Sequence, mark, anchor);
}

void YamlBuilder::OnSequenceEnd()
{
    close();
}

void YamlBuilder::OnMapStart(
    const YAML::Mark& mark, const std::string& /*tag*/, YAML::anchor_t anchor, YAML::EmitterStyle::value /*style*/)
{
    open(YamlKind::Map, mark, anchor);
}

void YamlBuilder::OnMapEnd()
{
    close();
}

std::uint32_t YamlBuilder::append(YamlKind kind, const YAML::Mark& mark, YAML::anchor_t anchor)
{
    if (++m_weight > m_limits.nodes)
        refuse(mark, "nodes");
    const auto row = static_cast<std::uint32_t>(m_tree.size());
    auto& node = m_tree.emplace_back();
    node.kind = kind;
    const auto place = placeOf(mark);
    node.line = place.line;
    node.offset = place.byteOffset;
    if (anchor != YAML::NullAnchor) {
        m_anchors.resize(std::max<std::size_t>(m_anchors.size(), anchor + 1), noRow);
        m_anchors[anchor] = row;
        m_hasAnchors = true;
    }
    return row;
}

void YamlBuilder::attach(std::uint32_t row)
{
    if (!m_open.empty())
        m_tree[m_open.back()].children.push_back(row);
}

void YamlBuilder::open(YamlKind kind, const YAML::Mark& mark, YAML::anchor_t anchor)
{
    if (m_open.size() >= m_limits.depth)
        refuse(mark, "nesting");
    const auto row = append(kind, mark, anchor);
    attach(row);
    m_open.push_back(row);
}

void YamlBuilder::close()
{
    const auto row = m_open.back();
    const bool isItem = isListItem();
    m_open.pop_back();
    auto weight = std::uint64_t{1};
    for (const auto child : m_tree[row].children)
        weight += m_tree[child].weight;
    m_tree[row].weight = weight;
    if (isItem)
        passItemOn(row);
}

bool YamlBuilder::isListItem() const
{
    if (m_open.size() != 3 || m_open.front() != 0 || m_tree[0].kind != YamlKind::Map || m_hasAnchors)
        return false;
    const auto& fields = m_tree[0].children;
    return m_tree[m_open[1]].kind == YamlKind::Sequence && fields.size() >= 2 && fields.back() == m_open[1]
        && m_tree[fields[fields.size() - 2]].text == "items" && m_tree[m_open[2]].kind == YamlKind::Map;
}

void YamlBuilder::passItemOn(std::uint32_t item)
{
    const auto listKind = std::string{rootText("kind")};
    // without a kind of its own, an item is only understood once the list's kind is known
    if (listKind.empty() && !YamlValue{m_tree, item}["kind"].isPresent())
        return;
    m_function(YamlValue{m_tree, item}, listKind.empty() ? "List" : listKind);
    m_weight -= m_tree[item].weight;
    m_tree.resize(item);
    m_tree[m_open.back()].children.pop_back();
}

std::string_view YamlBuilder::rootText(std::string_view key) const
{
    const auto& fields = m_tree[0].children;
    for (std::size_t i = 0; i + 1 < fields.size(); i += 2) {
        if (m_tree[fields[i]].text == key)
            return m_tree[fields[i + 1]].text;
    }
    return {};
}

SourceRef YamlBuilder::placeOf(const YAML::Mark& mark) const
{
    return {.line = m_origin.linesBefore + static_cast<std::uint64_t>(std::max(mark.line, 0)) + 1,
        .byteOffset = m_origin.bytesBefore + static_cast<std::uint64_t>(std::max(mark.pos, 0))};
}

void YamlBuilder::refuse(const YAML::Mark& mark, std::string what) const
{
    throw YamlParsingStopped{Diagnostic{DiagnosticCode::ManifestTooLarge, placeOf(mark), {std::move(what)}}};
}

} // namespace halfshake
