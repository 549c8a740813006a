// SPDX-FileCopyrightText: The Halfshake authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "models/logs/lineunwrapper.h"

#include <algorithm>
#include <utility>

namespace halfshake {

PeeledLine LineUnwrapper::peelAll(std::string_view line)
{
    PeeledLine result{.text = line, .stream = {}, .writtenAt = {}};
    m_stream.clear();
    for (std::size_t i = 0; i < m_layers.size(); ++i) {
        const auto peeled = peel(m_layers[i], result.text, m_buffers[i]);
        if (!peeled)
            continue;
        m_stream.append(m_stream.empty() ? "" : " ").append(peeled->stream);
        result.text = peeled->text;
        result.isPart = result.isPart || peeled->isPart;
        if (!result.writtenAt)
            result.writtenAt = peeled->writtenAt;
        if (!peeled->program.empty())
            result.program = peeled->program;
        if (peeled->stamp)
            result.stamp = peeled->stamp;
    }
    result.stream = m_stream;
    return result;
}

std::optional<UnwrappedLine> LineUnwrapper::add(std::string_view line, LinePlace place)
{
    const auto peeled = peelAll(line);
    auto pending = m_pending.find(peeled.stream);
    if (peeled.isPart) {
        if (pending == m_pending.end())
            pending = m_pending.emplace(peeled.stream, Pending{{}, place, peeled.writtenAt}).first;
        auto& text = pending->second.text;
        text += peeled.text.substr(0, longestLine - std::min(longestLine, text.size()));
        return {};
    }
    if (pending == m_pending.end())
        return UnwrappedLine{peeled.text, peeled.stream, place, peeled.writtenAt, peeled.program, peeled.stamp};
    m_joined = std::move(pending->second.text);
    m_joined += peeled.text.substr(0, longestLine - std::min(longestLine, m_joined.size()));
    const UnwrappedLine joined{m_joined, peeled.stream, pending->second.place, pending->second.writtenAt};
    m_pending.erase(pending);
    return joined;
}

std::optional<LineUnwrapper::Remainder> LineUnwrapper::takeRemainder()
{
    if (m_pending.empty())
        return {};
    auto first = m_pending.extract(m_pending.begin());
    auto& pending = first.mapped();
    return Remainder{std::move(pending.text), std::move(first.key()), pending.place, pending.writtenAt};
}

} // namespace halfshake
