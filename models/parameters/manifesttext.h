// SPDX-FileCopyrightText: The Halfshake authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "models/base/sourceref.h"
#include "models/parameters/scalartext.h"
#include "models/parameters/yamltree.h"

#include <optional>
#include <string_view>

namespace halfshake {

/// The text that YAML nodes were read from, to find places in it: the evidence itself, or a scalar of it that holds
/// another document (a ConfigMap's config.conf).
class ManifestText
{
public:
    ManifestText(std::string_view text, EvidenceId evidence) : m_text(text), m_evidence(evidence) { }
    /// The document inside \a scalar, which was read from \a outer.
    ManifestText(YamlValue scalar, const ManifestText& outer);

    [[nodiscard]] std::string_view text() const { return m_text; }

    /// Where \a value starts in the evidence.
    [[nodiscard]] SourceRef placeOf(YamlValue value) const;
    /// To find places inside \a scalar. Of the outermost text only.
    [[nodiscard]] ScalarText scalarText(YamlValue scalar) const { return {m_text, scalar, placeOf(scalar)}; }

private:
    std::string_view m_text;
    EvidenceId m_evidence;
    std::optional<ScalarText> m_scalar; ///< Of an inner document.
};

} // namespace halfshake
