// SPDX-FileCopyrightText: The Halfshake authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "models/capture/capture.h"
#include "models/capture/duplicatefilter.h"
#include "models/capture/encapsulation.h"
#include "models/capture/handshaketracker.h"
#include "models/capture/packetdecoder.h"
#include "models/capture/packetreader.h"
#include "models/capture/packetview.h"

#include <memory>

namespace halfshake {

/// Turns the records of one file into a Capture.
class CaptureReader
{
public:
    CaptureReader(std::shared_ptr<const ByteSource> source, EvidenceId evidence);

    [[nodiscard]] Expected<std::shared_ptr<const Capture>> read(JobContext& job);

private:
    [[nodiscard]] Expected<void> sampleDuplication();
    [[nodiscard]] Expected<void> readRecords(PacketReader& reader, JobContext& job);
    void add(const PacketRecord& record);
    void track(const PacketRecord& record, PacketTable::Row& row);
    void count();
    void noteTime(EvidenceTime time);
    void noteTrouble(const PacketRecord& record, DecodeTrouble trouble);
    void takeOver(const PacketReader& reader);

    std::shared_ptr<Capture> m_capture;
    EncapsulationTable m_encapsulations;
    DuplicateFilter m_duplicates;
    HandshakeTracker m_tracker;
    PacketView m_view;
    EvidenceTime m_lastTime;
};

} // namespace halfshake
