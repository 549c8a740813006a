// SPDX-FileCopyrightText: The Halfshake authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "models/base/endpoint.h"

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace halfshake::test {

/// Appends integers in either byte order.
class WireBytes
{
public:
    explicit WireBytes(bool isBigEndian = true) : m_isBigEndian(isBigEndian) { }

    template<typename Integer>
    WireBytes& put(Integer value)
    {
        for (std::size_t i = 0; i < sizeof value; ++i) {
            const std::size_t shift = 8 * (m_isBigEndian ? sizeof value - 1 - i : i);
            m_text += static_cast<char>(value >> shift & 0xff);
        }
        return *this;
    }
    WireBytes& text(std::string_view text)
    {
        m_text += text;
        return *this;
    }
    WireBytes& padTo(std::size_t multiple)
    {
        m_text.resize((m_text.size() + multiple - 1) / multiple * multiple);
        return *this;
    }
    [[nodiscard]] const std::string& str() const { return m_text; }

private:
    std::string m_text;
    bool m_isBigEndian;
};

/// What an IP header around \a payload says; IPv6 where the addresses are.
struct IpEnvelope
{
    IpAddress source;
    IpAddress destination;
    std::uint8_t protocol = 6;
    std::uint8_t hopLimit = 64;
    std::uint16_t identification = 0;
};

[[nodiscard]] std::string inIp(const IpEnvelope& envelope, std::string_view payload);
[[nodiscard]] std::string inUdp(std::uint16_t source, std::uint16_t destination, std::string_view payload);
[[nodiscard]] std::string inEthernet(std::uint16_t type, std::string_view payload);
[[nodiscard]] std::string inVxlan(std::uint32_t network, std::string_view frame);

} // namespace halfshake::test
