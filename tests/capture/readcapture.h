// SPDX-FileCopyrightText: The Halfshake authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "models/capture/capture.h"
#include "models/io/unpack.h"

#include <QFile>
#include <QString>
#include <QtLogging>

#include <algorithm>
#include <memory>
#include <string>

namespace halfshake::test {

/// Reads \a bytes as a capture; ends the test where they cannot be read at all.
inline std::shared_ptr<const Capture> captureOf(std::string bytes)
{
    JobContext job;
    auto capture = readCapture(memorySource(std::move(bytes)), EvidenceId{0}, job);
    if (!capture)
        qFatal("not readable: %s", describe(capture.error().code).name.data());
    return *capture;
}

/// Reads a file, compressed or not.
inline Expected<std::shared_ptr<const Capture>> captureOfFile(const QString& path)
{
    const auto source = openFile(path.toStdString());
    if (!source)
        return std::unexpected(source.error());
    JobContext job;
    const auto unpacked = unpack(*source, job);
    if (!unpacked)
        return std::unexpected(unpacked.error());
    if (unpacked->members.size() != 1)
        return failure(DiagnosticCode::UnknownFormat, {}, {"not one file"});
    return readCapture(unpacked->members.front().bytes, EvidenceId{0}, job);
}

/// The only attempt of a capture.
inline ConnectionAttempt onlyAttempt(const Capture& capture)
{
    if (capture.attempts.size() != 1)
        qFatal("%zu attempts instead of one", capture.attempts.size());
    return capture.attempts.front();
}

inline std::vector<HandshakeStep> stepsOf(const Capture& capture, const ConnectionAttempt& attempt)
{
    std::vector<HandshakeStep> steps;
    for (std::uint32_t i = 0; i < attempt.eventCount; ++i)
        steps.push_back(capture.events[attempt.firstEvent + i].step);
    return steps;
}

} // namespace halfshake::test
