// SPDX-FileCopyrightText: The Halfshake authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "models/base/endpoint.h"

#include <arpa/inet.h>

#include <QTest>

#include <random>
#include <unordered_set>

using namespace halfshake;

class TestEndpoint : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void addressesAreWrittenAsRfc5952Says_data();
    void addressesAreWrittenAsRfc5952Says();
    void whatIsNoAddressIsRefused_data();
    void whatIsNoAddressIsRefused();
    void writtenAddressesAreReadBack();
    void parsingAgreesWithTheSystem();
    void mappedAddressesAreIPv4();
    void loopbackIsKnownInBothFamilies();
    void endpointsAreReadAndWritten_data();
    void endpointsAreReadAndWritten();
    void whatIsNoEndpointIsRefused_data();
    void whatIsNoEndpointIsRefused();
    void endpointsOfOneSubnetHashApart();
    void endpointsSortByAddressThenPort();
};

void TestEndpoint::addressesAreWrittenAsRfc5952Says_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<QByteArray>("canonical");

    QTest::newRow("IPv4") << QByteArray("10.96.0.1") << QByteArray("10.96.0.1");
    QTest::newRow("IPv4 lowest") << QByteArray("0.0.0.0") << QByteArray("0.0.0.0");
    QTest::newRow("IPv4 highest") << QByteArray("255.255.255.255") << QByteArray("255.255.255.255");
    // the examples of RFC 5952, sections 1, 2 and 4
    QTest::newRow("leading zeros") << QByteArray("2001:0db8::0001") << QByteArray("2001:db8::1");
    QTest::newRow("all groups") << QByteArray("2001:db8:0:0:0:0:2:1") << QByteArray("2001:db8::2:1");
    QTest::newRow("one zero group stays") << QByteArray("2001:db8:0:1:1:1:1:1") << QByteArray("2001:db8:0:1:1:1:1:1");
    QTest::newRow("one zero group written short")
        << QByteArray("2001:db8::1:1:1:1:1") << QByteArray("2001:db8:0:1:1:1:1:1");
    QTest::newRow("longest run") << QByteArray("2001:0:0:1:0:0:0:1") << QByteArray("2001:0:0:1::1");
    QTest::newRow("first of equal runs") << QByteArray("2001:db8:0:0:1:0:0:1") << QByteArray("2001:db8::1:0:0:1");
    QTest::newRow("lower case") << QByteArray("2001:DB8:AAAA:BBBB:CCCC:DDDD:EEEE:AAAA")
                                << QByteArray("2001:db8:aaaa:bbbb:cccc:dddd:eeee:aaaa");
    QTest::newRow("unspecified") << QByteArray("0:0:0:0:0:0:0:0") << QByteArray("::");
    QTest::newRow("loopback") << QByteArray("0:0:0:0:0:0:0:1") << QByteArray("::1");
    QTest::newRow("run at the end") << QByteArray("fe80:0:0:0:0:0:0:0") << QByteArray("fe80::");
    QTest::newRow("dotted tail") << QByteArray("64:ff9b::192.0.2.33") << QByteArray("64:ff9b::c000:221");
}

void TestEndpoint::addressesAreWrittenAsRfc5952Says()
{
    QFETCH(const QByteArray, text);
    QFETCH(const QByteArray, canonical);

    const auto address = IpAddress::parse(text.toStdString());
    QVERIFY(address.has_value());
    QCOMPARE(QByteArray::fromStdString(toString(*address)), canonical);
}

void TestEndpoint::whatIsNoAddressIsRefused_data()
{
    QTest::addColumn<QByteArray>("text");

    for (const char* text : {"", "1", "1.2.3", "1.2.3.4.5", "1.2.3.", ".1.2.3", "1..2.3", "256.1.1.1", "1.2.3.04",
             "1.2.3.4 ", " 1.2.3.4", "+1.2.3.4", "-1.2.3.4", "1.2.3.0x4", "1.2.3.4444", ":", ":::", "1:2:3:4:5:6:7",
             "1:2:3:4:5:6:7:8:9", "1::2::3", "12345::", "g::", "fe80::1%eth0", "[::1]", "-", "unix"})
        QTest::newRow(text) << QByteArray(text);
    QTest::newRow("long") << QByteArray(10'000, ':');
    QTest::newRow("NUL") << QByteArray("::1\0", 4);
}

void TestEndpoint::whatIsNoAddressIsRefused()
{
    QFETCH(const QByteArray, text);
    QVERIFY(!IpAddress::parse(text.toStdString()));
}

void TestEndpoint::writtenAddressesAreReadBack()
{
    std::mt19937 random{5952};
    for (int i = 0; i < 2000; ++i) {
        IpAddress address;
        for (auto& byte : address.bytes) // many zeros, so that many runs come up
            byte = random() % 3 == 0 ? static_cast<std::uint8_t>(random()) : 0;
        const auto text = toString(address);
        const auto read = IpAddress::parse(text);
        QVERIFY2(read == address, text.c_str());
    }
}

void TestEndpoint::parsingAgreesWithTheSystem()
{
    std::mt19937 random{4};
    for (int i = 0; i < 5000; ++i) {
        std::string text;
        for (int length = static_cast<int>(random() % 12); length > 0; --length)
            text += "0123456789..."[random() % 13];
        in_addr expected{};
        const bool isAddress = inet_pton(AF_INET, text.c_str(), &expected) == 1;
        const auto address = IpAddress::parse(text);
        QVERIFY2(address.has_value() == isAddress, text.c_str());
        if (isAddress)
            QVERIFY(address == IpAddress::fromV4(ntohl(expected.s_addr)));
    }
}

void TestEndpoint::mappedAddressesAreIPv4()
{
    const auto mapped = IpAddress::parse("::ffff:10.0.0.1");
    QVERIFY(mapped == IpAddress::fromV4(0x0A00'0001));
    QVERIFY(mapped == IpAddress::parse("10.0.0.1"));
    QVERIFY(mapped->isV4());
    QCOMPARE(toString(*mapped), std::string("10.0.0.1"));
    QVERIFY(!IpAddress::parse("::10.0.0.1")->isV4());
    QVERIFY(!IpAddress{}.isV4());
}

void TestEndpoint::loopbackIsKnownInBothFamilies()
{
    QVERIFY(IpAddress::parse("127.0.0.1")->isLoopback());
    QVERIFY(IpAddress::parse("127.255.255.254")->isLoopback());
    QVERIFY(IpAddress::parse("::1")->isLoopback());
    QVERIFY(!IpAddress::parse("128.0.0.1")->isLoopback());
    QVERIFY(!IpAddress::parse("::2")->isLoopback());
    QVERIFY(!IpAddress::parse("1::1")->isLoopback());
    QVERIFY(!IpAddress{}.isLoopback());
}

void TestEndpoint::endpointsAreReadAndWritten_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<int>("port");

    QTest::newRow("IPv4") << QByteArray("10.0.0.1:80") << 80;
    QTest::newRow("highest port") << QByteArray("10.0.0.1:65535") << 65535;
    QTest::newRow("port 0") << QByteArray("10.0.0.1:0") << 0;
    QTest::newRow("IPv6") << QByteArray("[2001:db8::1]:8080") << 8080;
    QTest::newRow("IPv6 unspecified") << QByteArray("[::]:443") << 443;
}

void TestEndpoint::endpointsAreReadAndWritten()
{
    QFETCH(const QByteArray, text);
    QFETCH(const int, port);

    const auto endpoint = Endpoint::parse(text.toStdString());
    QVERIFY(endpoint.has_value());
    QCOMPARE(int{endpoint->port}, port);
    QCOMPARE(QByteArray::fromStdString(toString(*endpoint)), text);
}

void TestEndpoint::whatIsNoEndpointIsRefused_data()
{
    QTest::addColumn<QByteArray>("text");

    for (const char* text : {"", ":", "10.0.0.1", "10.0.0.1:", ":80", "10.0.0.1:65536", "10.0.0.1:-1", "10.0.0.1:+1",
             "10.0.0.1: 80", "10.0.0.1:80x", "2001:db8::1:80", "[2001:db8::1]", "[10.0.0.1]:80", "[]:80", "[:80",
             "]:80", "unix:/run/app.sock", "backend:80", "-"})
        QTest::newRow(text) << QByteArray(text);
}

void TestEndpoint::whatIsNoEndpointIsRefused()
{
    QFETCH(const QByteArray, text);
    QVERIFY(!Endpoint::parse(text.toStdString()));
}

void TestEndpoint::endpointsOfOneSubnetHashApart()
{
    // neighbours as a capture holds them; a weak hash collapses them in the low bits that a table uses
    std::unordered_set<std::size_t> lowBits;
    for (std::uint32_t host = 0; host < 256; ++host) {
        for (std::uint16_t port = 32768; port < 32768 + 16; ++port) {
            const Endpoint endpoint{IpAddress::fromV4(0x0A00'0000 + host), port};
            lowBits.insert(std::hash<Endpoint>{}(endpoint) % 65536);
        }
    }
    QVERIFY(lowBits.size() > 256 * 16 * 9 / 10);
}

void TestEndpoint::endpointsSortByAddressThenPort()
{
    QVERIFY(*Endpoint::parse("10.0.0.1:90") < *Endpoint::parse("10.0.0.2:80"));
    QVERIFY(*Endpoint::parse("10.0.0.1:80") < *Endpoint::parse("10.0.0.1:90"));
    QVERIFY(*IpAddress::parse("9.0.0.1") < *IpAddress::parse("10.0.0.1"));
}

QTEST_APPLESS_MAIN(TestEndpoint)

#include "tst_endpoint.moc"
