// SPDX-FileCopyrightText: The Halfshake authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "widgets/findings/cardbody.h"

#include "models/itemmodels/texts.h"
#include "widgets/common/copybutton.h"
#include "widgets/common/linklabel.h"
#include "widgets/common/objectlink.h"
#include "widgets/common/section.h"
#include "widgets/common/theme.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QVBoxLayout>

namespace halfshake {

using namespace Qt::StringLiterals;

namespace {

constexpr std::size_t mostPlaces = 5;

QString escaped(const std::string& text)
{
    return QString::fromStdString(text).toHtmlEscaped();
}

/// Links to the first places of a statement, and how many more there are.
QString placesHtml(const IncidentSnapshot& snapshot, const std::vector<SourceRef>& places)
{
    QStringList links;
    for (const SourceRef& place : std::span(places).first(std::min(mostPlaces, places.size()))) {
        if (const QString link = placeLink(snapshot, place); !link.isEmpty())
            links << link;
    }
    if (links.isEmpty())
        return {};
    if (places.size() > mostPlaces)
        links << CardBody::tr("%1 more").arg(places.size() - mostPlaces);
    return u" · "_s + links.join(u", "_s);
}

} // namespace

CardBody::CardBody(const IncidentSnapshot& snapshot, QWidget* parent)
    : QWidget(parent), m_snapshot(snapshot), m_layout(new QVBoxLayout(this))
{
    m_layout->setContentsMargins(22, 0, 0, 4);
    m_layout->setSpacing(4);
}

CardBody* CardBody::ofCause(const IncidentSnapshot& snapshot, const Cause& cause)
{
    auto* body = new CardBody(snapshot);
    body->addParagraph(QString::fromStdString(cause.explanation));
    body->addStatements(tr("Supports it"), u"✓"_s, cause.supports);
    body->addStatements(tr("Speaks against it"), u"✗"_s, cause.contradicts);
    if (!cause.missing.empty()) {
        body->addHeading(tr("Would settle it"));
        for (const CauseTest& test : cause.missing)
            body->addCommand(QString::fromStdString(test.text), QString::fromStdString(test.command));
    }
    body->addRemedy(cause.remedy);
    body->addSources(cause.sources);
    return body;
}

CardBody* CardBody::ofFinding(const IncidentSnapshot& snapshot, const Finding& finding)
{
    auto* body = new CardBody(snapshot);
    body->addParagraph(QString::fromStdString(finding.errorText));
    body->addValues(finding.values);
    if (!finding.missing.empty()) {
        body->addHeading(tr("Not evaluated: needs"));
        for (const MissingInput& input : finding.missing)
            body->addCommand(QString::fromStdString(input.name), QString::fromStdString(input.command));
    }
    body->addParagraph(QString::fromStdString(finding.explanation));
    if (!finding.impact.empty()) {
        body->addHeading(tr("Effect"));
        body->addParagraph(QString::fromStdString(finding.impact));
    }
    if (finding.verdict == Verdict::Fires)
        body->addRemedy(finding.remedy);
    body->addSteps(finding.steps, finding.condition);
    body->addSources(finding.sources);
    if (finding.verdict == Verdict::Fires)
        body->addDismissal(snapshot.dismissalOf(finding));
    return body;
}

void CardBody::addHtml(const QString& html)
{
    auto* label = new LinkLabel(html, this);
    connect(label, &LinkLabel::objectActivated, this, &CardBody::objectActivated);
    m_layout->addWidget(label);
}

void CardBody::addParagraph(const QString& text)
{
    if (const QString trimmed = text.trimmed(); !trimmed.isEmpty())
        addHtml(LinkLabel::withWebLinks(trimmed));
}

void CardBody::addHeading(const QString& text)
{
    auto* label = new QLabel(text, this);
    QFont bold = label->font();
    bold.setBold(true);
    label->setFont(bold);
    label->setForegroundRole(QPalette::PlaceholderText);
    m_layout->addSpacing(2);
    m_layout->addWidget(label);
}

void CardBody::addStatements(const QString& heading, const QString& mark, const std::vector<CauseStatement>& statements)
{
    if (statements.empty())
        return;
    addHeading(heading);
    QString rows;
    for (const CauseStatement& statement : statements) {
        QString places = placesHtml(m_snapshot, statement.places);
        if (places.isEmpty() && !statement.objects.empty())
            places = u" · <a href=\"%1\">%2</a>"_s.arg(linkTo(statement.objects.front()), tr("show"));
        rows += u"<tr><td>%1&nbsp;</td><td>%2%3</td></tr>"_s.arg(mark, escaped(statement.text), places);
    }
    addHtml(u"<table cellspacing=\"0\" cellpadding=\"1\">%1</table>"_s.arg(rows));
}

void CardBody::addCommand(const QString& text, const QString& command)
{
    addParagraph(text);
    if (command.trimmed().isEmpty())
        return;
    auto* label = new QLabel(command.trimmed().toHtmlEscaped(), this);
    label->setTextFormat(Qt::RichText);
    label->setFont(fixedFont(label->font()));
    label->setTextInteractionFlags(Qt::TextSelectableByMouse);
    letWrap(*label);
    auto* row = new QHBoxLayout;
    row->addWidget(label, 1);
    row->addWidget(new CopyButton(command.trimmed(), tr("Copy the command"), this), 0, Qt::AlignTop);
    m_layout->addLayout(row);
}

void CardBody::addValues(const std::vector<FindingValue>& values)
{
    if (values.empty())
        return;
    QString rows;
    for (const FindingValue& value : values) {
        const QString place =
            value.isAssumed ? tr("assumed: the kernel's default") : placeLink(m_snapshot, value.place);
        rows += u"<tr><td colspan=\"2\"><code>%1</code></td></tr>"
                u"<tr><td>&nbsp;&nbsp;<b>%2</b>&nbsp;&nbsp;</td><td>%3</td></tr>"_s.arg(
                    escaped(value.name), escaped(value.value), place);
    }
    addHtml(u"<table cellspacing=\"0\" cellpadding=\"1\">%1</table>"_s.arg(rows));
}

void CardBody::addSteps(const std::vector<EvaluationStep>& steps, const std::string& condition)
{
    if (steps.empty() && condition.empty())
        return;
    QString rows;
    for (const EvaluationStep& step : steps)
        rows += u"<tr><td><code>%1</code></td></tr><tr><td>&nbsp;&nbsp;= <code>%2</code></td></tr>"_s.arg(
            escaped(step.expression), escaped(step.result));
    const QString html =
        u"<p><code>%1</code></p><table cellspacing=\"0\" cellpadding=\"1\">%2</table>"_s.arg(escaped(condition), rows);
    auto* section = new Section(
        tr("Why: how the condition was evaluated"), [html]() -> QWidget* { return new LinkLabel(html); }, this);
    m_layout->addWidget(section);
}

void CardBody::addRemedy(const std::string& remedy)
{
    const QString text = QString::fromStdString(remedy).trimmed();
    if (text.isEmpty())
        return;
    addHeading(tr("Remedy"));
    auto* label = new LinkLabel(LinkLabel::withWebLinks(text).replace(u'\n', u"<br>"_s), this);
    auto* row = new QHBoxLayout;
    row->addWidget(label, 1);
    row->addWidget(new CopyButton(text, tr("Copy the remedy"), this), 0, Qt::AlignTop);
    m_layout->addLayout(row);
}

void CardBody::addSources(const std::vector<std::string>& sources)
{
    if (sources.empty())
        return;
    addHeading(tr("Sources"));
    QStringList lines;
    for (const std::string& source : sources)
        lines << LinkLabel::withWebLinks(QString::fromStdString(source));
    addHtml(lines.join(u"<br>"_s));
}

void CardBody::addDismissal(const std::string* reason)
{
    auto* row = new QHBoxLayout;
    m_layout->addSpacing(4);
    m_layout->addLayout(row);
    if (reason != nullptr) {
        auto* restore = new QPushButton(tr("Take back the dismissal"), this);
        restore->setObjectName(u"restoreFinding"_s);
        row->addWidget(restore);
        row->addStretch(1);
        connect(restore, &QPushButton::clicked, this, [this] { Q_EMIT dismissRequested({}); });
        return;
    }
    auto* why = new QLineEdit(this);
    why->setObjectName(u"dismissReason"_s);
    why->setPlaceholderText(tr("Why it does not matter here"));
    why->setAccessibleName(why->placeholderText());
    why->setAcceptDrops(false);
    auto* dismiss = new QPushButton(tr("Dismiss"), this);
    dismiss->setObjectName(u"dismissFinding"_s);
    dismiss->setToolTip(tr("Put it aside with this reason, which the report will tell"));
    dismiss->setEnabled(false);
    row->addWidget(why, 1);
    row->addWidget(dismiss);
    const auto ask = [this, why] {
        if (const QString text = why->text().simplified(); !text.isEmpty())
            Q_EMIT dismissRequested(text);
    };
    connect(why, &QLineEdit::textChanged, dismiss,
        [dismiss](const QString& text) { dismiss->setEnabled(!text.simplified().isEmpty()); });
    connect(why, &QLineEdit::returnPressed, this, ask);
    connect(dismiss, &QPushButton::clicked, this, ask);
}

} // namespace halfshake
