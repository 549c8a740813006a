// SPDX-FileCopyrightText: The Halfshake authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include <KSyntaxHighlighting/AbstractHighlighter>
#include <KSyntaxHighlighting/Definition>
#include <KSyntaxHighlighting/Format>
#include <KSyntaxHighlighting/Repository>
#include <KSyntaxHighlighting/State>
#include <KSyntaxHighlighting/Theme>

#include <QTest>

using namespace Qt::StringLiterals;

namespace {

/// Writes which part of a line got which name.
class NamingHighlighter final : public KSyntaxHighlighting::AbstractHighlighter
{
public:
    explicit NamingHighlighter(const QString& definition)
    {
        setDefinition(m_repository.definitionForName(definition));
        setTheme(m_repository.defaultTheme());
    }

    QStringList parts(const QString& line)
    {
        m_line = line;
        m_parts.clear();
        m_state = highlightLine(line, m_state);
        return m_parts;
    }

protected:
    void applyFormat(int offset, int length, const KSyntaxHighlighting::Format& format) override
    {
        m_parts << format.name() + u": "_s + m_line.sliced(offset, length);
    }

private:
    KSyntaxHighlighting::Repository m_repository;
    KSyntaxHighlighting::State m_state;
    QString m_line;
    QStringList m_parts;
};

} // namespace

class TestSyntax : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void aRetriedRequestShowsItsFailingAttempt();
    void aByteCountIsNoStatus();
    void aRequestThatFailedForGoodShowsBothStatuses();
    void anErrorLineAmongRequestsIsColouredAsSuch();
    void anErrorLineShowsLevelAndSystemError();
    void aSettingShowsKeyAndNumbers();
    void aDeniedSettingStandsOut();
};

void TestSyntax::aRetriedRequestShowsItsFailingAttempt()
{
    NamingHighlighter highlighter(u"Ingress access log"_s);
    const QStringList parts = highlighter.parts(
        u"10.20.1.5 - - [23/Nov/2026:04:30:15 +0000] \"POST /api/orders/710256/pay HTTP/1.1\" 200 139 \"-\" \"curl/8\" "
        "421 31.625 [default-order-api-8080] [] 10.244.1.11:8080, 10.244.1.13:8080 0, 139 31.624, 0.001 502, 200 "
        "1c8c66829a90105ef065f2e6514d2290"_s);
    QVERIFY(parts.contains(u"Time: [23/Nov/2026:04:30:15 +0000]"_s));
    QVERIFY(parts.contains(u"Method: POST"_s));
    QVERIFY(parts.contains(u"Failing status: 502"_s));
    QCOMPARE(parts.count(u"Status: 200"_s), 2);
    QVERIFY(parts.contains(u"Address: 10.244.1.11:8080"_s));
    QVERIFY(parts.contains(u"Duration: 31.624"_s));
    QVERIFY(parts.contains(u"Upstream name: [default-order-api-8080]"_s));
    QVERIFY(parts.contains(u"Request id: 1c8c66829a90105ef065f2e6514d2290"_s));
}

void TestSyntax::aByteCountIsNoStatus()
{
    NamingHighlighter highlighter(u"Ingress access log"_s);
    const QStringList parts =
        highlighter.parts(u"10.20.1.5 - - [23/Nov/2026:04:30:15 +0000] \"GET /502 HTTP/1.1\" 200 502 \"-\" \"curl/8\" "
                          "502 0.004 [a-b-80] [] 10.0.0.1:80 502 0.004 200 78e510617311d8a3c2ce6f447ed4d57b"_s);
    QVERIFY2(!parts.join(u'\n').contains(u"Failing status"_s), qPrintable(parts.join(u'\n')));
}

void TestSyntax::aRequestThatFailedForGoodShowsBothStatuses()
{
    NamingHighlighter highlighter(u"Ingress access log"_s);
    const QStringList parts =
        highlighter.parts(u"2001:db8::5 - bob [23/Nov/2026:04:30:15 +0000] \"GET / HTTP/2.0\" 504 160 \"-\" \"x\" "
                          "90 5.003 [a-b-80] [] [2001:db8::9]:8080 0 5.003 504 78e510617311d8a3c2ce6f447ed4d57b"_s);
    QCOMPARE(parts.count(u"Failing status: 504"_s), 2);
    QVERIFY(parts.contains(u"Address: [2001:db8::9]:8080"_s));
}

void TestSyntax::anErrorLineAmongRequestsIsColouredAsSuch()
{
    NamingHighlighter highlighter(u"Ingress access log"_s);
    const QStringList parts = highlighter.parts(
        u"2026/11/23 04:30:15 [error] 32250#32250: *517 connect() failed (110: Connection timed out) while"_s);
    QVERIFY2(parts.contains(u"Failing: [error]"_s), qPrintable(parts.join(u'\n')));
    // and the next request is a request again
    QVERIFY(highlighter.parts(u"10.20.1.5 - - [23/Nov/2026:04:30:15 +0000] \"GET / HTTP/1.1\" 200 1"_s)
            .contains(u"Method: GET"_s));
}

void TestSyntax::anErrorLineShowsLevelAndSystemError()
{
    NamingHighlighter highlighter(u"nginx error log"_s);
    const QStringList parts =
        highlighter.parts(u"2026/11/23 04:30:15 [error] 32250#32250: *517 connect() failed (110: Connection timed out) "
                          "while connecting to upstream, client: 10.20.1.5, server: , request: \"GET / HTTP/1.1\""_s);
    QVERIFY(parts.contains(u"Time: 2026/11/23 04:30:15"_s));
    QVERIFY(parts.contains(u"Failing: (110: Connection timed out)"_s));
    QVERIFY(parts.contains(u"Name: client:"_s));
    QVERIFY(parts.contains(u"String: \"GET / HTTP/1.1\""_s));
    QVERIFY(highlighter.parts(u"2026/11/23 04:29:13 [notice] 1#1: start"_s).contains(u"Note: [notice]"_s));
}

void TestSyntax::aSettingShowsKeyAndNumbers()
{
    NamingHighlighter highlighter(u"sysctl dump"_s);
    QCOMPARE(highlighter.parts(u"net.ipv4.ip_local_port_range = 1024 65535"_s).first(),
        u"Name: net.ipv4.ip_local_port_range"_s);
    const QStringList parts = highlighter.parts(u"net.ipv4.tcp_congestion_control = cubic"_s);
    QVERIFY(parts.contains(u"Name: net.ipv4.tcp_congestion_control"_s));
    QVERIFY(parts.join(u'\n').contains(u"cubic"_s));
    QVERIFY(highlighter.parts(u"kernel.core_pattern = |/usr/bin/x %p"_s).contains(u"Name: kernel.core_pattern"_s));
}

void TestSyntax::aDeniedSettingStandsOut()
{
    NamingHighlighter highlighter(u"sysctl dump"_s);
    const QString line = u"sysctl: permission denied on key 'net.ipv4.tcp_fastopen_key'"_s;
    QCOMPARE(highlighter.parts(line), QStringList(u"Failing: "_s + line));
}

QTEST_MAIN(TestSyntax)
#include "tst_syntax.moc"
