// SPDX-FileCopyrightText: The Halfshake authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "models/capture/capture.h"
#include "models/capture/encapsulation.h"
#include "models/capture/packetreader.h"
#include "models/capture/packetview.h"

namespace halfshake {

/// Turns the records of one file into a Capture.
class CaptureReader
{
public:
    CaptureReader(std::shared_ptr<const ByteSource> source, EvidenceId evidence);

    [[nodiscard]] Expected<std::shared_ptr<const Capture>> read(JobContext& job);

private:
    void add(const PacketRecord& record);

    std::shared_ptr<Capture> m_capture;
    EncapsulationTable m_encapsulations;
    PacketView m_view;
};

} // namespace halfshake
