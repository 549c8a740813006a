// SPDX-FileCopyrightText: The Halfshake authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "models/capture/capture.h"

#include "models/capture/capturereader.h"
#include "models/capture/pcapngreader.h"
#include "models/capture/pcapreader.h"

namespace halfshake {

ProbeResult probeCapture(const ProbeInput& input)
{
    const auto head = std::as_bytes(std::span(input.head));
    if (PcapReader::isMagic(head))
        return {100, "pcap file header"};
    if (PcapngReader::isMagic(head))
        return {100, "pcapng section header"};
    return {};
}

Expected<std::shared_ptr<const Capture>> readCapture(
    std::shared_ptr<const ByteSource> source, EvidenceId evidence, JobContext& job)
{
    return CaptureReader(std::move(source), evidence).read(job);
}

} // namespace halfshake
