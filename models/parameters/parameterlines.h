// SPDX-FileCopyrightText: The Halfshake authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "models/base/expected.h"
#include "models/base/jobcontext.h"
#include "models/io/bytesource.h"
#include "models/io/linereader.h"
#include "models/parameters/parameterfile.h"

#include <concepts>
#include <cstddef>
#include <cstdint>
#include <string>

namespace halfshake {

/// Takes the lines of a file one by one, and says at the end whether they made sense.
template<typename Reader>
concept ParameterLineReader = requires(Reader reader, const TextLine& line) {
    reader.addLine(line);
    { reader.finish() } -> std::same_as<Expected<void>>;
};

/// A file with more statements than any host or cluster has is refused, as each takes memory.
inline constexpr std::size_t mostParameters = 2'000'000;

/// Gives every line of \a source to \a reader and counts them in \a file.
/// Errors: NotText where a NUL stands, ManifestTooLarge above mostParameters, Cancelled, those of the source and of
/// reader.finish().
template<ParameterLineReader Reader>
[[nodiscard]] Expected<void> readParameterLines(
    const ByteSource& source, ParameterFile& file, JobContext& job, Reader& reader)
{
    constexpr std::uint64_t linesBetweenChecks = 1024;
    LineReader lines{source};
    while (true) {
        if (file.lines % linesBetweenChecks == 0) {
            if (job.isCancelled())
                return failure(DiagnosticCode::Cancelled, {.evidence = file.evidence});
            job.report({lines.offset(), source.size()});
        }
        const auto line = lines.next();
        if (!line)
            return std::unexpected(line.error());
        if (!line->has_value())
            return reader.finish();
        if (const auto nul = (*line)->text.find('\0'); nul != std::string_view::npos) {
            const auto offset = (*line)->offset + nul;
            return failure(DiagnosticCode::NotText,
                {.evidence = file.evidence, .line = (*line)->number, .byteOffset = offset}, {std::to_string(offset)});
        }
        if (file.parameters.size() + file.nodePorts.size() > mostParameters)
            return failure(DiagnosticCode::ManifestTooLarge, {.evidence = file.evidence}, {"parameters"});
        ++file.lines;
        if ((*line)->isCut)
            file.diagnostics.add(DiagnosticCode::ParameterLineMalformed,
                {.evidence = file.evidence, .line = (*line)->number, .byteOffset = (*line)->offset}, {"line too long"});
        reader.addLine(**line);
    }
}

} // namespace halfshake
