// SPDX-FileCopyrightText: The Halfshake authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "models/incident/load.h"
#include "models/report/analysisjson.h"

#include <QCryptographicHash>
#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QTest>

using namespace halfshake;

namespace {

const QString samples = QStringLiteral(HALFSHAKE_SOURCE_DIR "/resources/samples/");

QJsonObject analysisOf(const std::vector<std::string>& names, AnalysisDetail detail = AnalysisDetail::Notable)
{
    std::vector<std::string> paths;
    for (const auto& name : names)
        paths.push_back(samples.toStdString() + name);
    JobContext job;
    return QJsonDocument::fromJson(analysisJson(*loadIncident(paths, job).value(), detail)).object();
}

} // namespace

class TestAnalysisJson : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void hasTheFieldsOfItsSchema();
    void statesPathsAndHashesAsTheyAre();
    void linksNameObjectsThatAreListed();
    void allListsHealthyConnectionsToo();
    void anUnreadableFileHasItsError();
};

void TestAnalysisJson::hasTheFieldsOfItsSchema()
{
    const auto json = analysisOf({"access.log"});
    QCOMPARE(json[QLatin1String("schema")].toString(), QStringLiteral("halfshake.analysis/1"));
    for (const auto* name : {"evidence", "captures", "connection_attempts", "logs", "upstream_attempts", "links",
             "clock", "parameters", "findings", "causes"})
        QVERIFY2(json[QLatin1String(name)].isArray(), name);
}

void TestAnalysisJson::statesPathsAndHashesAsTheyAre()
{
    const auto evidence = analysisOf({"access.log"})[QLatin1String("evidence")].toArray().at(0).toObject();
    QFile file(samples + QStringLiteral("access.log"));
    QVERIFY(file.open(QIODevice::ReadOnly));
    const auto hash = QCryptographicHash::hash(file.readAll(), QCryptographicHash::Sha256).toHex();
    QCOMPARE(evidence[QLatin1String("path")].toString(), file.fileName());
    QCOMPARE(evidence[QLatin1String("sha256")].toString(), QString::fromLatin1(hash));
    QCOMPARE(evidence[QLatin1String("bytes")].toInteger(), file.size());
    QCOMPARE(evidence[QLatin1String("kind")].toString(), QStringLiteral("access_log"));
    QVERIFY(evidence[QLatin1String("error")].isNull());
}

void TestAnalysisJson::linksNameObjectsThatAreListed()
{
    const auto json = analysisOf({"access.log", "error.log", "ingress-eth0.pcap"});
    QStringList connections;
    for (const auto& connection : json[QLatin1String("connection_attempts")].toArray())
        connections.append(connection.toObject()[QLatin1String("id")].toString());
    QStringList attempts;
    for (const auto& attempt : json[QLatin1String("upstream_attempts")].toArray())
        attempts.append(attempt.toObject()[QLatin1String("id")].toString());
    const auto links = json[QLatin1String("links")].toArray();
    QCOMPARE(links.size(), 3);
    for (const auto& link : links) {
        QVERIFY(attempts.contains(link.toObject()[QLatin1String("attempt")].toString()));
        QVERIFY(connections.contains(link.toObject()[QLatin1String("connection")].toString()));
    }
}

void TestAnalysisJson::allListsHealthyConnectionsToo()
{
    const auto notable = analysisOf({"ingress-eth0.pcap"})[QLatin1String("connection_attempts")].toArray();
    const auto all = analysisOf({"ingress-eth0.pcap"}, AnalysisDetail::All);
    QCOMPARE(all[QLatin1String("connection_attempts")].toArray().size(),
        all[QLatin1String("captures")].toArray().at(0).toObject()[QLatin1String("connection_attempts")].toInt());
    QCOMPARE_LT(notable.size(), all[QLatin1String("connection_attempts")].toArray().size());
}

void TestAnalysisJson::anUnreadableFileHasItsError()
{
    const auto evidence = analysisOf({"missing.pcap"})[QLatin1String("evidence")].toArray().at(0).toObject();
    QVERIFY(!evidence[QLatin1String("error")].toString().isEmpty());
}

QTEST_GUILESS_MAIN(TestAnalysisJson)

#include "tst_analysisjson.moc"
