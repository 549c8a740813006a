// SPDX-FileCopyrightText: The Halfshake authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "models/base/text.h"
#include "tests/capture/readcapture.h"

#include <QDir>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QTest>

#include <map>
#include <set>

using namespace halfshake;
using namespace halfshake::test;

namespace {

const QString folder = QStringLiteral(HALFSHAKE_EVIDENCE "/incidents/");

// tshark-counts.json is limited to this port.
constexpr std::uint16_t applicationPort = 8080;

QJsonObject json(const QString& path)
{
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly))
        return {};
    return QJsonDocument::fromJson(file.readAll()).object();
}

QStringList incidentsWithCaptures()
{
    QStringList names;
    for (const QString& name : QDir(folder).entryList({QStringLiteral("S*")}, QDir::Dirs))
        if (QDir(folder + name + QStringLiteral("/captures")).exists())
            names.push_back(name);
    return names;
}

/// The files of one vantage point of an incident, as verdict.json lists them.
QStringList filesOf(const QString& incident, const QString& vantage)
{
    QStringList files;
    const auto verdict = json(folder + incident + QStringLiteral("/verdict.json"));
    for (const auto& entry : verdict[QStringLiteral("capture_files")].toArray()) {
        if (entry[QStringLiteral("vantage")].toString() != vantage)
            continue;
        for (const auto& file : entry[QStringLiteral("files")].toArray())
            files.push_back(folder + incident + u'/' + file[QStringLiteral("path")].toString());
    }
    return files;
}

bool isOfApplication(const ConnectionAttempt& attempt)
{
    return attempt.server.port == applicationPort || attempt.client.port == applicationPort;
}

/// What tshark-counts.json counts, from what a capture says.
struct Counts
{
    qint64 frames = 0;
    qint64 tcp = 0;
    qint64 syn = 0;
    qint64 synAck = 0;
    qint64 rst = 0;
    qint64 synRetransmissions = 0;
    qint64 synAckRepeats = 0;
    qint64 requests = 0;

    void add(const Capture& capture)
    {
        frames += static_cast<qint64>(capture.packets.size());
        for (std::size_t i = 0; i < capture.packets.size(); ++i) {
            const auto row = capture.packets.row(i);
            const bool isCounted = row.attempt != PacketTable::noAttempt
                && isOfApplication(capture.attempts[row.attempt]) && row.tcpFlags != 0;
            if (!isCounted)
                continue;
            const bool hasSyn = (row.tcpFlags & tcpflag::syn) != 0;
            const bool hasAck = (row.tcpFlags & tcpflag::ack) != 0;
            ++tcp;
            syn += hasSyn && !hasAck ? 1 : 0;
            synAck += hasSyn && hasAck ? 1 : 0;
            rst += (row.tcpFlags & tcpflag::rst) != 0 ? 1 : 0;
        }
        requests += std::ranges::count_if(capture.requests,
            [&](const HttpRequestMark& request) { return isOfApplication(capture.attempts[request.attempt]); });
        for (const ConnectionAttempt& attempt : capture.attempts) {
            if (!isOfApplication(attempt))
                continue;
            synRetransmissions += attempt.synRetransmissions;
            synAckRepeats += attempt.synAckRetransmissions;
            // A stray SYN/ACK of another attempt, with other numbers, on the same ports: to tshark a retransmission.
            synAckRepeats += attempt.outcome == HandshakeOutcome::StraySynAck && attempt.reusesPort ? 1 : 0;
        }
    }
};

using AttemptKey = std::tuple<Endpoint, Endpoint, std::uint32_t>;

struct Seen
{
    HandshakeOutcome outcome = HandshakeOutcome::Indeterminate;
    int synRetransmissions = 0;
    int synAckRetransmissions = 0;
    int synAckReissues = 0;
    bool operator==(const Seen&) const = default;
};

/// The attempts of the ingress to its upstreams.
std::map<AttemptKey, Seen> upstreamAttempts(const Capture& capture, const IpAddress& ingress)
{
    std::map<AttemptKey, Seen> attempts;
    for (const ConnectionAttempt& attempt : capture.attempts) {
        if (attempt.client.address == ingress && attempt.server.port == applicationPort)
            attempts[{attempt.client, attempt.server, attempt.clientInitialSequenceNumber}] = {
                attempt.outcome, attempt.synRetransmissions, attempt.synAckRetransmissions, attempt.synAckReissues};
    }
    return attempts;
}

/// Which outcomes can stand behind the words of verdict.json, seen at the ingress.
std::set<HandshakeOutcome> fittingOutcomes(const QString& outcome)
{
    using enum HandshakeOutcome;
    if (outcome == QStringLiteral("connection-refused"))
        return {Refused};
    if (outcome == QStringLiteral("no-route-to-host"))
        return {IcmpRejected};
    if (outcome == QStringLiteral("connect-timeout-kernel"))
        return {SynAckUnacknowledged, SynUnanswered};
    // The proxy or its client gave up; an ICMP error may still have come later.
    if (outcome == QStringLiteral("connect-timeout-proxy") || outcome == QStringLiteral("client-gave-up"))
        return {SynAckUnacknowledged, SynUnanswered, IcmpRejected};
    return {Completed, CompletedByData};
}

} // namespace

class TestRecordedIncidents : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void countsEqualThoseOfTshark_data()
    {
        QTest::addColumn<QString>("incident");
        QTest::addColumn<QString>("vantage");
        for (const QString& incident : incidentsWithCaptures()) {
            for (const char* vantage : {"ingress", "pod-a", "pod-b", "pod-c"})
                QTest::addRow("%s %s", qPrintable(incident), vantage) << incident << QString::fromLatin1(vantage);
        }
    }
    void countsEqualThoseOfTshark()
    {
        QFETCH(QString, incident);
        QFETCH(QString, vantage);
        const auto expected =
            json(folder + incident + QStringLiteral("/tshark-counts.json"))[QStringLiteral("per_capture")][vantage];
        QVERIFY(expected.isObject());
        Counts counts;
        for (const QString& file : filesOf(incident, vantage)) {
            const auto capture = captureOfFile(file);
            QVERIFY2(capture.has_value(), qPrintable(file));
            counts.add(**capture);
        }
        const auto number = [&](const char* key) { return expected[QString::fromLatin1(key)].toInteger(-1); };
        QCOMPARE(counts.frames, number("frames"));
        QCOMPARE(counts.tcp, number("tcp"));
        QCOMPARE(counts.syn, number("syn"));
        QCOMPARE(counts.synAck, number("synack"));
        QCOMPARE(counts.rst, number("rst"));
        QCOMPARE(counts.synRetransmissions, number("syn_retransmission"));
        QCOMPARE(counts.synAckRepeats, number("synack_retransmission"));
        // tshark counts a request again when its segment is sent again
        QCOMPARE_LE(counts.requests, number("http_request"));
        QCOMPARE_GE(counts.requests, number("http_request") - number("retransmission_any"));
    }

    void everyFailedAttemptIsFoundByClientAndFirstFrame_data()
    {
        QTest::addColumn<QString>("incident");
        for (const QString& incident : incidentsWithCaptures())
            QTest::addRow("%s", qPrintable(incident)) << incident;
    }
    void everyFailedAttemptIsFoundByClientAndFirstFrame()
    {
        QFETCH(QString, incident);
        const auto verdict = json(folder + incident + QStringLiteral("/verdict.json"));
        std::map<QString, std::shared_ptr<const Capture>> captures;
        for (const auto& failed : verdict[QStringLiteral("failed_attempts")].toArray()) {
            const auto client = Endpoint::parse(failed[QStringLiteral("client")].toString().toStdString());
            QVERIFY(client);
            for (const auto& frame : failed[QStringLiteral("first_frame")].toArray()) {
                const QString file = frame[QStringLiteral("file")].toString();
                if (!captures.contains(file))
                    captures[file] = captureOfFile(folder + incident + u'/' + file).value();
                const Capture& capture = *captures[file];
                const auto number = static_cast<std::size_t>(frame[QStringLiteral("frame")].toInteger());
                QVERIFY2(number >= 1 && number <= capture.packets.size(), qPrintable(file));
                const auto row = capture.packets.row(number - 1);
                QVERIFY2(row.attempt != PacketTable::noAttempt, qPrintable(file));
                const ConnectionAttempt& attempt = capture.attempts[row.attempt];
                QCOMPARE(toString(attempt.client), toString(*client));
                if (!failed[QStringLiteral("new_connection")].toBool()) {
                    // A request on a connection opened before: it has to be marked.
                    const auto request = std::ranges::find(capture.requests, number, &HttpRequestMark::packet);
                    QVERIFY(request != capture.requests.end());
                    QCOMPARE(request->attempt, row.attempt);
                    QCOMPARE(request->targetHash, hashText(failed[QStringLiteral("path")].toString().toStdString()));
                    QCOMPARE(request->requestIdHash,
                        hashText(failed[QStringLiteral("request_id")].toString().toStdString()));
                    continue;
                }
                QCOMPARE(attempt.firstPacket, number);
                if (frame[QStringLiteral("vantage")].toString() != QStringLiteral("ingress"))
                    continue;
                const auto fitting = fittingOutcomes(failed[QStringLiteral("outcome")].toString());
                QVERIFY2(fitting.contains(attempt.outcome), toString(attempt.outcome).data());
                QCOMPARE(qint64{attempt.synRetransmissions} + 1, failed[QStringLiteral("syns")].toInteger());
                QCOMPARE(isFailure(attempt), !failed[QStringLiteral("acked")].toBool());
            }
        }
    }

    void nodeCaptureGivesTheSameAttemptsAsTheIngressCapture_data()
    {
        everyFailedAttemptIsFoundByClientAndFirstFrame_data();
    }
    void nodeCaptureGivesTheSameAttemptsAsTheIngressCapture()
    {
        QFETCH(QString, incident);
        const auto verdict = json(folder + incident + QStringLiteral("/verdict.json"));
        const auto ingress = IpAddress::parse(verdict[QStringLiteral("ingress_ip")].toString().toStdString());
        QVERIFY(ingress);
        std::map<AttemptKey, Seen> atIngress;
        const auto files = filesOf(incident, QStringLiteral("ingress"));
        for (const QString& file : files)
            atIngress.merge(upstreamAttempts(**captureOfFile(file), *ingress));
        std::map<AttemptKey, Seen> atNode;
        for (const QString& file : filesOf(incident, QStringLiteral("any")))
            atNode.merge(upstreamAttempts(**captureOfFile(file), *ingress));
        QVERIFY(!atNode.empty());
        compareAttempts(atIngress, atNode, files.size() > 1);
    }

    void nothingFailsInTheHealthyIncident()
    {
        for (const char* vantage : {"ingress", "any", "pod-a", "pod-b", "pod-c"}) {
            for (const QString& file : filesOf(QStringLiteral("S7-healthy"), QString::fromLatin1(vantage))) {
                const auto capture = captureOfFile(file);
                QVERIFY(std::ranges::none_of(
                    (*capture)->attempts, [](const ConnectionAttempt& attempt) { return isFailure(attempt); }));
            }
        }
    }

    void hijackedSynAcksAreLostInsideTheIngress()
    {
        const auto capture =
            captureOfFile(filesOf(QStringLiteral("S1-nodeport-hijack"), QStringLiteral("ingress")).first());
        int failures = 0;
        for (const ConnectionAttempt& attempt : (*capture)->attempts) {
            if (!isFailure(attempt))
                continue;
            ++failures;
            QVERIFY(attempt.outcome == HandshakeOutcome::SynAckUnacknowledged);
            QVERIFY(attempt.lost == PlaceOfLoss::InsideClientHost);
            QVERIFY(attempt.vantage == VantagePoint::Client);
        }
        QCOMPARE(failures, 5);
    }

    void vantagePointsOfTheFilesAreThoseOfTheirHosts_data() { everyFailedAttemptIsFoundByClientAndFirstFrame_data(); }
    void vantagePointsOfTheFilesAreThoseOfTheirHosts()
    {
        QFETCH(QString, incident);
        const std::map<QString, VantagePoint> expected{{QStringLiteral("ingress"), VantagePoint::Client},
            {QStringLiteral("any"), VantagePoint::Middle}, {QStringLiteral("pod-a"), VantagePoint::Server},
            {QStringLiteral("pod-b"), VantagePoint::Server}};
        for (const auto& [vantage, point] : expected) {
            for (const QString& file : filesOf(incident, vantage)) {
                const auto capture = captureOfFile(file);
                QCOMPARE(toString((*capture)->vantage), toString(point));
                QVERIFY(!(*capture)->vantageSignals.empty());
            }
        }
    }

private:
    static void compareAttempts(
        const std::map<AttemptKey, Seen>& atIngress, const std::map<AttemptKey, Seen>& atNode, bool isRotated)
    {
        std::size_t same = 0;
        for (const auto& [key, seen] : atIngress) {
            const auto found = atNode.find(key);
            // One that began in the file before, of which this one has the rest.
            if (isRotated && (seen.outcome == HandshakeOutcome::Midstream || found == atNode.end()))
                continue;
            QVERIFY2(found != atNode.end(), toString(std::get<0>(key)).c_str());
            QVERIFY2(toString(found->second.outcome) == toString(seen.outcome)
                    || (isCompleted(seen.outcome) && isCompleted(found->second.outcome)),
                toString(std::get<0>(key)).c_str());
            QCOMPARE(found->second.synRetransmissions, seen.synRetransmissions);
            ++same;
        }
        QVERIFY(same > 0);
    }
    static bool isCompleted(HandshakeOutcome outcome)
    {
        return outcome == HandshakeOutcome::Completed || outcome == HandshakeOutcome::CompletedByData;
    }
};

QTEST_APPLESS_MAIN(TestRecordedIncidents)
#include "tst_recordedincidents.moc"
