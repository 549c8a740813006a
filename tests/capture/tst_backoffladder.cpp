// SPDX-FileCopyrightText: The Halfshake authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "models/capture/backoffladder.h"
#include "tests/capture/readcapture.h"
#include "tests/support/capturebuilder.h"

#include <QTest>

using namespace halfshake;
using namespace halfshake::test;
using namespace std::chrono_literals;

namespace {

using Gaps = std::vector<Duration>;

/// A client whose SYNs nobody answers, in a capture that goes on for \a longer after the last one.
CaptureBuilder unanswered(std::initializer_list<Duration> repeats, Duration longer)
{
    CaptureBuilder builder;
    builder.connection("10.0.0.1:40000", "10.0.0.2:80").syn().repeatSyn(repeats).wait(longer);
    builder.connection("10.0.0.9:50000", "10.0.0.8:80").handshake();
    return builder;
}

BackoffLadder ladderOfFirst(const std::string& bytes)
{
    const auto capture = captureOf(bytes);
    return synLadder(*capture, capture->attempts.front());
}

const ImpliedSetting* settingOf(const Capture& capture, WireSetting setting)
{
    const auto found = std::ranges::find(capture.impliedSettings, setting, &ImpliedSetting::setting);
    return found == capture.impliedSettings.end() ? nullptr : &*found;
}

} // namespace

class TestBackoffLadder : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    // Reference tcp-handshakes 1.7: the table of measured ladders.
    void gapsGiveTheSettingsThatMakeThem_data()
    {
        QTest::addColumn<Gaps>("gaps");
        QTest::addColumn<int>("linear");
        QTest::addColumn<int>("retries");
        QTest::addRow("6.1, retries 4") << Gaps{1020ms, 2080ms, 4080ms, 8600ms} << 0 << 4;
        QTest::addRow("6.1, retries 6") << Gaps{1s, 2s, 4s, 8100ms, 16640ms, 32640ms} << 0 << 6;
        QTest::addRow("6.5, retries 2") << Gaps{1s, 1020ms, 1060ms, 1s, 1s} << 4 << 2;
        QTest::addRow("6.5, retries 3") << Gaps{1s, 1s, 1s, 1s, 1s, 2080ms, 4080ms} << 4 << 3;
        QTest::addRow("6.5, retries 6") << Gaps{1s, 1s, 1s, 1s, 1s, 2s, 4s, 8100ms, 16640ms, 32640ms} << 4 << 6;
    }
    void gapsGiveTheSettingsThatMakeThem()
    {
        QFETCH(Gaps, gaps);
        QFETCH(int, linear);
        QFETCH(int, retries);
        BackoffLadder ladder = fitLadder(gaps, true);
        QCOMPARE(ladder.initialTimeout, Duration{1s});
        QCOMPARE(int{ladder.linearTimeouts}, linear);
        QVERIFY(ladder.missing.empty());
        QCOMPARE(synRetriesOf(ladder), std::optional(RetryRange{.least = retries, .most = {}}));
        ladder.hasStopped = true;
        QCOMPARE(synRetriesOf(ladder), std::optional(RetryRange{.least = retries, .most = retries}));
    }

    void missingRungsAreNamed()
    {
        const BackoffLadder ladder = fitLadder(Gaps{1s, 6100ms, 8100ms}, true);
        QCOMPARE(ladder.missing, std::vector<std::uint16_t>{2});
        QCOMPARE(int{ladder.rungs}, 4);
    }

    void otherFirstTimeoutsAreNoLinuxSetting()
    {
        // Reference 1.7: ftpclientdenied, SYN at 0, 2.94 and 8.98 s.
        const BackoffLadder ladder = fitLadder(Gaps{2940ms, 6040ms}, true);
        QCOMPARE(ladder.initialTimeout, Duration{3s});
        QVERIFY(!synRetriesOf(ladder));
    }

    void gapsOfNoTimerAreNoLadder()
    {
        QVERIFY(!fitLadder(Gaps{300ms, 7s}, true).isTimer());
        QVERIFY(!fitLadder(Gaps{}, true).isTimer());
    }

    void quietAfterTheLastRungIsGivingUp()
    {
        QVERIFY(ladderOfFirst(unanswered({1s, 3s}, 5s).pcap()).hasStopped);
        QVERIFY(!ladderOfFirst(unanswered({1s, 3s}, 4s).pcap()).hasStopped);
    }

    void resetIsNotGivingUp()
    {
        CaptureBuilder builder;
        builder.connection("10.0.0.1:40000", "10.0.0.2:80").syn().repeatSyn({1s, 3s}).wait(1s).refuse().wait(20s);
        builder.connection("10.0.0.9:50000", "10.0.0.8:80").handshake();
        QVERIFY(!ladderOfFirst(builder.pcap()).hasStopped);
    }

    void repeatsAndSilenceImplyTheSettings()
    {
        const auto capture = captureOf(unanswered({1s, 3s, 7s, 15s}, 20s).pcap());
        const auto* retries = settingOf(*capture, WireSetting::SynRetries);
        QVERIFY(retries);
        QCOMPARE(toString(retries->host), "10.0.0.1");
        QCOMPARE(retries->least, 4);
        QCOMPARE(retries->most, std::optional(4));
        QCOMPARE(settingOf(*capture, WireSetting::SynLinearTimeouts)->most, std::optional(0));
        QVERIFY(!settingOf(*capture, WireSetting::SynAckRetries));
    }
};

QTEST_APPLESS_MAIN(TestBackoffLadder)
#include "tst_backoffladder.moc"
