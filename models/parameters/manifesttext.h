// SPDX-FileCopyrightText: The Halfshake authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "models/base/sourceref.h"
#include "models/parameters/yamltree.h"

#include <cstddef>
#include <string_view>

namespace halfshake {

/// The text that YAML nodes were read from, to find places in it: the evidence itself, or a scalar of it that holds
/// another document (a ConfigMap's config.conf).
class ManifestText
{
public:
    ManifestText(std::string_view text, EvidenceId evidence) : m_text(text), m_evidence(evidence) { }
    /// The document inside \a scalar, which was read from \a outer.
    ManifestText(YamlValue scalar, const ManifestText& outer)
        : m_text(scalar.text()), m_evidence(outer.m_evidence), m_outer(&outer), m_scalar(scalar)
    {
    }

    [[nodiscard]] std::string_view text() const { return m_text; }
    [[nodiscard]] EvidenceId evidence() const { return m_evidence; }

    /// Where \a value starts in the evidence.
    [[nodiscard]] SourceRef placeOf(YamlValue value) const;
    /// Where \a word, which stands at \a offset of the unescaped \a scalar, is in the evidence; the scalar's start
    /// where folding or escapes hide it.
    [[nodiscard]] SourceRef placeIn(YamlValue scalar, std::size_t offset, std::string_view word) const;
    /// Where \a word, which stands at \a offset of text(), is in the evidence.
    [[nodiscard]] SourceRef placeAt(std::size_t offset, std::string_view word) const;

private:
    std::string_view m_text;
    EvidenceId m_evidence;
    const ManifestText* m_outer = nullptr;
    YamlValue m_scalar;
};

} // namespace halfshake
