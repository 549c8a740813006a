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

#include <cstdint>
#include <memory>
#include <span>
#include <vector>

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
    /// What is known of one packet of a batch before its turn comes.
    struct Decoded
    {
        PacketView view;
        FlowKey key;
        std::uint64_t identity = 0;
        std::uint32_t original = DuplicateFilter::noPacket; ///< Of which this packet is a copy.
        DecodeTrouble trouble = DecodeTrouble::None;
    };

    void decode(const PacketRecord& record, Decoded& decoded);
    void fold(const PacketRecord& record, Decoded& decoded, DuplicateFilter& duplicates, std::uint64_t number);
    void add(std::span<const PacketRecord> records);
    void add(const PacketRecord& record, const Decoded& decoded);
    void track(const PacketRecord& record, const Decoded& decoded, PacketTable::Row& row);
    void count(const PacketView& view);
    void noteTime(EvidenceTime time);
    void noteTrouble(const PacketRecord& record, DecodeTrouble trouble);
    void takeOver(const PacketReader& reader);

    std::shared_ptr<Capture> m_capture;
    EncapsulationTable m_encapsulations;
    DuplicateFilter m_duplicates;
    HandshakeTracker m_tracker;
    std::vector<Decoded> m_decoded; ///< One batch.
    EvidenceTime m_lastTime;
};

} // namespace halfshake
