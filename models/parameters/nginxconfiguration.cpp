// SPDX-FileCopyrightText: The Halfshake authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "models/parameters/nginxconfiguration.h"

#include "models/parameters/appendparameter.h"
#include "models/parameters/nginxdirectives.h"
#include "models/parameters/wholetext.h"

#include <algorithm>
#include <format>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace halfshake {

namespace {

constexpr std::size_t probedBytes = std::size_t{64} << 10;
constexpr std::size_t longestPrefix = 512;

/// Directives that decide how connections are made, kept, limited, retried and logged (nginx.org, ngx_core,
/// ngx_http_core, ngx_http_upstream, ngx_http_proxy, ngx_http_log). Sorted.
constexpr std::string_view keptDirectives[] = {"access_log", "client_body_timeout", "client_header_timeout",
    "error_log", "fastcgi_connect_timeout", "fastcgi_read_timeout", "grpc_connect_timeout", "grpc_read_timeout",
    "grpc_send_timeout", "ip_hash", "keepalive", "keepalive_disable", "keepalive_requests", "keepalive_time",
    "keepalive_timeout", "least_conn", "limit_conn", "limit_req", "lingering_close", "lingering_time",
    "lingering_timeout", "listen", "log_format", "multi_accept", "proxy_bind", "proxy_buffering",
    "proxy_connect_timeout", "proxy_http_version", "proxy_ignore_client_abort", "proxy_next_upstream",
    "proxy_next_upstream_timeout", "proxy_next_upstream_tries", "proxy_pass", "proxy_protocol_timeout",
    "proxy_read_timeout", "proxy_request_buffering", "proxy_send_timeout", "proxy_set_header", "proxy_socket_keepalive",
    "proxy_timeout", "reset_timedout_connection", "resolver", "resolver_timeout", "send_timeout", "server",
    "server_name", "tcp_nodelay", "worker_aio_requests", "worker_connections", "worker_processes",
    "worker_rlimit_nofile", "worker_shutdown_timeout"};

/// Words that begin a block, and directives that hardly any other language has.
constexpr std::string_view blockDirectives[] = {"events", "geo", "http", "limit_except", "location", "map", "server",
    "split_clients", "stream", "types", "upstream"};

bool isKept(const NginxDirective& directive)
{
    if (directive.name == "proxy_set_header")
        return !directive.arguments.empty() && directive.arguments.front().text == "Connection";
    return !directive.isBlock && std::ranges::binary_search(keptDirectives, directive.name);
}

std::string valueOf(const NginxDirective& directive)
{
    std::string value;
    for (const auto& argument : directive.arguments)
        value += (value.empty() ? "" : " ") + argument.text;
    return value;
}

class NginxReader
{
public:
    NginxReader(std::vector<NginxDirective> directives, ParameterFile& file)
        : m_directives(std::move(directives)), m_file(file)
    {
    }

    void read();

private:
    void nameBlocks();
    void addLogFormat(const NginxDirective& directive);
    void add(std::string_view key, std::string_view value, const NginxDirective& directive);

    std::vector<NginxDirective> m_directives;
    std::vector<std::string> m_prefixes; ///< By row of a block: what its directives' keys begin with.
    ParameterFile& m_file;
};

void NginxReader::read()
{
    nameBlocks();
    for (const auto& directive : m_directives) {
        if (!isKept(directive))
            continue;
        if (directive.name == "log_format") {
            addLogFormat(directive);
            continue;
        }
        const auto prefix = directive.parent == NginxDirective::topLevel ? std::string{} : m_prefixes[directive.parent];
        add(prefix + directive.name, valueOf(directive), directive);
    }
}

/// A server block is called by its server_name, else by what it listens on, so its directives are looked through first.
void NginxReader::nameBlocks()
{
    m_prefixes.resize(m_directives.size());
    std::vector<std::string> serverNames(m_directives.size());
    for (const auto& directive : m_directives) {
        if (directive.parent == NginxDirective::topLevel || directive.arguments.empty())
            continue;
        auto& name = serverNames[directive.parent];
        if (directive.name == "server_name" || (directive.name == "listen" && name.empty()))
            name = directive.arguments.front().text;
    }
    for (std::size_t row = 0; row < m_directives.size(); ++row) {
        const auto& block = m_directives[row];
        if (!block.isBlock)
            continue;
        const auto outer = block.parent == NginxDirective::topLevel ? std::string{} : m_prefixes[block.parent];
        const bool isPlain = block.name == "http" || block.name == "events";
        const auto name = block.name == "server" ? serverNames[row] : valueOf(block);
        m_prefixes[row] = isPlain ? outer : outer + block.name + '/' + (name.empty() ? "" : name + '/');
        m_prefixes[row].resize(std::min(m_prefixes[row].size(), longestPrefix));
    }
}

void NginxReader::addLogFormat(const NginxDirective& directive)
{
    if (directive.arguments.empty())
        return;
    const auto key = "log_format/" + directive.arguments.front().text;
    std::string text;
    for (std::size_t i = 1; i < directive.arguments.size(); ++i) {
        const auto& argument = directive.arguments[i];
        if (i == 1 && argument.text.starts_with("escape="))
            add(key + "/escape", argument.text.substr(std::string_view{"escape="}.size()), directive);
        else
            text += argument.text;
    }
    add(key, text, directive);
}

void NginxReader::add(std::string_view key, std::string_view value, const NginxDirective& directive)
{
    const SourceRef place{.evidence = m_file.evidence, .line = directive.line, .byteOffset = directive.offset};
    auto& parameter = appendParameter(m_file, key, value, place);
    parameter.layer = ParameterLayer::Proxy;
    parameter.provenance = ParameterProvenance::Persisted;
}

bool isDirectiveName(std::string_view name)
{
    return !name.empty() && std::ranges::all_of(name, [](char c) {
        return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_';
    });
}

} // namespace

ProbeResult probeNginxConfiguration(const ProbeInput& input)
{
    const auto syntax = parseNginxDirectives(input.head.substr(0, probedBytes));
    const auto known = std::ranges::count_if(syntax.directives, [](const NginxDirective& directive) {
        return directive.isBlock ? std::ranges::contains(blockDirectives, directive.name)
                                 : std::ranges::binary_search(keptDirectives, directive.name);
    });
    const auto plausible = std::ranges::count_if(
        syntax.directives, [](const NginxDirective& directive) { return isDirectiveName(directive.name); });
    const auto total = std::ranges::ssize(syntax.directives);
    // one problem is the cut at the end of the head
    if (known == 0 || plausible * 10 < total * 8 || known * 20 < total || syntax.problems.size() > 1)
        return {};
    return {known >= 3 ? std::uint8_t{85} : std::uint8_t{60}, std::format("{} directives of nginx", known)};
}

Expected<void> readNginxConfiguration(const ByteSource& source, ParameterFile& file, JobContext& job)
{
    const auto text = readWholeText(source, file.evidence, job);
    if (!text)
        return std::unexpected(text.error());
    file.lines = countLines(*text);
    auto syntax = parseNginxDirectives(*text);
    for (auto& problem : syntax.problems) {
        const SourceRef place{.evidence = file.evidence, .line = problem.line, .byteOffset = problem.offset};
        file.diagnostics.add(DiagnosticCode::ParameterLineMalformed, place, {std::move(problem.what)});
    }
    NginxReader{std::move(syntax.directives), file}.read();
    return {};
}

} // namespace halfshake
