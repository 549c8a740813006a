// SPDX-FileCopyrightText: The Halfshake authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <cstdint>

namespace halfshake {

class ConnectionView;
class EvidenceView;
class FindingsView;
class LadderView;
class LogView;
class PacketView;
class ParameterView;
class TimelineView;

/// The panes of the workbench, in keyboard and screen-reader order.
enum class Pane : std::uint8_t { Evidence, Timeline, Findings, Connections, Ladder, Log, Packets, Parameters };

inline constexpr int paneCount = 8;

/// All of them; owned by the window.
struct Panes
{
    EvidenceView* evidence = nullptr;
    TimelineView* timeline = nullptr;
    FindingsView* findings = nullptr;
    ConnectionView* connections = nullptr;
    LadderView* ladder = nullptr;
    LogView* log = nullptr;
    PacketView* packets = nullptr;
    ParameterView* parameters = nullptr;
};

} // namespace halfshake
