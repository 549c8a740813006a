// SPDX-FileCopyrightText: The Halfshake authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "models/capture/flowkey.h"

#include "models/capture/byteorder.h"
#include "models/capture/hashing.h"

#include <bit>
#include <span>
#include <tuple>

namespace halfshake {

namespace {

constexpr std::uint64_t oddFactor = 0xd1b5'4a32'd192'ed03;

/// An endpoint as numbers that compare as the endpoint does.
struct Words
{
    std::uint64_t high = 0;
    std::uint64_t low = 0;
    std::uint16_t port = 0;

    Words(const IpAddress& address, std::uint16_t number) noexcept : port(number)
    {
        const auto bytes = std::as_bytes(std::span(address.bytes));
        high = loadBig<std::uint64_t>(bytes.data());
        low = loadBig<std::uint64_t>(bytes.data() + sizeof high);
    }
    [[nodiscard]] bool operator<(const Words& other) const noexcept
    {
        return std::tie(high, low, port) < std::tie(other.high, other.low, other.port);
    }
    [[nodiscard]] std::uint64_t hash() const noexcept { return mixed(low + high * oddFactor, port * oddFactor); }
};

} // namespace

FlowKey flowKeyOf(const PacketView& view) noexcept
{
    const Words source(view.source, view.tcp.sourcePort);
    const Words destination(view.destination, view.tcp.destinationPort);
    const bool isFromHigher = destination < source;
    const std::uint64_t lower = (isFromHigher ? destination : source).hash();
    const std::uint64_t higher = (isFromHigher ? source : destination).hash();
    return {.hash = mixed(lower, std::rotl(higher, 32)),
        .direction = isFromHigher ? FlowDirection::FromHigher : FlowDirection::FromLower};
}

} // namespace halfshake
