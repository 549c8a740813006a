// SPDX-FileCopyrightText: The Halfshake authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "models/incident/timeviewport.h"

#include <QSignalSpy>
#include <QTest>

using namespace halfshake;
using namespace std::chrono_literals;

namespace {

constexpr TimePoint t0{1'795'408'140s};

} // namespace

class TestTimeViewport : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void showsTheWholeIncidentWhileItGrows();
    void zoomKeepsThePointUnderThePointer();
    void staysInsideTheIncidentWithItsMargin();
    void neverShowsLessThanTheShortestWindow();
    void goesBackToWhatWasShownBeforeAZoom();
};

void TestTimeViewport::showsTheWholeIncidentWhileItGrows()
{
    TimeViewport viewport;
    viewport.setIncident({t0, t0 + 10s});
    QVERIFY(viewport.window().start < t0);
    QVERIFY(viewport.window().end > t0 + 10s);
    viewport.setIncident({t0, t0 + 100s});
    QVERIFY(viewport.window().end > t0 + 100s);
}

void TestTimeViewport::zoomKeepsThePointUnderThePointer()
{
    TimeViewport viewport;
    viewport.setIncident({t0, t0 + 100s});
    const auto before = viewport.window();
    viewport.zoom(0.5, t0 + 30s);
    const auto after = viewport.window();
    const auto share = [](TimeRange range) {
        return static_cast<double>((t0 + 30s - range.start).count()) / static_cast<double>(range.duration().count());
    };
    QVERIFY(qAbs(share(before) - share(after)) < 1e-6);
    QCOMPARE_LT(after.duration(), before.duration());
}

void TestTimeViewport::staysInsideTheIncidentWithItsMargin()
{
    TimeViewport viewport;
    viewport.setIncident({t0, t0 + 100s});
    viewport.zoom(0.1, t0 + 50s);
    viewport.pan(1000s);
    QCOMPARE_LE(viewport.window().end, t0 + 103s);
    viewport.pan(-1000s);
    QCOMPARE_GE(viewport.window().start, t0 - 3s);
}

void TestTimeViewport::neverShowsLessThanTheShortestWindow()
{
    TimeViewport viewport;
    viewport.setIncident({t0, t0 + 100s});
    for (int i = 0; i < 200; ++i)
        viewport.zoom(0.5, t0 + 50s);
    QCOMPARE_GE(viewport.window().duration(), TimeViewport::shortestWindow);
    QVERIFY(viewport.window().contains(t0 + 50s));
}

void TestTimeViewport::goesBackToWhatWasShownBeforeAZoom()
{
    TimeViewport viewport;
    viewport.setIncident({t0, t0 + 100s});
    const auto whole = viewport.window();
    viewport.zoomTo({t0 + 10s, t0 + 20s});
    const auto first = viewport.window();
    viewport.zoomTo({t0 + 12s, t0 + 13s});
    viewport.zoomBack();
    QVERIFY(viewport.window() == first);
    viewport.zoomBack();
    QVERIFY(viewport.window() == whole);
    viewport.zoomBack();
    QVERIFY(viewport.window() == whole);
}

QTEST_GUILESS_MAIN(TestTimeViewport)

#include "tst_timeviewport.moc"
