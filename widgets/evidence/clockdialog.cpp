// SPDX-FileCopyrightText: The Halfshake authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "widgets/evidence/clockdialog.h"

#include "models/itemmodels/clockmodel.h"
#include "models/itemmodels/clocktexts.h"
#include "widgets/common/rowview.h"

#include <QDialogButtonBox>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QVBoxLayout>

#include <algorithm>

namespace halfshake {

using namespace Qt::StringLiterals;

ClockDialog::ClockDialog(Incident& incident, QWidget* parent)
    : QDialog(parent)
    , m_incident(incident)
    , m_model(new ClockModel(this))
    , m_table(new RowView(this))
    , m_what(new QLabel(this))
    , m_offset(new QLineEdit(this))
    , m_set(new QPushButton(tr("&Set"), this))
    , m_estimate(new QPushButton(tr("&Use what the data say"), this))
    , m_problem(new QLabel(this))
{
    setObjectName(u"clockDialog"_s);
    setWindowTitle(tr("Clocks"));
    auto* intro = new QLabel(tr("Captures and logs are put on one clock. Where the data do not tell how far a clock "
                                "is ahead, or tell it wrong, set it here. The evidence is not changed."),
        this);
    intro->setWordWrap(true);
    m_table->setObjectName(u"clockTable"_s);
    m_table->setAccessibleName(tr("Clocks of the evidence"));
    m_table->setModel(m_model);
    m_table->setEmptyText(tr("No capture and no log yet."));
    for (const int column : {ClockModel::OffsetColumn, ClockModel::UncertaintyColumn})
        m_table->setAlignment(column, Qt::AlignRight);
    m_offset->setObjectName(u"clockOffset"_s);
    m_offset->setPlaceholderText(tr("+1.5 s, -300 ms, +08:00"));
    m_offset->setAccessibleName(tr("How far the clock is ahead"));
    m_offset->setAcceptDrops(false);
    m_set->setObjectName(u"setClockOffset"_s);
    m_set->setDefault(true);
    m_estimate->setObjectName(u"useClockEstimate"_s);
    m_problem->setWordWrap(true);
    m_problem->setAccessibleName(tr("What is wrong with the offset"));

    auto* line = new QHBoxLayout;
    line->addWidget(m_what, 1);
    m_offset->setMinimumWidth(fontMetrics().horizontalAdvance(m_offset->placeholderText()) + 24);
    line->addWidget(m_offset);
    line->addWidget(m_set);
    line->addWidget(m_estimate);
    auto* buttons = new QDialogButtonBox(QDialogButtonBox::Close, this);
    auto* layout = new QVBoxLayout(this);
    layout->addWidget(intro);
    layout->addWidget(m_table, 1);
    layout->addLayout(line);
    layout->addWidget(m_problem);
    layout->addWidget(buttons);
    resize(1000, 360);

    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    connect(&m_incident, &Incident::snapshotChanged, this, &ClockDialog::followIncident);
    connect(m_table, &RowView::rowActivated, this, [this](const QModelIndex& index) { choose(index.row()); });
    connect(m_set, &QPushButton::clicked, this, &ClockDialog::apply);
    connect(m_estimate, &QPushButton::clicked, this, &ClockDialog::useEstimate);
    followIncident();
}

QString ClockDialog::problemText() const
{
    return m_problem->text();
}

void ClockDialog::followIncident()
{
    m_model->setSnapshot(m_incident.snapshot());
    m_table->fitColumns();
    // its text is longer than a column of a table usually is
    m_table->header()->resizeSection(ClockModel::EstimateColumn, fontMetrics().averageCharWidth() * 78);
    choose(std::max(0, m_model->rowOf(m_evidence)));
}

void ClockDialog::choose(int row)
{
    const EvidenceId evidence = m_model->evidenceOf(row);
    if (evidence != m_evidence) {
        m_offset->clear();
        m_problem->clear();
    }
    m_evidence = evidence;
    m_table->setCurrentRow(evidence.isValid() ? row : -1);
    const bool isThere = evidence.isValid();
    m_what->setText(isThere
            ? tr("The clock of %1 is ahead by").arg(m_model->index(row, ClockModel::EvidenceColumn).data().toString())
            : QString());
    m_offset->setEnabled(isThere);
    m_set->setEnabled(isThere);
    m_estimate->setEnabled(m_incident.corrections().clockOffsets.contains(evidence));
}

void ClockDialog::apply()
{
    const auto offset = texts::clockOffsetFromText(m_offset->text());
    m_problem->setText(
        offset ? QString() : tr("An offset is a number with a unit, such as +1.5 s, -300 ms or +08:00."));
    if (offset)
        setOffset(offset);
}

void ClockDialog::useEstimate()
{
    setOffset({});
}

void ClockDialog::setOffset(std::optional<Duration> offset)
{
    Corrections corrections = m_incident.corrections();
    if (offset)
        corrections.clockOffsets[m_evidence] = *offset;
    else
        corrections.clockOffsets.erase(m_evidence);
    m_incident.setCorrections(std::move(corrections));
    m_estimate->setEnabled(offset.has_value());
}

} // namespace halfshake
