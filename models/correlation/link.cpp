// SPDX-FileCopyrightText: The Halfshake authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "models/correlation/link.h"

namespace halfshake {

std::string_view toString(NoLinkReason reason)
{
    switch (reason) {
    case NoLinkReason::None:
        return "none";
    case NoLinkReason::NoCapture:
        return "no_capture";
    case NoLinkReason::OutsideCaptureWindow:
        return "outside_capture_window";
    case NoLinkReason::UpstreamNotCaptured:
        return "upstream_not_captured";
    case NoLinkReason::NothingOnWire:
        return "nothing_on_wire";
    case NoLinkReason::StartUnknown:
        return "start_unknown";
    case NoLinkReason::ClockUnknown:
        return "clock_unknown";
    case NoLinkReason::NoCandidate:
        return "no_candidate";
    case NoLinkReason::Ambiguous:
        return "ambiguous";
    }
    return "none";
}

} // namespace halfshake
