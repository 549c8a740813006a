// SPDX-FileCopyrightText: The Halfshake authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "models/capture/byteorder.h"
#include "models/capture/layertrace.h"
#include "models/capture/packetdetails.h"

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <utility>

namespace halfshake {

/// Fills one PacketField from one header, field by field. Offsets are counted from the start of the header; a field
/// that the header does not hold as a whole is left out and noted.
class FieldBuilder
{
public:
    FieldBuilder(std::span<const std::byte> packet, const Layer& layer, std::string name)
        : m_packet(packet), m_layer(layer)
    {
        m_field.name = std::move(name);
        m_field.offset = layer.offset;
        m_field.length = layer.length;
    }

    [[nodiscard]] bool has(std::size_t offset, std::size_t length) const { return offset + length <= m_layer.length; }
    [[nodiscard]] std::uint32_t length() const { return m_layer.length; }
    [[nodiscard]] std::span<const std::byte> bytes(std::size_t offset, std::size_t length) const
    {
        return m_packet.subspan(m_layer.offset + offset, length);
    }
    /// Only after has().
    template<typename Integer>
    [[nodiscard]] Integer big(std::size_t offset) const
    {
        return loadBig<Integer>(m_packet.data() + m_layer.offset + offset);
    }

    void setSummary(std::string summary) { m_field.value = std::move(summary); }

    /// Returns the added field, so that it can get fields of its own.
    PacketField& add(std::string_view name, std::size_t offset, std::size_t length, std::string value)
    {
        return append(m_field, name, offset, length, std::move(value));
    }
    PacketField& append(
        PacketField& parent, std::string_view name, std::size_t offset, std::size_t length, std::string value) const
    {
        parent.fields.push_back({.name = std::string(name),
            .value = std::move(value),
            .offset = static_cast<std::uint32_t>(m_layer.offset + offset),
            .length = static_cast<std::uint32_t>(length),
            .fields = {}});
        return parent.fields.back();
    }

    /// Adds a number with \a format for its value, where the header holds it.
    template<typename Integer, typename Format>
    void number(std::string_view name, std::size_t offset, Format format)
    {
        if (has(offset, sizeof(Integer)))
            add(name, offset, sizeof(Integer), format(big<Integer>(offset)));
        else
            m_isCut = true;
    }

    [[nodiscard]] PacketField take()
    {
        if (m_isCut)
            add("[Header is cut off]", m_layer.length, 0, {});
        return std::move(m_field);
    }

private:
    std::span<const std::byte> m_packet;
    Layer m_layer;
    PacketField m_field;
    bool m_isCut = false;
};

} // namespace halfshake
