// SPDX-FileCopyrightText: The Halfshake authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "tests/benchmarks/capturegenerator.h"

#include "models/capture/packettable.h"

#include <queue>

#include <algorithm>
#include <array>
#include <cmath>
#include <cstring>
#include <format>
#include <fstream>
#include <random>
#include <string_view>
#include <vector>

namespace halfshake::test {

namespace {

using Microseconds = std::uint64_t;

constexpr Microseconds second = 1'000'000;
constexpr Microseconds duration = 600 * second;
constexpr std::uint32_t startSeconds = 1'715'800'000;
constexpr int repeats = 5;

enum class Fate : std::uint8_t { Healthy, SynUnanswered, SynAckUnanswered };

struct Connection
{
    std::uint32_t client = 0;
    std::uint32_t server = 0;
    std::uint16_t clientPort = 0;
    std::uint32_t clientNext = 0;
    std::uint32_t serverNext = 0;
    std::uint16_t step = 0;
    std::uint16_t requestsLeft = 0;
    std::uint16_t segmentsLeft = 0;
    Fate fate = Fate::Healthy;
};

struct Turn
{
    Microseconds time = 0;
    std::uint32_t connection = 0;

    bool operator>(const Turn& other) const { return time > other.time; }
};

class Writer
{
public:
    explicit Writer(const std::string& path) : m_out(path, std::ios::binary)
    {
        for (const std::uint32_t word : {0xa1b2c3d4U, 2U | 4U << 16, 0U, 0U, 262'144U, 1U})
            little(word);
    }

    void segment(Microseconds time, const Connection& connection, bool isFromClient, std::uint8_t flags,
        std::string_view payload = {})
    {
        constexpr std::uint16_t serverPort = 8080;
        constexpr std::uint16_t tcpHeader = 32;
        const auto ipLength = static_cast<std::uint16_t>(20 + tcpHeader + payload.size());
        little(startSeconds + static_cast<std::uint32_t>(time / second));
        little(static_cast<std::uint32_t>(time % second));
        little(14U + ipLength);
        little(14U + ipLength);
        m_buffer.append("\x02\x42\x0a\0\0\x02\x02\x42\x0a\0\0\x01\x08\0", 14);
        big16(0x4500);
        big16(ipLength);
        big16(static_cast<std::uint16_t>(++m_packets));
        m_buffer.append("\x40\0\x40\x06\0\0", 6);
        big32(isFromClient ? connection.client : connection.server);
        big32(isFromClient ? connection.server : connection.client);
        big16(isFromClient ? connection.clientPort : serverPort);
        big16(isFromClient ? serverPort : connection.clientPort);
        big32(isFromClient ? connection.clientNext : connection.serverNext);
        big32((flags & tcpflag::ack) == 0 ? 0 : isFromClient ? connection.serverNext : connection.clientNext);
        big16(static_cast<std::uint16_t>(tcpHeader / 4 << 12 | flags));
        m_buffer.append("\x01\xf6\0\0\0\0\x01\x01\x08\x0a", 10);
        big32(static_cast<std::uint32_t>(time / 1000));
        big32((flags & tcpflag::ack) == 0 ? 0 : static_cast<std::uint32_t>(time / 1000) - 1);
        m_buffer += payload;
        if (m_buffer.size() > bufferSize)
            flush();
    }

    [[nodiscard]] std::uint64_t packets() const { return m_packets; }
    [[nodiscard]] bool finish()
    {
        flush();
        m_out.close();
        return !m_out.fail();
    }

private:
    static constexpr std::size_t bufferSize = std::size_t{1} << 20;

    void little(std::uint32_t value)
    {
        for (int shift = 0; shift < 32; shift += 8)
            m_buffer += static_cast<char>(value >> shift & 0xff);
    }
    void big16(std::uint16_t value)
    {
        m_buffer += static_cast<char>(value >> 8);
        m_buffer += static_cast<char>(value & 0xff);
    }
    void big32(std::uint32_t value)
    {
        big16(static_cast<std::uint16_t>(value >> 16));
        big16(static_cast<std::uint16_t>(value & 0xffff));
    }
    void flush()
    {
        m_out.write(m_buffer.data(), static_cast<std::streamsize>(m_buffer.size()));
        m_buffer.clear();
    }

    std::ofstream m_out;
    std::string m_buffer;
    std::uint64_t m_packets = 0;
};

class Generator
{
public:
    Generator(GeneratedCapture& capture, const std::string& path)
        : m_capture(capture), m_writer(path), m_response(capture.responsePayload, 'x')
    {
        constexpr std::string_view head = "HTTP/1.1 200 OK\r\n";
        m_response.replace(0, std::min(head.size(), m_response.size()), head.substr(0, m_response.size()));
    }

    bool run()
    {
        const Microseconds pace = duration / m_capture.connections;
        std::uint32_t opened = 0;
        while (opened < m_capture.connections || !m_turns.empty()) {
            const Microseconds next = opened * pace;
            if (opened < m_capture.connections && (m_turns.empty() || next <= m_turns.top().time)) {
                m_turns.push({next, open(opened++)});
                continue;
            }
            const Turn turn = m_turns.top();
            m_turns.pop();
            take(turn);
        }
        m_capture.packets = m_writer.packets();
        return m_writer.finish();
    }

private:
    std::uint32_t open(std::uint32_t number)
    {
        Connection connection;
        connection.client = 0x0a08'0000 + number % 8;
        connection.server = 0x0a20'0000 + 1 + number / 8 % 250;
        connection.clientPort = static_cast<std::uint16_t>(1024 + number / 2000 * 61 % 64'000);
        connection.clientNext = static_cast<std::uint32_t>(m_random());
        connection.serverNext = static_cast<std::uint32_t>(m_random());
        const auto dice = m_random() % 1000;
        connection.fate = dice < 3 ? Fate::SynAckUnanswered : dice < 5 ? Fate::SynUnanswered : Fate::Healthy;
        connection.requestsLeft = static_cast<std::uint16_t>(1 + m_random() % 5);
        m_connections.push_back(connection);
        return number;
    }

    void again(const Turn& turn, Microseconds later) { m_turns.push({turn.time + later, turn.connection}); }

    void take(const Turn& turn)
    {
        Connection& connection = m_connections[turn.connection];
        switch (connection.fate) {
        case Fate::Healthy:
            return takeHealthy(turn, connection);
        case Fate::SynUnanswered:
            return repeat(turn, connection, true, m_capture.synRetransmissions);
        case Fate::SynAckUnanswered:
            return repeat(turn, connection, false, m_capture.synAckRetransmissions);
        }
    }

    void repeat(const Turn& turn, Connection& connection, bool isSyn, std::uint64_t& counted)
    {
        int rung = connection.step++;
        if (!isSyn && rung == 0) {
            m_writer.segment(turn.time, connection, true, tcpflag::syn);
            ++connection.clientNext;
            return again(turn, 200);
        }
        rung -= isSyn ? 0 : 1;
        m_writer.segment(turn.time, connection, isSyn,
            isSyn ? tcpflag::syn : static_cast<std::uint8_t>(tcpflag::syn | tcpflag::ack));
        counted += rung > 0 ? 1 : 0;
        if (rung < repeats)
            again(turn, second << rung);
    }

    void takeHealthy(const Turn& turn, Connection& connection)
    {
        constexpr std::uint8_t ack = tcpflag::ack;
        constexpr std::uint8_t data = tcpflag::ack | tcpflag::psh;
        constexpr std::uint8_t end = tcpflag::ack | tcpflag::fin;
        switch (connection.step++) {
        case 0:
            m_writer.segment(turn.time, connection, true, tcpflag::syn);
            ++connection.clientNext;
            return again(turn, 200);
        case 1:
            m_writer.segment(turn.time, connection, false, tcpflag::syn | ack);
            ++connection.serverNext;
            return again(turn, 200);
        case 2:
            m_writer.segment(turn.time, connection, true, ack);
            return again(turn, 50);
        case 3: {
            const auto request = std::format(
                "GET /api/v1/orders/{} HTTP/1.1\r\nX-Request-ID: {:08x}\r\n\r\n", m_random() % 100'000, m_random());
            m_writer.segment(turn.time, connection, true, data, request);
            connection.clientNext += static_cast<std::uint32_t>(request.size());
            connection.segmentsLeft = static_cast<std::uint16_t>(m_capture.responseSegments);
            return again(turn, 200);
        }
        case 4:
            m_writer.segment(turn.time, connection, false, ack);
            return again(turn, 1000 + m_random() % 40'000);
        case 5:
            m_writer.segment(turn.time, connection, false, data, m_response);
            connection.serverNext += static_cast<std::uint32_t>(m_response.size());
            if (--connection.segmentsLeft > 0)
                --connection.step;
            return again(turn, 200);
        case 6:
            m_writer.segment(turn.time, connection, true, ack);
            if (--connection.requestsLeft > 0)
                connection.step = 3;
            return again(turn, 1000 + m_random() % 100'000);
        case 7:
            m_writer.segment(turn.time, connection, true, end);
            ++connection.clientNext;
            return again(turn, 200);
        case 8:
            m_writer.segment(turn.time, connection, false, end);
            ++connection.serverNext;
            return again(turn, 200);
        default:
            return m_writer.segment(turn.time, connection, true, ack);
        }
    }

    GeneratedCapture& m_capture;
    Writer m_writer;
    std::string m_response;
    std::mt19937_64 m_random{20'261'124};
    std::vector<Connection> m_connections;
    std::priority_queue<Turn, std::vector<Turn>, std::greater<>> m_turns;
};

} // namespace

bool GeneratedCapture::write(const std::string& path)
{
    return Generator(*this, path).run();
}

} // namespace halfshake::test
