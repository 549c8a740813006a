// SPDX-FileCopyrightText: The Halfshake authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "tests/parameters/readparameters.h"

#include <QTest>

using namespace halfshake;
using namespace halfshake::test;

class TestTomcatConfiguration : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void attributesOfConnectorsHaveTheirLine();
    void furtherConnectorsAreCalledByTheirPort();
    void whatIsCommentedOutDoesNotCount();
    void entitiesAreFilledIn();
    void otherXmlIsNotTaken_data();
    void otherXmlIsNotTaken();
    void anyTextIsAccepted_data();
    void anyTextIsAccepted();
};

void TestTomcatConfiguration::attributesOfConnectorsHaveTheirLine()
{
    const std::string text =
        "<?xml version=\"1.0\"?>\n<Server port=\"8005\">\n <Service name=\"Catalina\">\n"
        "  <Connector port=\"8080\" protocol='HTTP/1.1'\n             connectionTimeout=\"20000\"\n"
        "             maxThreads = \"400\" />\n </Service>\n</Server>\n";
    const auto file = readText(text);
    QVERIFY(file);
    QVERIFY((*file)->kind == ParameterFileKind::TomcatConfiguration);
    QCOMPARE(valueOf(**file, "server.xml/Connector@connectionTimeout"), "20000");
    QCOMPARE(lineOf(**file, "server.xml/Connector@connectionTimeout"), 5u);
    QCOMPARE(findParameter(**file, "server.xml/Connector@maxThreads")->place.byteOffset, text.find("maxThreads"));
    QCOMPARE(valueOf(**file, "server.xml/Connector@protocol"), "HTTP/1.1");
    QVERIFY((*file)->parameters[0].layer == ParameterLayer::Application);
    QVERIFY((*file)->parameters[0].provenance == ParameterProvenance::Persisted);
}

void TestTomcatConfiguration::furtherConnectorsAreCalledByTheirPort()
{
    const auto file = readText("<Server><Service><Connector port=\"8080\" acceptCount=\"100\"/>"
                               "<Connector port=\"8443\" acceptCount=\"7\"></Connector></Service></Server>");
    QVERIFY(file);
    QCOMPARE(valueOf(**file, "server.xml/Connector@acceptCount"), "100");
    QCOMPARE(valueOf(**file, "server.xml/Connector[8443]@acceptCount"), "7");
}

void TestTomcatConfiguration::whatIsCommentedOutDoesNotCount()
{
    const auto file = readText("<Server><Service><!-- <Connector port=\"1\" maxThreads=\"1\"/> -->\n"
                               "<Connector port=\"8080\" maxThreads=\"2\"/></Service></Server>");
    QVERIFY(file);
    QCOMPARE((*file)->parameters.size(), std::size_t{2});
    QCOMPARE(valueOf(**file, "server.xml/Connector@maxThreads"), "2");
}

void TestTomcatConfiguration::entitiesAreFilledIn()
{
    const auto file = readText("<Connector port=\"8080\" relaxedQueryChars=\"&lt;&gt;&amp;&quot;|\"/>");
    QVERIFY(file);
    QCOMPARE(valueOf(**file, "server.xml/Connector@relaxedQueryChars"), "<>&\"|");
}

void TestTomcatConfiguration::otherXmlIsNotTaken_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::newRow("html") << QByteArray("<html><body>Connector port 8080</body></html>");
    QTest::newRow("pom") << QByteArray("<project><artifactId>a</artifactId></project>");
    QTest::newRow("other connector") << QByteArray("<Diagram><Connector from=\"a\" to=\"b\"/></Diagram>");
}

void TestTomcatConfiguration::otherXmlIsNotTaken()
{
    QFETCH(QByteArray, text);
    QCOMPARE(int{probeText(text.toStdString()).result.confidence}, 0);
}

void TestTomcatConfiguration::anyTextIsAccepted_data()
{
    QTest::addColumn<QByteArray>("text");
    for (const char* const text : {"<", "<!--", "<Connector", "<Connector port", "<Connector port=",
             "<Connector port=\"8", "<Connector port=8080/>", "< Connector/>", "<>", "</", "<![CDATA["})
        QTest::newRow(text) << QByteArray(text);
}

void TestTomcatConfiguration::anyTextIsAccepted()
{
    QFETCH(QByteArray, text);
    const auto file = readTextAs(text.toStdString(), ParameterFileKind::TomcatConfiguration);
    QVERIFY(file);
    QVERIFY((*file)->parameters.empty());
}

QTEST_GUILESS_MAIN(TestTomcatConfiguration)
#include "tst_tomcatconfiguration.moc"
