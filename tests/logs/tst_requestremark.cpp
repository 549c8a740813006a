// SPDX-FileCopyrightText: The Halfshake authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "models/logs/requestremark.h"
#include "tests/logs/readtext.h"
#include "tests/support/logbuilder.h"

#include <QTest>

using namespace halfshake;

class TestRequestRemark : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void retriesAreExplained_data();
    void retriesAreExplained();
    void aRequestTheClientLeftHidesItsOutcome();
    void aTruncatedBodyIsToldFromTheErrorLog();
    void anOrdinaryRequestHasNoRemark();
};

namespace {

std::vector<RequestRemark> remarks(const test::AccessEntry& entry, const std::vector<ErrorClass>& classes)
{
    const auto log = test::readText(test::upstreamInfoLine(entry) + '\n').value();
    return remarksOn(*log, log->requests.at(0), classes);
}

} // namespace

/// The cases measured with nginx 1.22.1 (reference: proxy-logs 2.5 and 3).
void TestRequestRemark::retriesAreExplained_data()
{
    QTest::addColumn<QByteArray>("method");
    QTest::addColumn<QByteArray>("firstAddress");
    QTest::addColumn<ErrorClass>("errorClass");
    QTest::addColumn<std::vector<RequestRemark>>("expected");
    using enum RequestRemark;
    const auto row = [](const char* name, const char* method, const char* first, ErrorClass errorClass,
                         std::vector<RequestRemark> expected) {
        QTest::newRow(name) << QByteArray{method} << QByteArray{first} << errorClass << std::move(expected);
    };
    row("refused_post", "POST", "10.0.0.1:80", ErrorClass::ConnRefused, {RetriedUnsent});
    row("bh_post", "POST", "10.0.0.1:80", ErrorClass::ConnectTimeout, {RetriedUnsent});
    row("POST with non_idempotent", "POST", "10.0.0.1:80", ErrorClass::RstBeforeHeader, {RetriedAlthoughSent});
    row("fin_put", "PUT", "10.0.0.1:80", ErrorClass::FinBeforeHeader, {RetriedIdempotent});
    row("GET", "GET", "10.0.0.1:80", ErrorClass::FinBeforeHeader, {});
    row("ka_race_get", "GET", "10.0.0.2:80", ErrorClass::RstBeforeHeader, {RetriedStaleConnection});
}

void TestRequestRemark::retriesAreExplained()
{
    QFETCH(QByteArray, method);
    QFETCH(QByteArray, firstAddress);
    QFETCH(ErrorClass, errorClass);
    QFETCH(std::vector<RequestRemark>, expected);
    const test::AccessEntry entry{.request = method.toStdString() + " /order HTTP/1.1",
        .groups = {{{firstAddress.toStdString(), "502", "0.001"}, {"10.0.0.2:80", "200", "0.002"}}}};
    QVERIFY(remarks(entry, {errorClass, ErrorClass::None}) == expected);
}

void TestRequestRemark::aRequestTheClientLeftHidesItsOutcome()
{
    const test::AccessEntry entry{
        .status = "499", .requestTime = "30.000", .groups = {{{"10.0.0.1:80", "-", "30.000"}}}};
    QVERIFY(remarks(entry, {ErrorClass::AbortInConnect}) == std::vector{RequestRemark::HidesOutcome});
    const test::AccessEntry quick{.status = "499", .requestTime = "0.020", .groups = {{{"10.0.0.1:80", "-", "0.020"}}}};
    QVERIFY(remarks(quick, {ErrorClass::ClientAbort}).empty());
}

void TestRequestRemark::aTruncatedBodyIsToldFromTheErrorLog()
{
    const test::AccessEntry entry{.groups = {{{"10.0.0.1:80", "200", "0.004", "17"}}}};
    QVERIFY(remarks(entry, {ErrorClass::Truncated}) == std::vector{RequestRemark::TruncatedBody});
}

void TestRequestRemark::anOrdinaryRequestHasNoRemark()
{
    const test::AccessEntry entry{.groups = {{{"10.0.0.1:80", "200", "0.004", "17"}}}};
    QVERIFY(remarks(entry, {ErrorClass::None}).empty());
}

QTEST_APPLESS_MAIN(TestRequestRemark)

#include "tst_requestremark.moc"
