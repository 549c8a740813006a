// SPDX-FileCopyrightText: The Halfshake authors
// SPDX-License-Identifier: GPL-3.0-or-later

// Reading access logs: every field of every line into rows, attempts split, of a generated ingress log in which 0.05 %
// of the requests went to several upstreams, as text and as JSON; beside a pass over the same bytes that only looks for
// line ends, and beside lnav and GoAccess where they are installed. HALFSHAKE_BENCH_BYTES sets the size of each log.

#include "models/io/linereader.h"
#include "models/logs/proxylog.h"

#include <benchmark/benchmark.h>
#include <malloc.h>

#include <array>
#include <cstdint>
#include <cstdlib>
#include <filesystem>
#include <format>
#include <fstream>
#include <map>
#include <random>
#include <string>
#include <string_view>

using namespace halfshake;

namespace {

enum class Shape : std::uint8_t { Text, Json };

constexpr std::uint64_t usualBytes = std::uint64_t{1} << 30;

std::uint64_t wantedBytes()
{
    const auto* text = std::getenv("HALFSHAKE_BENCH_BYTES");
    return text != nullptr ? std::strtoull(text, nullptr, 10) : usualBytes;
}

/// Makes up requests one after the other; the same ones in every run.
class LogGenerator
{
public:
    std::string next(Shape shape)
    {
        ++m_count;
        const auto attempt = m_random() % 10'000;
        const bool isRetried = attempt < 4;
        const bool isFailed = attempt == 4;
        const std::string status = isFailed ? "502" : std::array{"200", "200", "200", "304", "404"}[m_random() % 5];
        const auto pod = "10.32." + number(4) + '.' + number(250) + ":8080";
        const auto bytes = number(9000);
        const auto seconds = "0.0" + std::to_string(10 + m_random() % 89);
        const auto many = [](const std::string& first, const std::string& last) { return first + ", " + last; };
        const bool isMany = isRetried || isFailed;
        m_line.clear();
        const auto add = [&](std::string_view textBefore, std::string_view jsonBefore, std::string_view value) {
            m_line.append(shape == Shape::Text ? textBefore : jsonBefore).append(value);
        };
        add("", R"({"remote_addr":")", "10." + number(255) + '.' + number(255) + '.' + number(255));
        add(" - - [", R"(","time":")", time(shape));
        add("] \"", R"(","request":")", request());
        add("\" ", R"(","status":")", status);
        add(" ", R"(","bytes":")", bytes);
        add(" \"-\" \"", R"(","agent":")", agents[m_random() % agents.size()]);
        add("\" 512 ", R"(","request_time":")", isRetried ? "31.402" : seconds);
        add(" [", R"(","proxy_upstream_name":")", services[m_random() % services.size()]);
        add("] [] ", R"(","upstream_addr":")", isMany ? many(pod, "10.32.9.9:8080") : pod);
        add(" ", R"(","upstream_response_length":")", isMany ? many("0", bytes) : bytes);
        add(" ", R"(","upstream_response_time":")",
            isRetried      ? many("31.377", "0.021")
                : isFailed ? many("0.001", "0.001")
                           : seconds);
        add(" ", R"(","upstream_status":")", isMany ? many("502", status) : status);
        add(" ", R"(","req_id":")", requestId());
        m_line += shape == Shape::Text ? "\n" : "\"}\n";
        return m_line;
    }

private:
    static constexpr std::array<std::string_view, 4> agents{
        "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/124.0.0.0 "
        "Safari/537.36",
        "axios/1.6.8", "okhttp/4.12.0", "Go-http-client/1.1"};
    static constexpr std::array<std::string_view, 3> services{
        "default-order-svc-8080", "default-user-svc-8080", "pay-gateway-http"};

    std::string number(std::uint64_t end) { return std::to_string(m_random() % end); }
    std::string request() { return "GET /api/v1/orders/" + number(1'000'000) + " HTTP/1.1"; }

    std::string time(Shape shape) const
    {
        const auto second = m_count / 500;
        const auto hour = second / 3600 % 24;
        const auto minute = second / 60 % 60;
        return shape == Shape::Text ? std::format("23/Nov/2026:{:02}:{:02}:{:02} +0800", hour, minute, second % 60)
                                    : std::format("2026-11-23T{:02}:{:02}:{:02}+08:00", hour, minute, second % 60);
    }

    std::string requestId() { return std::format("{:016x}{:016x}", m_random(), m_random()); }

    std::mt19937_64 m_random{1};
    std::uint64_t m_count = 0;
    std::string m_line;
};

/// The generated log, written once and removed when the program ends.
class GeneratedLog
{
public:
    explicit GeneratedLog(Shape shape)
        : m_path(std::filesystem::temp_directory_path()
              / (shape == Shape::Text ? "halfshake_bench.log" : "halfshake_bench.json"))
    {
        std::ofstream file(m_path, std::ios::binary);
        LogGenerator generator;
        for (std::uint64_t written = 0; written < wantedBytes();) {
            const auto line = generator.next(shape);
            file << line;
            written += line.size();
        }
    }
    ~GeneratedLog() { std::filesystem::remove(m_path); }
    GeneratedLog(const GeneratedLog&) = delete;
    GeneratedLog& operator=(const GeneratedLog&) = delete;
    GeneratedLog(GeneratedLog&&) = delete;
    GeneratedLog& operator=(GeneratedLog&&) = delete;

    [[nodiscard]] const std::filesystem::path& path() const { return m_path; }

    static const GeneratedLog& of(Shape shape)
    {
        static std::map<Shape, GeneratedLog> logs;
        return logs.try_emplace(shape, shape).first->second;
    }

private:
    std::filesystem::path m_path;
};

std::size_t heapBytes()
{
    const auto info = mallinfo2();
    return info.uordblks + info.hblkhd;
}

void setRates(benchmark::State& state, std::uint64_t lines, std::uint64_t bytes)
{
    state.counters["lines/s"] =
        benchmark::Counter(static_cast<double>(lines), benchmark::Counter::kIsIterationInvariantRate);
    state.SetBytesProcessed(static_cast<std::int64_t>(bytes) * state.iterations());
}

void readLog(benchmark::State& state, Shape shape)
{
    const auto source = openFile(GeneratedLog::of(shape).path().string()).value();
    std::uint64_t lines = 0;
    for (auto _ : state) {
        const auto before = heapBytes();
        JobContext job;
        const auto log = readProxyLog(source, EvidenceId{0}, job).value();
        lines = log->counts.lines;
        state.counters["bytes/line"] = static_cast<double>(heapBytes() - before) / static_cast<double>(lines);
        if (log->counts.requests != lines)
            state.SkipWithError("lines were not understood");
    }
    setRates(state, lines, source->size());
}

void readLineEnds(benchmark::State& state)
{
    const auto source = openFile(GeneratedLog::of(Shape::Text).path().string()).value();
    std::uint64_t lines = 0;
    for (auto _ : state) {
        lines = 0;
        LineReader reader{*source};
        while (*reader.next())
            ++lines;
    }
    setRates(state, lines, source->size());
}

void runPeer(benchmark::State& state, const std::string& command)
{
    const auto program = command.substr(0, command.find(' '));
    if (std::system(("command -v " + program + " > /dev/null").c_str()) != 0) {
        state.SkipWithMessage(program + " is not installed");
        return;
    }
    const auto& path = GeneratedLog::of(Shape::Text).path();
    for (auto _ : state) {
        if (std::system((command + ' ' + path.string() + " > /dev/null").c_str()) != 0)
            state.SkipWithError("the peer failed");
    }
    state.SetBytesProcessed(static_cast<std::int64_t>(std::filesystem::file_size(path)) * state.iterations());
}

BENCHMARK(readLineEnds)->Unit(benchmark::kMillisecond);
BENCHMARK_CAPTURE(readLog, ingress, Shape::Text)->Unit(benchmark::kMillisecond);
BENCHMARK_CAPTURE(readLog, json, Shape::Json)->Unit(benchmark::kMillisecond);
BENCHMARK_CAPTURE(runPeer, lnav, "lnav -n -c ';SELECT count(*) FROM access_log WHERE sc_status = 502' -c :quit")
    ->Unit(benchmark::kMillisecond)
    ->Iterations(1);
BENCHMARK_CAPTURE(runPeer, goaccess, "goaccess --log-format=COMBINED --no-progress -o /dev/null")
    ->Unit(benchmark::kMillisecond)
    ->Iterations(1);

} // namespace

BENCHMARK_MAIN();
