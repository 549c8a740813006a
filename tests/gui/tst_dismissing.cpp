// SPDX-FileCopyrightText: The Halfshake authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "models/report/htmlwriter.h"
#include "models/report/reportbuilder.h"
#include "tests/gui/workbench.h"
#include "widgets/common/filterbar.h"
#include "widgets/common/section.h"
#include "widgets/findings/card.h"
#include "widgets/findings/findingsview.h"

#include <QLineEdit>
#include <QPushButton>
#include <QTest>

#include <algorithm>

using namespace halfshake;
using namespace Qt::StringLiterals;
using halfshake::test::Workbench;

/// Looking for rules, and putting one aside with a reason.
class TestDismissing : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void cleanup();
    void theFilterLeavesWhatItNames();
    void aFindingIsPutAsideWithAReasonAndTakenBack();

private:
    [[nodiscard]] FindingsView& view() { return *m_workbench->window().panes().findings; }
    [[nodiscard]] QStringList sections();
    [[nodiscard]] QString report();
    [[nodiscard]] Card* openFirstConflict();

    std::unique_ptr<Workbench> m_workbench;
};

void TestDismissing::init()
{
    m_workbench = std::make_unique<Workbench>();
    QVERIFY(m_workbench->openSample());
}

void TestDismissing::cleanup()
{
    m_workbench.reset();
}

QStringList TestDismissing::sections()
{
    QStringList titles;
    for (const Section* section : view().sections())
        titles << section->title();
    return titles;
}

QString TestDismissing::report()
{
    return toHtml(buildReport(m_workbench->snapshot(), {}));
}

Card* TestDismissing::openFirstConflict()
{
    const auto& findings = m_workbench->snapshot().findings;
    const auto found = std::ranges::find_if(
        findings, [](const Finding& finding) { return finding.verdict == Verdict::Fires && !finding.isContext; });
    const ObjectRef object{ObjectKind::Finding, {}, static_cast<std::uint32_t>(found - findings.begin())};
    view().reveal(object);
    return view().cardOf(object);
}

void TestDismissing::theFilterLeavesWhatItNames()
{
    const auto saysIt = [this](const Card& card) {
        const ObjectRef object = card.head().object;
        const auto& snapshot = m_workbench->snapshot();
        const std::string& text = object.kind == ObjectKind::Cause ? snapshot.causes[object.index].explanation
                                                                   : snapshot.findings[object.index].explanation;
        return card.head().key.startsWith(u"PORT-00"_s)
            || QString::fromStdString(text).contains(u"PORT-00"_s, Qt::CaseInsensitive);
    };
    QTest::keyClicks(view().filterBar()->edit(), u"port-00"_s);
    for (const Card* card : view().cards())
        QVERIFY2(saysIt(*card), qPrintable(card->head().key));
    QVERIFY(!view().cards().empty());
    QVERIFY(view().filterBar()->countText().contains(u" of "_s));
    view().filterBar()->edit()->clear();
    QVERIFY(view().cardOf({ObjectKind::Cause, {}, 0}) != nullptr);
}

void TestDismissing::aFindingIsPutAsideWithAReasonAndTakenBack()
{
    Card* const card = openFirstConflict();
    QVERIFY(card != nullptr);
    const QString key = card->head().key;
    const auto reason = u"the range is reserved elsewhere"_s;
    QVERIFY(!report().contains(reason));

    auto* const dismiss = card->findChild<QPushButton*>(u"dismissFinding"_s);
    QVERIFY(!dismiss->isEnabled()); // not without a reason
    QTest::keyClicks(card->findChild<QLineEdit*>(u"dismissReason"_s), reason);
    QVERIFY(dismiss->isEnabled());
    QTest::mouseClick(dismiss, Qt::LeftButton);
    QCoreApplication::processEvents();
    QVERIFY(m_workbench->awaitIdle());
    QCOMPARE(m_workbench->incident().corrections().dismissals.at(key.toStdString()), reason.toStdString());
    QVERIFY(sections().contains(u"Dismissed (1)"_s));
    QVERIFY(report().contains(reason));

    Card* const aside = openFirstConflict();
    QVERIFY(aside->head().subtitle.contains(reason));
    QTest::mouseClick(aside->findChild<QPushButton*>(u"restoreFinding"_s), Qt::LeftButton);
    QCoreApplication::processEvents();
    QVERIFY(m_workbench->awaitIdle());
    QVERIFY(m_workbench->incident().corrections().dismissals.empty());
    QVERIFY(!sections().contains(u"Dismissed (1)"_s));
    QVERIFY(!report().contains(reason));
}

QTEST_MAIN(TestDismissing)
#include "tst_dismissing.moc"
