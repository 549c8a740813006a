// SPDX-FileCopyrightText: The Halfshake authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "models/incident/incident.h"
#include "models/incident/load.h"

#include <QFile>
#include <QTemporaryDir>
#include <QTest>

using namespace halfshake;

namespace {

constexpr int patience = 30'000;

const QByteArray configuration = "http {\n"
                                 "  log_format shop '$msec|$status|$request|'\n"
                                 "                  '$upstream_addr|$upstream_status|$upstream_response_time';\n"
                                 "  access_log /var/log/nginx/access.log shop;\n"
                                 "}\n";
const QByteArray configMap =
    "apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: ingress-nginx-controller\ndata:\n"
    "  log-format-upstream: $msec|$status|$request|$upstream_addr|$upstream_status|$upstream_response_time\n";
const QByteArray logText = "1795408157.838|200|POST /cart HTTP/1.1|10.0.0.1:80, 10.0.0.2:80|502, 200|31.377, 0.001\n"
                           "1795408158.838|200|GET /cart HTTP/1.1|10.0.0.2:80|200|0.002\n";

} // namespace

class TestLogFormats : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void aFormatBesideTheLogIsUsed_data();
    void aFormatBesideTheLogIsUsed();
    void aFormatThatComesLaterReadsTheLogAgain_data();
    void aFormatThatComesLaterReadsTheLogAgain();
    void withoutItsFormatTheLogIsReadAsBefore();
    void otherLogsStayWhatTheyAre();
    void theValveOfTomcatDefinesItsLog();

private:
    QString write(const QString& name, const QByteArray& text) const;

    QTemporaryDir m_folder;
};

QString TestLogFormats::write(const QString& name, const QByteArray& text) const
{
    QFile file(m_folder.filePath(name));
    if (!file.open(QIODevice::WriteOnly))
        return {};
    file.write(text);
    return file.fileName();
}

void TestLogFormats::aFormatBesideTheLogIsUsed_data()
{
    QTest::addColumn<QByteArray>("definition");
    QTest::newRow("nginx.conf") << configuration;
    QTest::newRow("nginx -T") << "# configuration file /etc/nginx/nginx.conf:\n" + configuration;
    QTest::newRow("ConfigMap") << configMap;
    QTest::newRow("directive alone") << configuration.mid(9, 138);
}

void TestLogFormats::aFormatBesideTheLogIsUsed()
{
    QFETCH(QByteArray, definition);
    // the log comes first: formats count whatever the order
    const std::vector paths{write(QStringLiteral("a.log"), logText).toStdString(),
        write(QStringLiteral("b.conf"), definition).toStdString()};
    JobContext job;
    const auto snapshot = loadIncident(paths, job).value();
    const auto& evidence = *snapshot->evidence[0];
    QCOMPARE(evidence.kind, EvidenceKind::ProxyLog);
    QCOMPARE(evidence.log->counts.requests, 2u);
    QCOMPARE(evidence.log->upstreamAttempts.size(), 3u);
    QCOMPARE(evidence.log->upstreamAttempts[0].status, 502);
}

void TestLogFormats::aFormatThatComesLaterReadsTheLogAgain_data()
{
    aFormatBesideTheLogIsUsed_data();
}

void TestLogFormats::aFormatThatComesLaterReadsTheLogAgain()
{
    QFETCH(QByteArray, definition);
    Incident incident;
    incident.addPaths({write(QStringLiteral("a.log"), logText)});
    QTRY_VERIFY_WITH_TIMEOUT(incident.isIdle(), patience);
    QCOMPARE(incident.snapshot()->evidence[0]->kind, EvidenceKind::Text);
    incident.addText(definition);
    QTRY_VERIFY_WITH_TIMEOUT(incident.isIdle(), patience);
    const auto snapshot = incident.snapshot();
    QCOMPARE(snapshot->evidence[0]->kind, EvidenceKind::ProxyLog);
    QCOMPARE(snapshot->evidence[0]->log->upstreamAttempts.size(), 3u);
    QVERIFY(snapshot->correlation->statistics.hasAccessLog);
}

void TestLogFormats::withoutItsFormatTheLogIsReadAsBefore()
{
    Incident incident;
    incident.addPaths({write(QStringLiteral("b.conf"), configuration), write(QStringLiteral("a.log"), logText)});
    QTRY_VERIFY_WITH_TIMEOUT(incident.isIdle(), patience);
    QCOMPARE(incident.snapshot()->evidence[1]->kind, EvidenceKind::ProxyLog);
    incident.remove(EvidenceId{0});
    QTRY_VERIFY_WITH_TIMEOUT(incident.isIdle(), patience);
    QCOMPARE(incident.snapshot()->evidence[1]->kind, EvidenceKind::Text);
}

void TestLogFormats::otherLogsStayWhatTheyAre()
{
    Incident incident;
    incident.addPaths({QStringLiteral(HALFSHAKE_SOURCE_DIR "/resources/samples/access.log")});
    QTRY_VERIFY_WITH_TIMEOUT(incident.isIdle(), patience);
    const auto before = incident.snapshot()->evidence[0];
    incident.addText(configuration);
    QTRY_VERIFY_WITH_TIMEOUT(incident.isIdle(), patience);
    QCOMPARE(incident.snapshot()->evidence[0], before);
}

void TestLogFormats::theValveOfTomcatDefinesItsLog()
{
    const QByteArray serverXml =
        "<?xml version=\"1.0\"?><Server port=\"8005\"><Service name=\"Catalina\"><Engine name=\"Catalina\">"
        "<Valve className=\"org.apache.catalina.valves.AccessLogValve\" directory=\"logs\"\n"
        " pattern=\"%t %{X-Request-Id}i %s %D &quot;%r&quot; from %a\" /></Engine></Service></Server>\n";
    const QByteArray tomcatLog = "[23/Nov/2026:04:29:17 +0000] 1c8c66829a90105ef065f2e6514d2290 200 31377 "
                                 "\"GET /cart HTTP/1.1\" from 10.244.2.9\n";
    JobContext job;
    const auto snapshot = loadIncident({write(QStringLiteral("tomcat.log"), tomcatLog).toStdString(),
                                           write(QStringLiteral("server.xml"), serverXml).toStdString()},
        job)
                              .value();
    const auto& evidence = *snapshot->evidence[0];
    QCOMPARE(evidence.kind, EvidenceKind::ProxyLog);
    QCOMPARE(evidence.log->format, "Tomcat access log pattern");
    QCOMPARE(evidence.log->text(evidence.log->requests.at(0).requestId), "1c8c66829a90105ef065f2e6514d2290");
    QVERIFY(!evidence.log->requests[0].requestTime); // the unit of %D depends on the version
}

QTEST_GUILESS_MAIN(TestLogFormats)

#include "tst_logformats.moc"
