// SPDX-FileCopyrightText: The Halfshake authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "widgets/common/copybutton.h"
#include "widgets/common/linklabel.h"
#include "widgets/common/objectlink.h"
#include "widgets/common/section.h"
#include "widgets/findings/card.h"
#include "widgets/findings/findingsview.h"

#include <QSignalSpy>
#include <QTest>
#include <QToolButton>

#include <algorithm>

using namespace halfshake;
using namespace Qt::StringLiterals;

namespace {

Finding finding(const char* rule, Verdict verdict, bool isContext = false)
{
    Finding result;
    result.rule = rule;
    result.title = std::string("Title of ") + rule;
    result.verdict = verdict;
    result.severity = Severity::Error;
    result.isContext = isContext;
    result.subject = "ingress.txt";
    return result;
}

Cause cause(const char* id, Certainty certainty)
{
    Cause result;
    result.id = id;
    result.title = std::string("Title of ") + id;
    result.certainty = certainty;
    result.explained = 5;
    result.outOf = 5;
    return result;
}

std::shared_ptr<const IncidentSnapshot> snapshot()
{
    auto evidence = std::make_shared<Evidence>();
    evidence->id = EvidenceId{0};
    evidence->name = "ingress.txt";
    auto result = std::make_shared<IncidentSnapshot>();
    result->evidence.push_back(evidence);
    result->correlation = std::make_shared<const Correlation>();

    Cause top = cause("nodeport-collision", Certainty::Confirmed);
    CauseStatement statement;
    statement.text = "5 of 5 failed client ports are <allocated> NodePorts";
    statement.places = {{.evidence = EvidenceId{0}, .line = 210}};
    top.supports.push_back(statement);
    top.missing.push_back({"the rules of the node", "ipvsadm -Ln"});
    top.remedy = "sysctl -w net.ipv4.ip_local_port_range='32768 60999'";
    result->causes = {top, cause("packet-loss", Certainty::Possible), cause("healthy", Certainty::Excluded)};

    Finding fires = finding("PORT-001", Verdict::Fires);
    fires.values.push_back({.name = "net.ipv4.ip_local_port_range",
        .value = "1024 65535",
        .place = {.evidence = EvidenceId{0}, .line = 210},
        .isAssumed = false,
        .object = {ObjectKind::Parameter, {}, 7}});
    Finding unknown = finding("HS-012", Verdict::Unknown);
    unknown.missing.push_back({"net.ipv4.tcp_synack_retries of the pod", "nsenter -t PID -n sysctl -a"});
    result->findings = {fires, finding("PORT-003", Verdict::Fires, true), unknown, finding("HS-007", Verdict::Clear),
        finding("TW-001", Verdict::NotApplicable)};
    return result;
}

QStringList keys(const FindingsView& view)
{
    QStringList result;
    for (const Card* card : view.cards())
        result << card->head().key;
    return result;
}

} // namespace

class TestFindingsView : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void causesComeFirstAndTheBestIsOpen();
    void onlyWhatNeedsAttentionIsOpen();
    void everyGroupTellsHowManyItHolds();
    void aLinkOpensThePlace();
    void commandsAndRemediesCanBeCopied();
    void whatBelongsToTheCurrentObjectIsMarked();
    void revealingOpensTheGroup();
    void whatTheUserClosedStaysClosed();
    void textFromEvidenceIsNoMarkup();
};

void TestFindingsView::causesComeFirstAndTheBestIsOpen()
{
    FindingsView view;
    view.setSnapshot(snapshot());
    QCOMPARE(keys(view).first(3), QStringList({u"nodeport-collision"_s, u"packet-loss"_s, u"PORT-001/ingress.txt"_s}));
    QVERIFY(view.cards()[0]->isOpen());
    QVERIFY(!view.cards()[1]->isOpen());
    QCOMPARE(view.cards()[0]->head().subtitle, u"Confirmed · explains 5 of 5"_s);
}

void TestFindingsView::onlyWhatNeedsAttentionIsOpen()
{
    FindingsView view;
    view.setSnapshot(snapshot());
    for (const Section* section : view.sections()) {
        const bool isFires = section->title().startsWith(u"Fires"_s);
        const bool isWhy = section->title().startsWith(u"Why"_s);
        QVERIFY2(section->isOpen() == isFires || isWhy, qPrintable(section->title()));
    }
    // what is closed is not even made
    QVERIFY(!keys(view).contains(u"HS-007/ingress.txt"_s));
}

void TestFindingsView::everyGroupTellsHowManyItHolds()
{
    FindingsView view;
    view.setSnapshot(snapshot());
    QStringList titles;
    for (const Section* section : view.sections())
        titles << section->title();
    QVERIFY(titles.contains(u"Excluded (1)"_s));
    QVERIFY(titles.contains(u"Fires, conflict (1)"_s));
    QVERIFY(titles.contains(u"Not evaluated, evidence missing (1)"_s));
    QVERIFY(titles.contains(u"Clear (1)"_s));
    QVERIFY(titles.contains(u"Not applicable (1)"_s));
    QVERIFY(titles.contains(u"Worth knowing, no fault by itself (1)"_s));
}

void TestFindingsView::aLinkOpensThePlace()
{
    FindingsView view;
    view.setSnapshot(snapshot());
    QSignalSpy activated(&view, &FindingsView::objectActivated);
    const ObjectRef line{ObjectKind::Line, EvidenceId{0}, 209};
    const auto labels = view.findChildren<LinkLabel*>();
    const auto label =
        std::ranges::find_if(labels, [&](const LinkLabel* l) { return l->text().contains(linkTo(line)); });
    QVERIFY(label != labels.end());
    QVERIFY((*label)->text().contains(u"ingress.txt:210"_s));
    Q_EMIT(*label)->linkActivated(linkTo(line));
    QCOMPARE(activated.count(), 1);
    QVERIFY(activated[0][0].value<ObjectRef>() == line);
}

void TestFindingsView::commandsAndRemediesCanBeCopied()
{
    FindingsView view;
    view.setSnapshot(snapshot());
    QStringList copied;
    for (const CopyButton* button : view.findChildren<CopyButton*>())
        copied << button->copiedText();
    QVERIFY(copied.contains(u"ipvsadm -Ln"_s));
    QVERIFY(copied.contains(u"sysctl -w net.ipv4.ip_local_port_range='32768 60999'"_s));
}

void TestFindingsView::whatBelongsToTheCurrentObjectIsMarked()
{
    FindingsView view;
    view.setSnapshot(snapshot());
    Related related;
    related.object = {ObjectKind::UpstreamAttempt, EvidenceId{0}, 0};
    related.causes = {0};
    related.findings = {0};
    view.setRelated(related);
    QVERIFY(view.cardOf({ObjectKind::Cause, {}, 0})->isMarked());
    QVERIFY(!view.cardOf({ObjectKind::Cause, {}, 1})->isMarked());
    QVERIFY(view.cardOf({ObjectKind::Finding, {}, 0})->isMarked());
    view.setRelated({});
    QVERIFY(!view.cardOf({ObjectKind::Cause, {}, 0})->isMarked());
}

void TestFindingsView::revealingOpensTheGroup()
{
    FindingsView view;
    view.setSnapshot(snapshot());
    const ObjectRef clear{ObjectKind::Finding, {}, 3};
    QVERIFY(view.cardOf(clear) == nullptr);
    Related related;
    related.object = clear;
    view.setRelated(related);
    QVERIFY(view.cardOf(clear) != nullptr);
    QVERIFY(view.cardOf(clear)->isOpen());
    QVERIFY(view.cardOf(clear)->isMarked());
}

void TestFindingsView::whatTheUserClosedStaysClosed()
{
    FindingsView view;
    view.setSnapshot(snapshot());
    auto* arrow = view.cards()[0]->findChild<QToolButton*>(u"cardArrow"_s);
    arrow->click();
    QVERIFY(!view.cards()[0]->isOpen());
    view.setSnapshot(snapshot());
    QVERIFY(!view.cards()[0]->isOpen());
    view.cards()[1]->setOpen(true);
    view.setSnapshot(snapshot());
    QVERIFY(view.cards()[1]->isOpen());
}

void TestFindingsView::textFromEvidenceIsNoMarkup()
{
    FindingsView view;
    view.setSnapshot(snapshot());
    const auto labels = view.findChildren<LinkLabel*>();
    QVERIFY(std::ranges::any_of(labels, [](const LinkLabel* l) { return l->text().contains(u"&lt;allocated&gt;"_s); }));
}

QTEST_MAIN(TestFindingsView)
#include "tst_findingsview.moc"
