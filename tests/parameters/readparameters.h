// SPDX-FileCopyrightText: The Halfshake authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "models/parameters/parameterstore.h"

#include <QByteArray>
#include <QFile>

#include <algorithm>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

namespace halfshake::test {

inline constexpr EvidenceId evidence{6};

inline ParameterProbe probeText(std::string_view text)
{
    return probeParameterFile({text.substr(0, std::size_t{512} << 10), text.size()});
}

/// As the program does it: by content, then with the reader of that kind.
inline Expected<std::shared_ptr<const ParameterFile>> readText(std::string text, EvidenceId id = evidence)
{
    JobContext job;
    const auto kind = probeText(text).kind;
    return readParameterFile(memorySource(std::move(text)), id, kind, job);
}

inline Expected<std::shared_ptr<const ParameterFile>> readTextAs(std::string text, ParameterFileKind kind)
{
    JobContext job;
    return readParameterFile(memorySource(std::move(text)), evidence, kind, job);
}

inline std::string contentOf(const QString& path)
{
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly))
        return {};
    return file.readAll().toStdString();
}

inline const Parameter* findParameter(const ParameterFile& file, std::string_view key)
{
    const auto found = std::ranges::find(file.parameters, key, &Parameter::key);
    return found == file.parameters.end() ? nullptr : &*found;
}

/// "<absent>" tells a missing parameter from an empty one.
inline std::string valueOf(const ParameterFile& file, std::string_view key)
{
    const auto* const parameter = findParameter(file, key);
    return parameter ? parameter->value : "<absent>";
}

inline std::uint64_t lineOf(const ParameterFile& file, std::string_view key)
{
    const auto* const parameter = findParameter(file, key);
    return parameter ? parameter->place.line : 0;
}

} // namespace halfshake::test
