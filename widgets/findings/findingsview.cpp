// SPDX-FileCopyrightText: The Halfshake authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "widgets/findings/findingsview.h"

#include "models/itemmodels/texts.h"
#include "widgets/common/section.h"
#include "widgets/findings/card.h"
#include "widgets/findings/cardbody.h"

#include <QEvent>
#include <QLabel>
#include <QScrollBar>
#include <QVBoxLayout>

#include <algorithm>

namespace halfshake {

using namespace Qt::StringLiterals;

namespace {

QString causeSubtitle(const Cause& cause)
{
    QString text = texts::certainty(cause.certainty);
    if (cause.certainty != Certainty::Excluded && cause.outOf > 0)
        text += u" · "_s
            + FindingsView::tr("explains %1 of %2").arg(texts::count(cause.explained), texts::count(cause.outOf));
    return text;
}

QString findingSubtitle(const Finding& finding)
{
    QStringList parts{QString::fromStdString(finding.rule)};
    if (finding.verdict == Verdict::Fires)
        parts.prepend(texts::severity(finding.severity));
    parts << QString::fromStdString(finding.subject);
    parts.removeAll(QString());
    return parts.join(u" · "_s);
}

QString keyOf(const Finding& finding)
{
    return u"%1/%2"_s.arg(QString::fromStdString(finding.rule), QString::fromStdString(finding.subject));
}

} // namespace

FindingsView::FindingsView(QWidget* parent)
    : QScrollArea(parent), m_snapshot(std::make_shared<const IncidentSnapshot>())
{
    setObjectName(u"findings"_s);
    setAccessibleName(tr("Causes and findings"));
    setFocusPolicy(Qt::StrongFocus);
    setFrameShape(QFrame::NoFrame);
    setWidgetResizable(true);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    rebuild();
}

void FindingsView::setSnapshot(std::shared_ptr<const IncidentSnapshot> snapshot)
{
    // every analysis makes new ones; while evidence is only listed, nothing here changes
    const bool isNew = m_snapshot->correlation != snapshot->correlation
        || m_snapshot->parameters != snapshot->parameters || m_snapshot->causes.size() != snapshot->causes.size()
        || m_snapshot->findings.size() != snapshot->findings.size();
    m_snapshot = std::move(snapshot);
    if (isNew)
        rebuild();
}

void FindingsView::setRelated(const Related& related)
{
    m_related = related;
    mark();
    if (related.object.kind == ObjectKind::Finding || related.object.kind == ObjectKind::Cause)
        reveal(related.object);
}

void FindingsView::rebuild()
{
    const int scrolledTo = verticalScrollBar()->value();
    auto* column = new QWidget;
    m_layout = new QVBoxLayout(column);
    m_layout->setContentsMargins(8, 8, 8, 8);
    m_layout->setSpacing(6);
    addCauses();
    addFindings();
    m_layout->addStretch(1);
    setWidget(column);
    mark();
    verticalScrollBar()->setValue(scrolledTo);
}

void FindingsView::addTitle(const QString& title)
{
    auto* label = new QLabel(title);
    QFont font = label->font();
    font.setBold(true);
    font.setPointSizeF(font.pointSizeF() * 1.1);
    label->setFont(font);
    m_layout->addWidget(label);
}

void FindingsView::addText(const QString& text)
{
    auto* label = new QLabel(text);
    label->setWordWrap(true);
    label->setForegroundRole(QPalette::PlaceholderText);
    label->setTextInteractionFlags(Qt::TextSelectableByMouse);
    m_layout->addWidget(label);
}

void FindingsView::addCauses()
{
    addTitle(tr("Causes"));
    std::vector<ObjectRef> excluded;
    for (std::uint32_t row = 0; row < m_snapshot->causes.size(); ++row) {
        const ObjectRef object{ObjectKind::Cause, {}, row};
        if (m_snapshot->causes[row].certainty == Certainty::Excluded) {
            excluded.push_back(object);
            continue;
        }
        Card* const card = makeCard(object);
        m_layout->addWidget(card);
        if (row == 0 && !m_closed.contains(card->head().key))
            card->setOpen(true);
    }
    if (m_snapshot->causes.empty())
        addText(tr("Nothing to explain yet. Add a packet capture, the ingress log of the same time, and the kernel "
                   "parameters of the ingress host."));
    addGroup(tr("Excluded (%1)"), excluded, false);
}

void FindingsView::addFindings()
{
    std::vector<ObjectRef> fires;
    std::vector<ObjectRef> context;
    std::vector<ObjectRef> unknown;
    std::vector<ObjectRef> clear;
    std::vector<ObjectRef> notApplicable;
    std::vector<ObjectRef> errors;
    for (std::uint32_t row = 0; row < m_snapshot->findings.size(); ++row) {
        const ObjectRef object{ObjectKind::Finding, {}, row};
        const Finding& finding = m_snapshot->findings[row];
        switch (finding.verdict) {
        case Verdict::Fires:
            (finding.isContext ? context : fires).push_back(object);
            break;
        case Verdict::Unknown:
            unknown.push_back(object);
            break;
        case Verdict::Clear:
            clear.push_back(object);
            break;
        case Verdict::NotApplicable:
            notApplicable.push_back(object);
            break;
        case Verdict::Error:
            errors.push_back(object);
            break;
        }
    }
    if (m_snapshot->findings.empty())
        return;
    m_layout->addSpacing(6);
    addTitle(tr("Rules"));
    if (fires.empty())
        addText(tr("No rule fires. What was and was not evaluated stands below."));
    addGroup(tr("Fires (%1)"), fires, true);
    addGroup(tr("Broken rules (%1)"), errors, true);
    addGroup(tr("Not evaluated, evidence missing (%1)"), unknown, false);
    addGroup(tr("Clear (%1)"), clear, false);
    addGroup(tr("Not applicable (%1)"), notApplicable, false);
    addGroup(tr("Worth knowing, no fault by itself (%1)"), context, false);
}

void FindingsView::addGroup(const QString& title, const std::vector<ObjectRef>& objects, bool isOpen)
{
    if (objects.empty())
        return;
    auto* section = new Section(title.arg(objects.size()), [this, objects] { return makeCards(objects); });
    m_layout->addWidget(section);
    section->setOpen((isOpen && !m_closed.contains(title)) || m_open.contains(title));
    connect(section, &Section::openChanged, this, [this, title](bool isNowOpen) {
        (isNowOpen ? m_open : m_closed).insert(title);
        (isNowOpen ? m_closed : m_open).remove(title);
        mark();
    });
}

QWidget* FindingsView::makeCards(const std::vector<ObjectRef>& objects)
{
    auto* box = new QWidget;
    auto* layout = new QVBoxLayout(box);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(6);
    for (const ObjectRef object : objects)
        layout->addWidget(makeCard(object));
    return box;
}

Card* FindingsView::makeCard(ObjectRef object)
{
    CardHead head;
    head.object = object;
    std::function<QWidget*()> makeBody;
    const auto connected = [this](CardBody* body) -> QWidget* {
        connect(body, &CardBody::objectActivated, this, &FindingsView::objectActivated);
        return body;
    };
    if (object.kind == ObjectKind::Cause) {
        const Cause& cause = m_snapshot->causes[object.index];
        head.key = QString::fromStdString(cause.id);
        head.icon = levelIcon(cause.certainty, palette());
        head.title = QString::fromStdString(cause.title);
        head.subtitle = causeSubtitle(cause);
        head.isQuiet = cause.certainty == Certainty::Excluded;
        makeBody = [snapshot = m_snapshot, object, connected] {
            return connected(CardBody::ofCause(*snapshot, snapshot->causes[object.index]));
        };
    } else {
        const Finding& finding = m_snapshot->findings[object.index];
        head.key = keyOf(finding);
        head.icon = levelIcon(finding, palette());
        head.title = QString::fromStdString(finding.title);
        head.subtitle = findingSubtitle(finding);
        head.isQuiet = finding.verdict != Verdict::Fires || finding.isContext;
        makeBody = [snapshot = m_snapshot, object, connected] {
            return connected(CardBody::ofFinding(*snapshot, snapshot->findings[object.index]));
        };
    }
    auto* card = new Card(head, makeBody);
    card->setOpen(m_open.contains(head.key));
    connect(card, &Card::chosen, this, &FindingsView::objectActivated);
    connect(card, &Card::openChanged, this, [this, key = head.key](bool isOpen) {
        (isOpen ? m_open : m_closed).insert(key);
        (isOpen ? m_closed : m_open).remove(key);
    });
    return card;
}

std::vector<Card*> FindingsView::cards() const
{
    const auto found = widget()->findChildren<Card*>();
    return {found.begin(), found.end()};
}

std::vector<Section*> FindingsView::sections() const
{
    const auto found = widget()->findChildren<Section*>();
    return {found.begin(), found.end()};
}

Card* FindingsView::cardOf(ObjectRef object) const
{
    for (Card* const card : cards()) {
        if (card->head().object == object)
            return card;
    }
    return nullptr;
}

void FindingsView::mark()
{
    for (Card* const card : cards()) {
        const ObjectRef object = card->head().object;
        const auto& rows = object.kind == ObjectKind::Cause ? m_related.causes : m_related.findings;
        card->setMarked(object == m_related.object || std::ranges::contains(rows, object.index));
    }
}

void FindingsView::reveal(ObjectRef object)
{
    Card* card = cardOf(object);
    if (card == nullptr) {
        for (Section* const section : sections())
            section->setOpen(true);
        card = cardOf(object);
    }
    if (card == nullptr)
        return;
    for (QWidget* above = card->parentWidget(); above != nullptr; above = above->parentWidget()) {
        if (auto* section = qobject_cast<Section*>(above))
            section->setOpen(true);
    }
    card->setOpen(true);
    ensureWidgetVisible(card, 0, 24);
}

void FindingsView::changeEvent(QEvent* event)
{
    QScrollArea::changeEvent(event);
    // the icons carry colours of the old palette
    if (event->type() == QEvent::PaletteChange)
        rebuild();
}

} // namespace halfshake
