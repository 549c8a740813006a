// SPDX-FileCopyrightText: The Halfshake authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/actions.h"
#include "app/docklayout.h"
#include "app/navigation.h"
#include "app/statusline.h"
#include "models/itemmodels/connectionmodel.h"
#include "models/itemmodels/linefieldmodel.h"
#include "models/itemmodels/packetfieldmodel.h"
#include "models/itemmodels/packetmodel.h"
#include "models/itemmodels/parametermodel.h"
#include "models/itemmodels/upstreamattemptmodel.h"
#include "tests/gui/workbench.h"
#include "widgets/common/rowview.h"
#include "widgets/connections/connectionview.h"
#include "widgets/connections/ladderview.h"
#include "widgets/findings/card.h"
#include "widgets/findings/findingsview.h"
#include "widgets/logs/logview.h"
#include "widgets/logs/logviewport.h"
#include "widgets/packets/bytesview.h"
#include "widgets/packets/packetview.h"
#include "widgets/parameters/parameterview.h"
#include "widgets/timeline/timelineplot.h"
#include "widgets/timeline/timelineview.h"

#include <QAction>
#include <QTest>
#include <QTreeView>

#include <algorithm>
#include <set>

using namespace halfshake;
using namespace Qt::StringLiterals;
using halfshake::test::Workbench;

/// Whatever belongs to a failing attempt is chosen, wherever, every pane shows the same incident of it.
class TestFollowingAFailure : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void init();
    void clickingTheFailureOnTheTimelineShowsItEverywhere();
    void clickingTheConnectionRowShowsItEverywhere();
    void clickingTheLogLineShowsItEverywhere();
    void clickingThePacketShowsItEverywhere();
    void clickingALadderStepShowsItsPacket();
    void clickingAParameterOpensItsLine();
    void clickingTheCauseMarksItOnEveryPane();
    void theStatusLineLeadsToTheCause();
    void nextFailureWalksThroughAllOfThem();
    void backAndForwardReturnToWhatWasLookedAt();
    void fieldAndBytesMarkEachOther();
    void removingTheEvidenceForgetsTheObject();

private:
    void clickOnTimeline(ObjectRef object);
    void verifyAllPanesShowTheFailure();
    [[nodiscard]] static QPoint rowCentre(const RowView& table, int row);

    std::unique_ptr<Workbench> m_workbench;
    Link m_link;
};

void TestFollowingAFailure::initTestCase()
{
    m_workbench = std::make_unique<Workbench>(QSize(1440, 900));
    QVERIFY(m_workbench->openSample());
    const auto& links = m_workbench->snapshot().correlation->links;
    m_link = links.front();
    QVERIFY(m_link.connection);
    QVERIFY(m_link.errorEntry);
}

void TestFollowingAFailure::init()
{
    m_workbench->window().selection().clear();
    for (const Pane pane : {Pane::Log, Pane::Packets, Pane::Parameters})
        m_workbench->window().docks().dock(pane)->show();
}

QPoint TestFollowingAFailure::rowCentre(const RowView& table, int row)
{
    return table.rowRect(row).center();
}

void TestFollowingAFailure::clickOnTimeline(ObjectRef object)
{
    TimelinePlot& plot = m_workbench->window().panes().timeline->plot();
    const auto position = plot.positionOf(object);
    QVERIFY(position);
    QTest::mouseClick(&plot, Qt::LeftButton, Qt::NoModifier, position->toPoint());
}

void TestFollowingAFailure::verifyAllPanesShowTheFailure()
{
    const Panes& panes = m_workbench->window().panes();
    const IncidentSnapshot& snapshot = m_workbench->snapshot();
    const ProxyRequest& request = *snapshot.request(
        {ObjectKind::Request, m_link.attempt.evidence, snapshot.upstreamAttempt(m_link.attempt)->request});
    const ConnectionAttempt& connection = *snapshot.connection(*m_link.connection);

    // connections: the row of the linked attempt
    const QModelIndex row =
        panes.connections->model()->index(panes.connections->table()->currentRow(), ConnectionModel::ClientColumn);
    QVERIFY(row.data(ConnectionModel::ObjectRole).value<ObjectRef>() == *m_link.connection);
    QCOMPARE(row.data().toString(), QString::fromStdString(toString(connection.client)));

    // ladder: its handshake, first packet and all
    const auto& ladder = panes.ladder->figure().rows();
    QVERIFY(std::ranges::any_of(ladder, [&](const auto& step) { return step.packet == connection.firstPacket; }));
    QVERIFY(panes.ladder->figure().clientName().contains(QString::number(connection.client.port)));

    // log: a line of the request or of its error, with its fields and both attempts
    const LogViewport& lines = *panes.log->lines();
    const bool isErrorLog = lines.evidence()->id == m_link.errorEntry->evidence;
    QCOMPARE(lines.currentLine(), isErrorLog ? snapshot.errorEntry(*m_link.errorEntry)->line : request.line);
    QVERIFY(lines.lineRect(lines.currentLine()).isValid());
    const UpstreamAttemptModel& attempts = *panes.log->attemptModel();
    QCOMPARE(attempts.rowCount(), static_cast<int>(request.attemptCount));
    QVERIFY(attempts.index(panes.log->attemptTable()->currentRow(), 0)
                .data(UpstreamAttemptModel::ObjectRole)
                .value<ObjectRef>()
        == m_link.attempt);

    // packets: those of the connection
    QCOMPARE(panes.packets->model()->totalCount(), std::uint64_t{connection.packetCount});
    QVERIFY(panes.packets->model()->indexOf(panes.packets->currentPacket()).isValid());

    // parameters: one that a firing rule rests on
    const QModelIndex parameter = panes.parameters->model()->index(panes.parameters->table()->currentRow(), 0);
    QVERIFY(parameter.data(ParameterModel::IsCitedRole).toBool());

    // findings: the cause that explains it is marked
    const Card* const cause = panes.findings->cardOf({ObjectKind::Cause, {}, 0});
    QVERIFY(cause != nullptr);
    QVERIFY(cause->isMarked());
}

void TestFollowingAFailure::clickingTheFailureOnTheTimelineShowsItEverywhere()
{
    clickOnTimeline(m_link.attempt);
    QVERIFY(m_workbench->window().selection().current() == m_link.attempt);
    verifyAllPanesShowTheFailure();
    const LineFieldModel& fields = *m_workbench->window().panes().log->fieldModel();
    QVERIFY(!fields.valueOf(u"Tied to it because"_s).isEmpty());
}

void TestFollowingAFailure::clickingTheConnectionRowShowsItEverywhere()
{
    ConnectionView& view = *m_workbench->window().panes().connections;
    const int row = view.model()->indexOf(*m_link.connection).row();
    view.table()->scrollToRow(row);
    QTest::mouseClick(view.table()->viewport(), Qt::LeftButton, Qt::NoModifier, rowCentre(*view.table(), row));
    QVERIFY(m_workbench->window().selection().current() == *m_link.connection);
    verifyAllPanesShowTheFailure();
}

void TestFollowingAFailure::clickingTheLogLineShowsItEverywhere()
{
    m_workbench->window().docks().bringToFront(Pane::Log);
    clickOnTimeline(m_link.attempt);
    LogViewport& lines = *m_workbench->window().panes().log->lines();
    const std::uint64_t line = lines.currentLine();
    m_workbench->window().selection().clear();
    QTest::mouseClick(lines.viewport(), Qt::LeftButton, Qt::NoModifier, lines.lineRect(line).center());
    QCOMPARE(m_workbench->window().selection().current().kind, ObjectKind::Line);
    verifyAllPanesShowTheFailure();
}

void TestFollowingAFailure::clickingThePacketShowsItEverywhere()
{
    clickOnTimeline(m_link.attempt);
    m_workbench->window().docks().bringToFront(Pane::Packets);
    RowView& table = *m_workbench->window().panes().packets->table();
    QTRY_VERIFY(table.rowRect(1).isValid());
    QTest::mouseClick(table.viewport(), Qt::LeftButton, Qt::NoModifier, rowCentre(table, 1));
    QCOMPARE(m_workbench->window().selection().current().kind, ObjectKind::Packet);
    QCOMPARE(table.currentRow(), 1);
    verifyAllPanesShowTheFailure();
}

void TestFollowingAFailure::clickingALadderStepShowsItsPacket()
{
    clickOnTimeline(m_link.attempt);
    LadderView& ladder = *m_workbench->window().panes().ladder;
    std::uint32_t packet = 0;
    for (const auto& step : ladder.figure().rows())
        packet = step.packet != 0 ? step.packet : packet;
    Q_EMIT ladder.packetActivated({ObjectKind::Packet, m_link.connection->evidence, packet - 1});
    QCOMPARE(m_workbench->window().panes().packets->currentPacket(), std::uint64_t{packet});
    verifyAllPanesShowTheFailure();
}

void TestFollowingAFailure::clickingAParameterOpensItsLine()
{
    m_workbench->window().docks().bringToFront(Pane::Parameters);
    ParameterView& view = *m_workbench->window().panes().parameters;
    QTRY_VERIFY(view.table()->rowRect(0).isValid());
    QTest::mouseClick(view.table()->viewport(), Qt::LeftButton, Qt::NoModifier, rowCentre(*view.table(), 0));
    const ObjectRef current = m_workbench->window().selection().current();
    QCOMPARE(current.kind, ObjectKind::Parameter);
    const Parameter& parameter = m_workbench->snapshot().parameters->parameters()[current.index];
    const LogViewport& lines = *m_workbench->window().panes().log->lines();
    QVERIFY(lines.evidence()->id == parameter.place.evidence);
    QCOMPARE(lines.currentLine(), parameter.place.line);
    QVERIFY(lines.lineText(lines.currentLine()).contains(QString::fromStdString(parameter.key)));
    // a rule that fires rests on it, and says so
    const auto cards = m_workbench->window().panes().findings->cards();
    QVERIFY(std::ranges::any_of(
        cards, [](const Card* card) { return card->head().object.kind == ObjectKind::Finding && card->isMarked(); }));
}

void TestFollowingAFailure::clickingTheCauseMarksItOnEveryPane()
{
    FindingsView& findings = *m_workbench->window().panes().findings;
    Q_EMIT findings.objectActivated({ObjectKind::Cause, {}, 0});
    QVERIFY(findings.cardOf({ObjectKind::Cause, {}, 0})->isMarked());
    QVERIFY(findings.cardOf({ObjectKind::Cause, {}, 0})->isOpen());
}

void TestFollowingAFailure::theStatusLineLeadsToTheCause()
{
    StatusLine& status = m_workbench->window().statusLine();
    const Cause& cause = m_workbench->snapshot().causes.front();
    QVERIFY(status.verdictText().contains(QString::fromStdString(cause.title)));
    Q_EMIT status.verdictActivated();
    QVERIFY(m_workbench->window().selection().current() == (ObjectRef{ObjectKind::Cause, {}, 0}));
}

void TestFollowingAFailure::nextFailureWalksThroughAllOfThem()
{
    const auto& links = m_workbench->snapshot().correlation->links;
    std::set<ObjectRef> seen;
    for (std::size_t i = 0; i < links.size(); ++i) {
        QTest::keyClick(&m_workbench->window(), Qt::Key_E);
        seen.insert(m_workbench->window().selection().current());
    }
    QCOMPARE(seen.size(), links.size());
    for (const Link& link : links)
        QVERIFY(seen.contains(link.attempt));
    const ObjectRef last = m_workbench->window().selection().current();
    QTest::keyClick(&m_workbench->window(), Qt::Key_E);
    QVERIFY(m_workbench->window().selection().current() == last);
    QTest::keyClick(&m_workbench->window(), Qt::Key_E, Qt::ShiftModifier);
    QVERIFY(m_workbench->window().selection().current() != last);
}

void TestFollowingAFailure::backAndForwardReturnToWhatWasLookedAt()
{
    Selection& selection = m_workbench->window().selection();
    QVERIFY(!m_workbench->window().actions().back->isEnabled());
    clickOnTimeline(m_link.attempt);
    selection.setCurrent(*m_link.errorEntry);
    QTest::keyClick(&m_workbench->window(), Qt::Key_Left, Qt::AltModifier);
    QVERIFY(selection.current() == m_link.attempt);
    verifyAllPanesShowTheFailure();
    QTest::keyClick(&m_workbench->window(), Qt::Key_Right, Qt::AltModifier);
    QVERIFY(selection.current() == *m_link.errorEntry);
}

void TestFollowingAFailure::fieldAndBytesMarkEachOther()
{
    clickOnTimeline(m_link.attempt);
    m_workbench->window().docks().bringToFront(Pane::Packets);
    PacketView& view = *m_workbench->window().panes().packets;
    QVERIFY(view.fields()->rowCount() > 1);
    const QModelIndex layer = view.fields()->index(1, 0);
    view.tree()->setCurrentIndex(layer);
    QCOMPARE(view.bytesView()->markedOffset(), layer.data(PacketFieldModel::OffsetRole).toUInt());
    QCOMPARE(view.bytesView()->markedLength(), layer.data(PacketFieldModel::LengthRole).toUInt());
    QTest::mouseClick(
        view.bytesView()->viewport(), Qt::LeftButton, Qt::NoModifier, view.bytesView()->byteRect(0).center());
    QCOMPARE(view.tree()->currentIndex().data(PacketFieldModel::OffsetRole).toUInt(), 0u);
}

void TestFollowingAFailure::removingTheEvidenceForgetsTheObject()
{
    Workbench workbench;
    QVERIFY(workbench.openSample());
    workbench.window().selection().setCurrent(m_link.attempt);
    workbench.incident().remove(m_link.attempt.evidence);
    QVERIFY(workbench.awaitIdle());
    QVERIFY(!workbench.window().selection().current().isValid());
}

QTEST_MAIN(TestFollowingAFailure)
#include "tst_followingafailure.moc"
