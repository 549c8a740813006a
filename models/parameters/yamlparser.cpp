// SPDX-FileCopyrightText: The Halfshake authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "models/parameters/yamlparser.h"

#include "models/parameters/yamlbuilder.h"

#include <yaml-cpp/exceptions.h>
#include <yaml-cpp/parser.h>

#include <algorithm>
#include <istream>
#include <streambuf>

namespace halfshake {

namespace {

constexpr std::string_view byteOrderMark = "\xEF\xBB\xBF";

/// Lets yaml-cpp see a text block by block, so that a cancelled job ends at the next block.
class WatchedText final : public std::streambuf
{
public:
    WatchedText(std::string_view text, JobContext& job) : m_text(text), m_job(job) { }

    [[nodiscard]] bool isCancelled() const { return m_isCancelled; }

private:
    static constexpr std::size_t blockSize = std::size_t{64} << 10;

    int_type underflow() override
    {
        m_isCancelled = m_isCancelled || m_job.isCancelled();
        if (m_isCancelled || m_position >= m_text.size())
            return traits_type::eof();
        m_job.report({m_position, m_text.size()});
        const auto count = std::min(blockSize, m_text.size() - m_position);
        m_block.assign(m_text.substr(m_position, count));
        m_position += count;
        setg(m_block.data(), m_block.data(), m_block.data() + count);
        return traits_type::to_int_type(m_block.front());
    }

    std::string_view m_text;
    JobContext& m_job;
    std::string m_block;
    std::size_t m_position = 0;
    bool m_isCancelled = false;
};

Diagnostic malformed(YamlOrigin origin, const YAML::Exception& error)
{
    SourceRef place;
    if (!error.mark.is_null()) {
        place.line = origin.linesBefore + static_cast<std::uint64_t>(std::max(error.mark.line, 0)) + 1;
        place.byteOffset = origin.bytesBefore + static_cast<std::uint64_t>(std::max(error.mark.pos, 0));
    }
    return {DiagnosticCode::ManifestMalformed, place, {error.msg}};
}

} // namespace

Expected<void> parseYaml(
    std::string_view text, YamlOrigin origin, const YamlFunction& function, JobContext& job, YamlLimits limits)
{
    // yaml-cpp skips it without counting it
    if (text.starts_with(byteOrderMark)) {
        text.remove_prefix(byteOrderMark.size());
        origin.bytesBefore += byteOrderMark.size();
    }
    WatchedText watched{text, job};
    std::istream stream{&watched};
    YamlBuilder builder{origin, limits, function};
    try {
        YAML::Parser parser{stream};
        while (parser.HandleNextDocument(builder)) {
            if (watched.isCancelled())
                return failure(DiagnosticCode::Cancelled);
            if (builder.isStuck())
                return failure(DiagnosticCode::ManifestMalformed, builder.documentStart(), {"unexpected token"});
        }
    } catch (const YamlParsingStopped& stopped) {
        return std::unexpected(stopped.diagnostic());
    } catch (const YAML::Exception& error) {
        if (watched.isCancelled())
            return failure(DiagnosticCode::Cancelled);
        return std::unexpected(malformed(origin, error));
    }
    if (watched.isCancelled())
        return failure(DiagnosticCode::Cancelled);
    return {};
}

} // namespace halfshake
