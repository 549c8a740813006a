// SPDX-FileCopyrightText: The Halfshake authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "tests/support/simulatedcapture.h"

#include "tests/support/capturebuilder.h"

#include <format>

namespace halfshake::test {

namespace {

using namespace std::chrono_literals;

constexpr Duration oneWay = 200us;
constexpr Duration turn = 20us;

/// Writes what one point sees of connections.
class Scribe
{
public:
    Scribe(const SimulationOptions& options, bool isAtServer);

    void write(const SimulatedConnection& connection, std::uint32_t number);
    [[nodiscard]] std::string pcap() const { return m_builder.file().pcap(); }

private:
    using Step = CaptureBuilder& (CaptureBuilder::*)();

    void client(Duration at, Step step);
    void clientSyn(Duration at);
    void server(Duration at, Step step);
    void clientData(Duration at, const std::string& payload);
    void serverData(Duration at, const std::string& payload);
    void passOn(bool isFromClient);
    void writeUnopened(const SimulatedConnection& connection);
    void writeRejected(const SimulatedConnection& connection);
    void writeOpening(const SimulatedConnection& connection);
    void writeExchanges(const SimulatedConnection& connection);
    void writeUnanswered(const SimulatedConnection& connection);
    void writeIgnored(const SimulatedConnection& connection);
    void writeLarge(const SimulatedConnection& connection);
    void writeClose(Duration at);
    [[nodiscard]] std::string requestText(const SimulatedExchange& exchange, std::size_t padding = 0) const;

    const SimulationOptions& m_options;
    CaptureBuilder m_builder;
    bool m_isAtServer;
    Duration m_delay;
    Duration m_ahead;
    std::uint32_t m_number = 0;
};

Scribe::Scribe(const SimulationOptions& options, bool isAtServer)
    : m_options(options)
    , m_builder(isAtServer || options.point == CapturePoint::ProxyHost ? CaptureBuilder::Link::Ethernet
                                                                       : CaptureBuilder::Link::LinuxSll2)
    , m_isAtServer(isAtServer)
    , m_delay(isAtServer ? oneWay : 0ns)
    , m_ahead(isAtServer ? options.serversAhead : 0ns)
{
    m_builder.snapLength(options.snapLength);
    if (isAtServer)
        m_builder.hopLimits(62, 64);
    else
        m_builder.hopLimits(64, 62);
    if (options.point == CapturePoint::ForwardingNode)
        m_builder.points({.packetType = 0, .interfaceIndex = 7}, {.packetType = 0, .interfaceIndex = 2});
    else
        m_builder.points({.packetType = 4, .interfaceIndex = 2}, {.packetType = 0, .interfaceIndex = 2});
}

void Scribe::passOn(bool isFromClient)
{
    if (!m_isAtServer && m_options.point == CapturePoint::ForwardingNode)
        m_builder.seenAgain(12us, 1, CaptureBuilder::Point{4, isFromClient ? 2u : 7u});
}

void Scribe::client(Duration at, Step step)
{
    m_builder.at(at + m_delay + m_ahead);
    (m_builder.*step)();
    passOn(true);
}

void Scribe::clientSyn(Duration at)
{
    m_builder.at(at + m_delay + m_ahead).syn();
    passOn(true);
}

/// \a at: when it gets to the proxy.
void Scribe::server(Duration at, Step step)
{
    m_builder.at(at - m_delay + m_ahead);
    (m_builder.*step)();
    passOn(false);
}

void Scribe::clientData(Duration at, const std::string& payload)
{
    m_builder.at(at + m_delay + m_ahead).clientData(payload);
    passOn(true);
}

void Scribe::serverData(Duration at, const std::string& payload)
{
    m_builder.at(at - m_delay + m_ahead).serverData(payload);
    passOn(false);
}

std::string Scribe::requestText(const SimulatedExchange& exchange, std::size_t padding) const
{
    std::string text = exchange.target + " HTTP/1.1\r\nHost: shop.example.test\r\n";
    if (m_options.sendsRequestIds)
        text += "X-Request-ID: " + exchange.requestId + "\r\n";
    if (padding > 0)
        text += "Cookie: " + std::string(padding, 'c') + "\r\n";
    return text + "\r\n";
}

void Scribe::writeUnopened(const SimulatedConnection& connection)
{
    const bool isAnswered = connection.fault == Fault::PortCollision || connection.fault == Fault::RepliesDropped
        || (connection.fault == Fault::RepliesLost && m_isAtServer);
    if (connection.fault == Fault::Blackhole && m_isAtServer)
        return;
    const auto answer = [&](Duration at) {
        if (isAnswered)
            server(connection.open + at + 2 * oneWay, &CaptureBuilder::synAck);
    };
    clientSyn(connection.open);
    answer(0ns);
    for (const auto repeat : synRepeats(m_options.synRetries, connection.givenUp - connection.open)) {
        clientSyn(connection.open + repeat);
        answer(repeat);
    }
    for (const auto repeat : synRepeats(5, 40s))
        answer(repeat + 9ms);
}

void Scribe::writeRejected(const SimulatedConnection& connection)
{
    clientSyn(connection.open);
    if (connection.fault == Fault::Refused) {
        server(connection.open + 2 * oneWay, &CaptureBuilder::refuse);
        return;
    }
    const auto reporter = m_options.isV6 ? "fd00:ffff::1" : "192.168.250.1";
    const auto reject = [&](Duration at) {
        m_builder.at(at + m_ahead);
        if (m_options.isV6)
            m_builder.icmpError(1, 1, reporter);
        else
            m_builder.icmpError(3, 13, reporter);
    };
    reject(connection.open + 2 * oneWay);
    clientSyn(connection.open + 1'050ms);
    reject(connection.open + 1'050ms + 2 * oneWay);
}

void Scribe::writeOpening(const SimulatedConnection& connection)
{
    clientSyn(connection.open);
    auto at = connection.open;
    if (connection.fault == Fault::Loss) {
        at += 1'015ms;
        clientSyn(at);
    }
    server(at + 2 * oneWay, &CaptureBuilder::synAck);
    client(at + 2 * oneWay + turn, &CaptureBuilder::ack);
}

void Scribe::writeClose(Duration at)
{
    client(at, &CaptureBuilder::clientFin);
    server(at + 2 * oneWay, &CaptureBuilder::serverFin);
    client(at + 2 * oneWay + turn, &CaptureBuilder::ack);
}

void Scribe::writeExchanges(const SimulatedConnection& connection)
{
    Duration last = connection.open;
    for (const auto& exchange : connection.exchanges) {
        clientData(exchange.at, requestText(exchange));
        if (exchange.status == 0)
            return;
        last = exchange.at + exchange.responseAfter;
        serverData(last, std::format("HTTP/1.1 {} OK\r\nContent-Length: 2\r\n\r\nok", exchange.status));
        client(last + turn, &CaptureBuilder::ack);
    }
    writeClose(m_options.keepsAlive ? last + 55s : last + 100us);
}

/// The request is received, and then nothing.
void Scribe::writeUnanswered(const SimulatedConnection& connection)
{
    const auto& exchange = connection.exchanges.front();
    const bool isTls = connection.fault == Fault::TlsStalled;
    clientData(
        exchange.at, isTls ? std::string("\x16\x03\x01\x00\x40\x01", 6) + std::string(58, 'h') : requestText(exchange));
    server(exchange.at + 2 * oneWay + turn, &CaptureBuilder::serverAck);
    writeClose(connection.givenUp);
}

/// The server has no room for the connection: it repeats its SYN/ACK.
void Scribe::writeIgnored(const SimulatedConnection& connection)
{
    const auto& exchange = connection.exchanges.front();
    const auto text = requestText(exchange);
    clientData(exchange.at, text);
    const auto limit = connection.givenUp - connection.open;
    for (const auto repeat : synRepeats(5, limit)) {
        server(connection.open + repeat, &CaptureBuilder::synAck);
        client(connection.open + repeat + turn, &CaptureBuilder::ack);
    }
    client(connection.givenUp, &CaptureBuilder::clientFin);
}

/// Segments of full size vanish: the request of the proxy, or the answer.
void Scribe::writeLarge(const SimulatedConnection& connection)
{
    const auto& exchange = connection.exchanges.front();
    const bool isAnswer = m_number % 2 == 0;
    if (isAnswer) {
        clientData(exchange.at, requestText(exchange));
        server(exchange.at + 2 * oneWay, &CaptureBuilder::serverAck);
    }
    const auto segment = [&](Duration at) {
        if (isAnswer == m_isAtServer)
            m_builder.at(at + m_ahead)
                .unacknowledgedData(
                    !isAnswer, isAnswer ? std::string(1'448, 'x') : requestText(exchange, 1'448).substr(0, 1'448));
    };
    Duration gap = 210ms;
    for (Duration at = exchange.at + 20ms; at < connection.givenUp; at += gap, gap *= 2)
        segment(at);
    client(connection.givenUp, &CaptureBuilder::clientFin);
}

void Scribe::write(const SimulatedConnection& connection, std::uint32_t number)
{
    m_number = number;
    m_builder.connection(connection.client, connection.server);
    m_builder.initialNumbers(m_number * 2'654'435'761u, m_number * 1'640'531'527u);
    switch (connection.fault) {
    case Fault::PortCollision:
    case Fault::RepliesDropped:
    case Fault::SynsIgnored:
    case Fault::Blackhole:
    case Fault::RepliesLost:
        return writeUnopened(connection);
    case Fault::Refused:
    case Fault::Rejected:
        return writeRejected(connection);
    default:
        break;
    }
    writeOpening(connection);
    switch (connection.fault) {
    case Fault::AcksIgnored:
        return writeIgnored(connection);
    case Fault::LargeLost:
        return writeLarge(connection);
    case Fault::SlowAnswer:
    case Fault::ClientLeft:
    case Fault::TlsStalled:
        return writeUnanswered(connection);
    case Fault::IdleClosed:
        writeExchanges(connection);
        server(connection.givenUp - 500us, &CaptureBuilder::serverFin);
        server(connection.givenUp - 50us, &CaptureBuilder::serverReset);
        return;
    default:
        return writeExchanges(connection);
    }
}

} // namespace

std::string proxyCapture(const SimulationOptions& options, const std::vector<SimulatedConnection>& connections)
{
    Scribe scribe(options, false);
    for (std::uint32_t i = 0; i < connections.size(); ++i)
        scribe.write(connections[i], i + 1);
    return scribe.pcap();
}

std::string serverCapture(
    const SimulationOptions& options, const std::vector<SimulatedConnection>& connections, const std::string& server)
{
    Scribe scribe(options, true);
    for (std::uint32_t i = 0; i < connections.size(); ++i) {
        if (connections[i].server == server)
            scribe.write(connections[i], i + 1);
    }
    return scribe.pcap();
}

} // namespace halfshake::test
