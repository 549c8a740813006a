// SPDX-FileCopyrightText: The Halfshake authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "widgets/findings/findingsview.h"

#include "models/itemmodels/texts.h"
#include "widgets/common/filterbar.h"
#include "widgets/common/section.h"
#include "widgets/findings/card.h"
#include "widgets/findings/cardbody.h"

#include <QEvent>
#include <QLabel>
#include <QLineEdit>
#include <QScrollBar>
#include <QVBoxLayout>

#include <algorithm>
#include <array>
#include <map>

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

} // namespace

FindingsView::FindingsView(QWidget* parent)
    : QScrollArea(parent)
    , m_snapshot(std::make_shared<const IncidentSnapshot>())
    , m_filterBar(new FilterBar(tr("causes and rules"), this))
{
    m_filterBar->edit()->setObjectName(u"findingsFilter"_s);
    setViewportMargins(0, m_filterBar->sizeHint().height(), 0, 0);
    connect(m_filterBar, &FilterBar::textChanged, this, &FindingsView::rebuild);
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
        || m_snapshot->findings.size() != snapshot->findings.size() || m_snapshot->dismissals != snapshot->dismissals;
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
    m_shownCount = 0;
    addCauses();
    addFindings();
    m_filterBar->setCounts(m_shownCount, m_snapshot->causes.size() + m_snapshot->findings.size());
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
        if (!matches(m_snapshot->causes[row]))
            continue;
        ++m_shownCount;
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
    if (m_snapshot->findings.empty())
        return;
    constexpr std::array severities{Severity::Error, Severity::Warning, Severity::Info};
    std::array<std::vector<ObjectRef>, severities.size()> fires;
    std::vector<ObjectRef> context;
    std::vector<ObjectRef> dismissedOnes;
    std::map<Verdict, std::vector<ObjectRef>> others;
    for (std::uint32_t row = 0; row < m_snapshot->findings.size(); ++row) {
        const ObjectRef object{ObjectKind::Finding, {}, row};
        const Finding& finding = m_snapshot->findings[row];
        if (!matches(finding))
            continue;
        ++m_shownCount;
        if (finding.verdict != Verdict::Fires)
            others[finding.verdict].push_back(object);
        else if (m_snapshot->dismissalOf(finding) != nullptr)
            dismissedOnes.push_back(object);
        else if (finding.isContext)
            context.push_back(object);
        else
            fires[static_cast<std::size_t>(std::ranges::find(severities, finding.severity) - severities.begin())]
                .push_back(object);
    }
    m_layout->addSpacing(6);
    addTitle(tr("Rules"));
    if (std::ranges::all_of(fires, &std::vector<ObjectRef>::empty) && m_filterBar->text().isEmpty())
        addText(tr("No rule fires. What was and was not evaluated stands below."));
    for (std::size_t i = 0; i < severities.size(); ++i)
        addGroup(tr("Fires, %1").arg(texts::severity(severities[i]).toLower()) + u" (%1)"_s, fires[i], true);
    addGroup(tr("Broken rules (%1)"), others[Verdict::Error], true);
    addGroup(tr("Dismissed (%1)"), dismissedOnes, false);
    addGroup(tr("Not evaluated, evidence missing (%1)"), others[Verdict::Unknown], false);
    addGroup(tr("Clear (%1)"), others[Verdict::Clear], false);
    addGroup(tr("Not applicable (%1)"), others[Verdict::NotApplicable], false);
    addGroup(tr("Worth knowing, no fault by itself (%1)"), context, false);
}

bool FindingsView::matches(const Cause& cause) const
{
    const QString text = m_filterBar->text().trimmed();
    return text.isEmpty()
        || QString::fromStdString(cause.id + '\n' + cause.title + '\n' + cause.explanation)
               .contains(text, Qt::CaseInsensitive);
}

bool FindingsView::matches(const Finding& finding) const
{
    const QString text = m_filterBar->text().trimmed();
    if (text.isEmpty())
        return true;
    std::string said = finding.rule + '\n' + finding.title + '\n' + finding.subject + '\n' + finding.explanation;
    for (const FindingValue& value : finding.values)
        said += '\n' + value.name + '\n' + value.value;
    return QString::fromStdString(said).contains(text, Qt::CaseInsensitive);
}

void FindingsView::addGroup(const QString& title, const std::vector<ObjectRef>& objects, bool isOpen)
{
    if (objects.empty())
        return;
    auto* section = new Section(title.arg(objects.size()), [this, objects] { return makeCards(objects); });
    m_layout->addWidget(section);
    const bool isSought = !m_filterBar->text().trimmed().isEmpty();
    section->setOpen(isSought || (isOpen && !m_closed.contains(title)) || m_open.contains(title));
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
    const auto connected = [this](CardBody* body, const QString& key) -> QWidget* {
        connect(body, &CardBody::objectActivated, this, &FindingsView::objectActivated);
        connect(
            body, &CardBody::dismissRequested, this,
            [this, key](const QString& reason) { Q_EMIT dismissed(key, reason); }, Qt::QueuedConnection);
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
            return connected(CardBody::ofCause(*snapshot, snapshot->causes[object.index]), {});
        };
    } else {
        const Finding& finding = m_snapshot->findings[object.index];
        head.key = QString::fromStdString(findingKey(finding));
        head.icon = levelIcon(finding, palette());
        head.title = QString::fromStdString(finding.title);
        const std::string* const dismissal = m_snapshot->dismissalOf(finding);
        head.subtitle = findingSubtitle(finding);
        if (dismissal != nullptr)
            head.subtitle += u" · "_s + tr("dismissed: %1").arg(QString::fromStdString(*dismissal));
        head.isQuiet = finding.verdict != Verdict::Fires || finding.isContext || dismissal != nullptr;
        makeBody = [snapshot = m_snapshot, object, connected, key = head.key] {
            return connected(CardBody::ofFinding(*snapshot, snapshot->findings[object.index]), key);
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
    if (card == nullptr)
        m_filterBar->edit()->clear(); // it may be filtered out
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

void FindingsView::resizeEvent(QResizeEvent* event)
{
    QScrollArea::resizeEvent(event);
    // beside the scroll bar, which is as high as this
    m_filterBar->setGeometry(0, 0, viewport()->width(), m_filterBar->sizeHint().height());
}

} // namespace halfshake
