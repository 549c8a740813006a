// SPDX-FileCopyrightText: The Halfshake authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "models/capture/fieldformat.h"
#include "models/capture/layerfields.h"
#include "models/capture/packettable.h"

#include <array>
#include <format>
#include <string_view>

namespace halfshake::layerfields {

namespace {

using namespace fieldformat;

constexpr std::size_t fixedSize = 20;

/// Option kinds (IANA, TCP Option Kind Numbers).
constexpr std::uint8_t endOfList = 0;
constexpr std::uint8_t noOperation = 1;
constexpr std::uint8_t maximumSegmentSize = 2;
constexpr std::uint8_t windowScale = 3;
constexpr std::uint8_t sackPermitted = 4;
constexpr std::uint8_t sack = 5;
constexpr std::uint8_t timestamps = 8;
constexpr std::uint8_t md5Signature = 19;
constexpr std::uint8_t multipath = 30;
constexpr std::uint8_t fastOpen = 34;
constexpr std::uint8_t experimental = 254;

/// One TCP option: what analysers call it, its value, and how a summary line has it.
struct OptionText
{
    std::string name;
    std::string value;
    std::string summary; ///< Empty where a summary line leaves it out.
};

std::string sackBlocks(std::span<const std::byte> option)
{
    std::string text;
    for (std::size_t offset = 2; offset + 8 <= option.size(); offset += 8)
        text += std::format("{}{}-{}", text.empty() ? "" : " ", loadBig<std::uint32_t>(option.data() + offset),
            loadBig<std::uint32_t>(option.data() + offset + 4));
    return text;
}

std::string multipathSubtype(std::uint8_t subtype)
{
    constexpr std::array names{"Multipath Capable", "Join Connection", "Data Sequence Signal", "Add Address",
        "Remove Address", "Change Subflow Priority", "Fallback", "Fast Close", "Reset"};
    return subtype < names.size() ? names[subtype] : decimal(subtype);
}

OptionText fastOpenText(std::span<const std::byte> cookie)
{
    return {"TCP Fast Open Cookie", cookie.empty() ? "Request" : std::format("{} bytes", cookie.size()),
        cookie.empty() ? "TFO=R" : "TFO=C"};
}

OptionText describeLongOption(std::uint8_t kind, std::span<const std::byte> option)
{
    constexpr std::uint16_t fastOpenMagic = 0xf989; // RFC 7413 before it got a number of its own
    const std::byte* bytes = option.data();
    if (kind == maximumSegmentSize && option.size() == 4) {
        const auto value = decimal(loadBig<std::uint16_t>(bytes + 2));
        return {"Maximum segment size", value + " bytes", "MSS=" + value};
    }
    if (kind == windowScale && option.size() == 3) {
        const unsigned shift = loadByte(bytes + 2);
        return {"Window scale", std::format("{} (multiply by {})", shift, 1U << (shift & 31)),
            std::format("WS={}", 1U << (shift & 31))};
    }
    if (kind == timestamps && option.size() == 10) {
        const auto text =
            std::format("TSval={} TSecr={}", loadBig<std::uint32_t>(bytes + 2), loadBig<std::uint32_t>(bytes + 6));
        return {"Timestamps", text, text};
    }
    if (kind == sack)
        return {"SACK", sackBlocks(option), "SACK"};
    if (kind == multipath && option.size() >= 3)
        return {"Multipath TCP", multipathSubtype(static_cast<std::uint8_t>(loadByte(bytes + 2) >> 4)), "MPTCP"};
    if (kind == fastOpen)
        return fastOpenText(option.subspan(2));
    if (kind == experimental && option.size() >= 4 && loadBig<std::uint16_t>(bytes + 2) == fastOpenMagic)
        return fastOpenText(option.subspan(4));
    if (kind == md5Signature)
        return {"TCP MD5 signature", {}, "MD5"};
    return {std::format("Unknown option {}", kind), std::format("{} bytes", option.size()), {}};
}

OptionText describeOption(std::span<const std::byte> option)
{
    const std::uint8_t kind = loadByte(option.data());
    switch (kind) {
    case endOfList:
        return {"End of Option List (EOL)", {}, {}};
    case noOperation:
        return {"No-Operation (NOP)", {}, {}};
    case sackPermitted:
        return {"SACK permitted", {}, "SACK_PERM"};
    default:
        return describeLongOption(kind, option);
    }
}

/// The option that \a rest begins with; all of \a rest where its length makes no sense.
std::span<const std::byte> firstOption(std::span<const std::byte> rest)
{
    if (loadByte(rest.data()) <= noOperation)
        return rest.first(1);
    if (rest.size() < 2)
        return rest;
    const std::size_t length = loadByte(rest.data() + 1);
    return length < 2 || length > rest.size() ? rest : rest.first(length);
}

void addFlags(FieldBuilder& builder)
{
    constexpr std::array<std::string_view, 8> names{
        "Fin", "Syn", "Reset", "Push", "Acknowledgment", "Urgent", "ECN-Echo", "Congestion Window Reduced (CWR)"};
    if (!builder.has(12, 2))
        return;
    const auto flags = static_cast<std::uint8_t>(builder.big<std::uint16_t>(12) & 0xff);
    PacketField& field = builder.add("Flags", 12, 2, std::format("{:#05x} ({})", flags, tcpFlags(flags)));
    for (std::size_t bit = names.size(); bit-- > 0;)
        builder.append(field, names[bit], 13, 1, (flags >> bit & 1) != 0 ? "Set" : "Not set");
}

void addOptions(FieldBuilder& builder)
{
    if (builder.length() <= fixedSize)
        return;
    const std::size_t size = builder.length() - fixedSize;
    PacketField& field = builder.add("Options", fixedSize, size, std::format("{} bytes", size));
    std::size_t offset = fixedSize;
    while (offset < builder.length()) {
        const auto option = firstOption(builder.bytes(offset, builder.length() - offset));
        OptionText text = describeOption(option);
        builder.append(field, "TCP Option - " + text.name, offset, option.size(), std::move(text.value));
        offset += loadByte(option.data()) == endOfList ? builder.length() - offset : option.size();
    }
}

} // namespace

std::string tcpOptionSummary(std::span<const std::byte> options)
{
    std::string summary;
    while (!options.empty() && loadByte(options.data()) != endOfList) {
        const auto option = firstOption(options);
        const OptionText text = describeOption(option);
        if (!text.summary.empty())
            summary += (summary.empty() ? "" : " ") + text.summary;
        options = options.subspan(option.size());
    }
    return summary;
}

PacketField tcp(std::span<const std::byte> packet, const Layer& layer)
{
    FieldBuilder builder(packet, layer, "Transmission Control Protocol");
    builder.number<std::uint16_t>("Source Port", 0, decimal);
    builder.number<std::uint16_t>("Destination Port", 2, decimal);
    builder.number<std::uint32_t>("Sequence Number", 4, decimal);
    if (layer.isQuoted && !builder.has(8, 4)) {
        builder.setSummary("quoted up to the sequence number");
        return builder.take();
    }
    builder.number<std::uint32_t>("Acknowledgment Number", 8, decimal);
    if (builder.has(12, 1)) {
        const unsigned words = builder.big<std::uint8_t>(12) >> 4U;
        builder.add("Header Length", 12, 1, std::format("{} bytes ({})", words * 4, words));
    }
    addFlags(builder);
    builder.number<std::uint16_t>("Window", 14, decimal);
    builder.number<std::uint16_t>("Checksum", 16, hex16);
    builder.number<std::uint16_t>("Urgent Pointer", 18, decimal);
    addOptions(builder);
    if (builder.has(0, 8))
        builder.setSummary(std::format("Src Port: {}, Dst Port: {}, Seq: {}", builder.big<std::uint16_t>(0),
            builder.big<std::uint16_t>(2), builder.big<std::uint32_t>(4)));
    return builder.take();
}

} // namespace halfshake::layerfields
