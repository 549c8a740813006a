// SPDX-FileCopyrightText: The Halfshake authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "models/logs/lineplace.h"
#include "models/logs/wrapper.h"

#include <array>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace halfshake {

/// A line without its wrappers, whole again where a runtime had split it.
struct UnwrappedLine
{
    std::string_view text; ///< Valid until the next call.
    std::string_view stream; ///< "" where no wrapper names one. Valid until the next call.
    LinePlace place; ///< Of its first part.
    std::optional<EvidenceTime> writtenAt; ///< By the outermost wrapper that says so; of its first part.
    std::string_view program = {}; ///< By syslog or the journal.
    std::optional<LogInstant> stamp = {}; ///< By syslog without year: see PeeledLine.
};

/// Takes wrappers off, up to three deep, and joins the parts of split lines, per stream.
class LineUnwrapper
{
public:
    static constexpr std::size_t mostLayers = 3;
    static constexpr std::size_t longestLine = std::size_t{1} << 20; ///< What is joined beyond that is dropped.

    LineUnwrapper() = default;
    explicit LineUnwrapper(std::vector<WrapperKind> layers) : m_layers(std::move(layers)) { }

    [[nodiscard]] const std::vector<WrapperKind>& layers() const { return m_layers; }

    /// The line that is complete with this one; nothing where more parts follow. A line that has not all the wrappers
    /// comes back without those it has.
    [[nodiscard]] std::optional<UnwrappedLine> add(std::string_view line, LinePlace place);

    /// At the end: a line whose last part is missing, and how many parts it has; nothing when there is none left.
    struct Remainder
    {
        std::string text;
        std::string stream;
        LinePlace place;
        std::optional<EvidenceTime> writtenAt;
    };
    [[nodiscard]] std::optional<Remainder> takeRemainder();

private:
    struct Pending
    {
        std::string text;
        LinePlace place;
        std::optional<EvidenceTime> writtenAt;
    };

    [[nodiscard]] PeeledLine peelAll(std::string_view line);

    std::vector<WrapperKind> m_layers;
    std::array<std::string, mostLayers> m_buffers;
    std::map<std::string, Pending, std::less<>> m_pending; ///< By stream.
    std::string m_stream;
    std::string m_joined;
};

} // namespace halfshake
