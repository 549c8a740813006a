// SPDX-FileCopyrightText: The Halfshake authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "models/io/unpack.h"
#include "models/logs/proxylog.h"

#include <QByteArray>
#include <QDir>
#include <QFile>
#include <QString>

#include <memory>
#include <string>

namespace halfshake::test {

/// A file of the recorded evidence.
inline QString evidencePath(const QString& path)
{
    return QDir{QStringLiteral(HALFSHAKE_EVIDENCE)}.filePath(path);
}

inline QByteArray evidenceFile(const QString& path)
{
    QFile file{evidencePath(path)};
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray{};
}

/// The unpacked bytes of the first member of a file.
inline std::shared_ptr<const ByteSource> evidenceBytes(const QString& path)
{
    JobContext job;
    const auto file = openFile(evidencePath(path).toStdString());
    const auto unpacked = file ? unpack(*file, job) : std::unexpected(file.error());
    return unpacked && !unpacked->members.empty() ? unpacked->members.front().bytes : nullptr;
}

inline Expected<std::shared_ptr<const ProxyLog>> readEvidence(const QString& path, const ProxyLogOptions& options = {})
{
    JobContext job;
    const auto bytes = evidenceBytes(path);
    return bytes ? readProxyLog(bytes, EvidenceId{0}, job, options)
                 : failure(DiagnosticCode::FileNotReadable, {}, {path.toStdString()});
}

} // namespace halfshake::test
