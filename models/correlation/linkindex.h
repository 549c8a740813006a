// SPDX-FileCopyrightText: The Halfshake authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "models/base/objectref.h"
#include "models/correlation/link.h"

#include <cstdint>
#include <optional>
#include <span>
#include <utility>
#include <vector>

namespace halfshake {

/// Finds the link that names an attempt, a connection or an error entry, in O(log n).
class LinkIndex
{
public:
    LinkIndex() = default;
    explicit LinkIndex(std::span<const Link> links);

    [[nodiscard]] bool isEmpty() const { return m_entries.empty(); }
    /// The row of the first link that names \a object.
    [[nodiscard]] std::optional<std::uint32_t> find(ObjectRef object) const;

private:
    std::vector<std::pair<ObjectRef, std::uint32_t>> m_entries; ///< Sorted.
};

/// Whether \a link names \a object: its attempt, connection or error entry, in whichever evidence.
[[nodiscard]] bool names(const Link& link, ObjectRef object);

} // namespace halfshake
