// SPDX-FileCopyrightText: The Halfshake authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "models/parameters/manifesttext.h"

namespace halfshake {

ManifestText::ManifestText(YamlValue scalar, const ManifestText& outer)
    : m_text(scalar.text()), m_evidence(outer.m_evidence), m_scalar(outer.scalarText(scalar))
{
}

SourceRef ManifestText::placeOf(YamlValue value) const
{
    if (!value.isPresent())
        return {.evidence = m_evidence};
    const auto& node = value.node();
    if (m_scalar)
        return m_scalar->placeAt(static_cast<std::size_t>(node.offset), {});
    return {.evidence = m_evidence, .line = node.line, .byteOffset = node.offset};
}

} // namespace halfshake
