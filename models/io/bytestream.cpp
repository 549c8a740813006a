// SPDX-FileCopyrightText: The Halfshake authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "models/io/bytestream.h"

namespace halfshake {

SourceStream::SourceStream(const ByteSource& source, JobContext& job, bool isReporting)
    : m_source(source), m_job(job), m_isReporting(isReporting)
{
}

Expected<std::size_t> SourceStream::read(std::span<std::byte> buffer)
{
    if (m_job.isCancelled())
        return failure(DiagnosticCode::Cancelled);
    auto count = m_source.read(m_position, buffer);
    if (count)
        m_position += *count;
    if (m_isReporting)
        m_job.report({m_position, m_source.size()});
    return count;
}

} // namespace halfshake
