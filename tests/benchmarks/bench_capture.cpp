// SPDX-FileCopyrightText: The Halfshake authors
// SPDX-License-Identifier: GPL-3.0-or-later

// Reading captures: ten million small packets of 500,000 connections, the same with payloads of 1400 bytes, and both
// kinds compressed; beside `cat`, decompressors and other analysers. CPU time of the process that does the work,
// the least of several interleaved runs. An argument is the folder for the files, which need 5 GB.

#include "models/capture/capture.h"
#include "models/io/unpack.h"
#include "tests/benchmarks/capturegenerator.h"

#include <fcntl.h>
#include <spawn.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <functional>
#include <optional>
#include <print>
#include <string>
#include <thread>
#include <vector>

using namespace halfshake;
using namespace halfshake::test;

namespace {

constexpr int rounds = 5;

struct Cost
{
    double cpu = 0; ///< Seconds.
    double wall = 0;
};

double seconds(const timeval& time)
{
    return static_cast<double>(time.tv_sec) + static_cast<double>(time.tv_usec) / 1e6;
}

double cpuOf(const rusage& usage)
{
    return seconds(usage.ru_utime) + seconds(usage.ru_stime);
}

double wallNow()
{
    return std::chrono::duration<double>(std::chrono::steady_clock::now().time_since_epoch()).count();
}

/// Runs a shell command in a child of its own. None where it fails: the program is not installed.
std::optional<Cost> costOfCommand(const std::string& command)
{
    const double start = wallNow();
    std::string shell = "exec " + command;
    const char* const arguments[] = {"sh", "-c", shell.c_str(), nullptr};
    pid_t child = 0;
    posix_spawn_file_actions_t actions;
    posix_spawn_file_actions_init(&actions);
    posix_spawn_file_actions_addopen(&actions, STDERR_FILENO, "/dev/null", O_WRONLY, 0);
    const int failed = posix_spawn(&child, "/bin/sh", &actions, nullptr, const_cast<char* const*>(arguments), environ);
    posix_spawn_file_actions_destroy(&actions);
    int status = 0;
    rusage usage{};
    if (failed != 0 || wait4(child, &status, 0, &usage) != child || !WIFEXITED(status) || WEXITSTATUS(status) != 0)
        return {};
    return Cost{cpuOf(usage), wallNow() - start};
}

/// Runs \a work in this process.
Cost costOf(const std::function<void()>& work)
{
    rusage before{};
    rusage after{};
    const double start = wallNow();
    getrusage(RUSAGE_SELF, &before);
    work();
    getrusage(RUSAGE_SELF, &after);
    return {cpuOf(after) - cpuOf(before), wallNow() - start};
}

std::shared_ptr<const Capture> readFile(const std::string& path)
{
    JobContext job;
    auto source = openFile(path);
    auto unpacked = source ? unpack(*source, job) : std::unexpected(source.error());
    auto capture =
        unpacked ? readCapture(unpacked->members.front().bytes, EvidenceId{0}, job) : std::unexpected(unpacked.error());
    if (!capture) {
        std::println(stderr, "{} is not readable", path);
        std::exit(1);
    }
    return *capture;
}

struct Contestant
{
    std::string name;
    std::function<std::optional<Cost>()> run;
    std::optional<Cost> best = {};
};

Contestant command(std::string name, std::string line)
{
    return {.name = std::move(name), .run = [line = std::move(line)] { return costOfCommand(line); }};
}

Contestant halfshakeReading(std::string name, std::vector<std::string> paths)
{
    return {.name = std::move(name), .run = [paths = std::move(paths)] -> std::optional<Cost> {
                return costOf([&] {
                    std::vector<std::jthread> threads;
                    for (const std::string& path : paths)
                        threads.emplace_back([&path] { static_cast<void>(readFile(path)); });
                });
            }};
}

/// Interleaved, so that what else the machine does falls on all alike.
void compare(const std::string& title, std::uint64_t packets, std::vector<Contestant> contestants, int times = rounds)
{
    for (int round = 0; round < times; ++round) {
        for (Contestant& contestant : contestants) {
            const auto cost = contestant.run();
            if (cost && (!contestant.best || cost->cpu < contestant.best->cpu))
                contestant.best = cost;
        }
    }
    std::println("\n{}", title);
    std::println("{:<42}{:>10}{:>10}{:>14}{:>12}", "", "CPU s", "wall s", "M packets/s", "x first");
    const auto& first = contestants.front().best;
    for (const Contestant& contestant : contestants) {
        if (!contestant.best) {
            std::println("{:<42}  left out: not installed", contestant.name);
            continue;
        }
        const auto& [cpu, wall] = *contestant.best;
        std::println("{:<42}{:>10.3f}{:>10.3f}{:>14.2f}{:>12.2f}", contestant.name, cpu, wall,
            static_cast<double>(packets) / cpu / 1e6, cpu / first->cpu);
    }
    std::fflush(stdout);
}

/// Resident memory that is not a file's.
std::uint64_t residentBytes()
{
    std::ifstream status("/proc/self/status");
    for (std::string line; std::getline(status, line);) {
        if (line.starts_with("RssAnon:"))
            return std::stoull(line.substr(8)) * 1024;
    }
    return 0;
}

void measureMemory(const std::string& path, const GeneratedCapture& truth)
{
    const std::uint64_t before = residentBytes();
    const auto capture = readFile(path);
    const std::uint64_t after = residentBytes();
    const CaptureCounts& counts = capture->counts;
    const bool isRight = counts.packets == truth.packets && counts.synRetransmissions == truth.synRetransmissions
        && counts.synAckRetransmissions == truth.synAckRetransmissions && capture->attempts.size() == truth.connections;
    std::println("{} packets, {} connections, {} SYN and {} SYN/ACK repeats: {}", counts.packets,
        capture->attempts.size(), counts.synRetransmissions, counts.synAckRetransmissions,
        isRight ? "as generated" : "NOT as generated");
    const auto packets = static_cast<double>(counts.packets);
    const auto connections = static_cast<double>(capture->attempts.size());
    const double ladders = static_cast<double>(capture->events.size() * sizeof(HandshakeEvent)) / connections;
    std::println("resident after reading: {} MB; per packet {:.1f} bytes; per connection {} + {:.0f} of its ladder; "
                 "per request {}",
        (after - before) >> 20, static_cast<double>(capture->packets.bytes()) / packets, sizeof(ConnectionAttempt),
        ladders, sizeof(HttpRequestMark));
}

/// The first \a packets of a file: what slow peers are given.
void writeSlice(const std::string& from, const std::string& to, std::uint64_t bytes)
{
    std::ifstream in(from, std::ios::binary);
    std::string buffer(bytes, '\0');
    in.read(buffer.data(), static_cast<std::streamsize>(bytes));
    std::size_t end = 24;
    const auto lengthAt = [&](std::size_t at) {
        std::uint32_t length = 0;
        std::memcpy(&length, buffer.data() + at + 8, sizeof length);
        return std::size_t{16} + length;
    };
    while (end + 16 <= buffer.size() && end + lengthAt(end) <= buffer.size())
        end += lengthAt(end);
    std::ofstream(to, std::ios::binary).write(buffer.data(), static_cast<std::streamsize>(end));
}

} // namespace

int main(int argc, char* argv[])
{
    namespace fs = std::filesystem;
    const fs::path folder =
        (argc > 1 ? fs::path(argv[1]) : fs::temp_directory_path()) / ("halfshake-bench-" + std::to_string(getpid()));
    fs::create_directories(folder);
    const auto file = [&](const char* name) { return (folder / name).string(); };
    GeneratedCapture small;
    GeneratedCapture large{.connections = 20'000, .responsePayload = 1400, .responseSegments = 12};
    if (!small.write(file("small.pcap")) || !large.write(file("large.pcap"))) {
        std::println(stderr, "no room for the captures in {}", folder.string());
        return 1;
    }
    measureMemory(file("small.pcap"), small);

    compare("Small packets", small.packets,
        {halfshakeReading("Halfshake", {file("small.pcap")}),
            command("cat", "cat " + file("small.pcap") + " >/dev/null")});
    compare("Two files on two threads: wall time against Small packets", small.packets * 2,
        {halfshakeReading("Halfshake", {file("small.pcap"), file("small.pcap")})}, 3);
    compare("1400-byte payloads", large.packets,
        {halfshakeReading("Halfshake", {file("large.pcap")}),
            command("cat", "cat " + file("large.pcap") + " >/dev/null")});

    writeSlice(file("small.pcap"), file("slice.pcap"), std::uint64_t{100} << 20);
    const auto slice = readFile(file("slice.pcap"));
    const std::string filter = "'tcp.analysis.retransmission && tcp.flags.syn==1'";
    compare("The first 100 MB of the small packets, beside other analysers", slice->counts.packets,
        {halfshakeReading("Halfshake", {file("slice.pcap")}),
            command("tshark -Y " + filter, "tshark -n -r " + file("slice.pcap") + " -Y " + filter + " >/dev/null"),
            command("tcptrace -n", "tcptrace -n " + file("slice.pcap") + " >/dev/null"),
            command("tcpdump -nn, SYNs", "tcpdump -nn -r " + file("slice.pcap") + " 'tcp[13] & 2 != 0' >/dev/null")},
        2);

    for (const auto& [packer, suffix] : {std::pair{"gzip -6", ".gz"}, std::pair{"zstd -q -3", ".zst"}}) {
        const std::string packed = file("small.pcap") + suffix;
        if (!costOfCommand(std::string(packer) + " -c " + file("small.pcap") + " >" + packed))
            continue;
        const std::string tool = std::string_view(packer).starts_with("gzip") ? "gzip" : "zstd";
        compare(std::string("Packed with ") + packer, small.packets,
            {halfshakeReading("Halfshake", {packed}), command(tool + " -dc", tool + " -dc " + packed + " >/dev/null"),
                {.name = "unpacking alone",
                    .run = [&] -> std::optional<Cost> {
                        return costOf([&] {
                            JobContext job;
                            static_cast<void>(unpack(openFile(packed).value(), job));
                        });
                    }}},
            2);
    }
    fs::remove_all(folder);
    return 0;
}
