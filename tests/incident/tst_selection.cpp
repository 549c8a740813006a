// SPDX-FileCopyrightText: The Halfshake authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "models/incident/selection.h"

#include <QSignalSpy>
#include <QTest>

using namespace halfshake;

namespace {

ObjectRef connection(std::uint32_t row)
{
    return {ObjectKind::Connection, EvidenceId{0}, row};
}

} // namespace

class TestSelection : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void goesBackAndForwardThroughWhatWasCurrent();
    void aNewObjectAfterGoingBackForgetsWhatCameLater();
    void settingTheCurrentObjectAgainIsNoStep();
};

void TestSelection::goesBackAndForwardThroughWhatWasCurrent()
{
    Selection selection;
    QVERIFY(!selection.canGoBack());
    selection.setCurrent(connection(1));
    selection.setCurrent(connection(2));
    selection.goBack();
    QVERIFY(selection.current() == connection(1));
    QVERIFY(!selection.canGoBack());
    selection.goForward();
    QVERIFY(selection.current() == connection(2));
    QVERIFY(!selection.canGoForward());
}

void TestSelection::aNewObjectAfterGoingBackForgetsWhatCameLater()
{
    Selection selection;
    selection.setCurrent(connection(1));
    selection.setCurrent(connection(2));
    selection.goBack();
    selection.setCurrent(connection(3));
    QVERIFY(!selection.canGoForward());
    selection.goBack();
    QVERIFY(selection.current() == connection(1));
}

void TestSelection::settingTheCurrentObjectAgainIsNoStep()
{
    Selection selection;
    selection.setCurrent(connection(1));
    QSignalSpy changed(&selection, &Selection::currentChanged);
    selection.setCurrent(connection(1));
    QCOMPARE(changed.count(), 0);
    QVERIFY(!selection.canGoBack());
}

QTEST_GUILESS_MAIN(TestSelection)

#include "tst_selection.moc"
