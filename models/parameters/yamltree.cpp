// SPDX-FileCopyrightText: The Halfshake authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "models/parameters/yamltree.h"

namespace halfshake {

YamlValue YamlValue::operator[](std::string_view key) const
{
    if (!isMap())
        return {};
    const auto& children = node().children;
    for (auto i = children.size() / 2; i-- > 0;) {
        if (const YamlValue name{*m_tree, children[2 * i]}; name.isScalar() && name.text() == key)
            return {*m_tree, children[2 * i + 1]};
    }
    if (key == "<<")
        return {};
    const auto merged = (*this)["<<"];
    if (const auto found = merged[key]; found.isPresent())
        return found;
    for (const auto& item : merged.items()) {
        if (const auto found = item[key]; found.isPresent())
            return found;
    }
    return {};
}

std::vector<YamlValue> YamlValue::items() const
{
    std::vector<YamlValue> result;
    if (!isSequence())
        return result;
    result.reserve(node().children.size());
    for (const auto row : node().children)
        result.emplace_back(*m_tree, row);
    return result;
}

std::vector<YamlValue::Field> YamlValue::fields() const
{
    std::vector<Field> result;
    if (!isMap())
        return result;
    const auto& children = node().children;
    result.reserve(children.size() / 2);
    for (std::size_t i = 0; i + 1 < children.size(); i += 2)
        result.emplace_back(YamlValue{*m_tree, children[i]}, YamlValue{*m_tree, children[i + 1]});
    return result;
}

} // namespace halfshake
