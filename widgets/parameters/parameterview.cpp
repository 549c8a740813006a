// SPDX-FileCopyrightText: The Halfshake authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "widgets/parameters/parameterview.h"

#include "models/itemmodels/parametermodel.h"
#include "widgets/common/filterbar.h"
#include "widgets/common/levelicon.h"
#include "widgets/common/rowview.h"
#include "widgets/common/theme.h"

#include <QLineEdit>
#include <QVBoxLayout>

namespace halfshake {

using namespace Qt::StringLiterals;

namespace {

/// The parameter that the current object is or shows: the first that its findings cite where it is no parameter.
ObjectRef parameterOf(const IncidentSnapshot& snapshot, const Related& related)
{
    if (related.object.kind == ObjectKind::Parameter)
        return related.object;
    const auto& parameters = snapshot.parameters->parameters();
    for (std::uint32_t row = 0; row < parameters.size(); ++row) {
        if (related.line.line != 0 && parameters[row].place.evidence == related.line.evidence
            && parameters[row].place.line == related.line.line)
            return {ObjectKind::Parameter, {}, row};
    }
    for (const std::uint32_t finding : related.findings) {
        for (const FindingValue& value : snapshot.findings[finding].values) {
            if (value.object.kind == ObjectKind::Parameter)
                return value.object;
        }
    }
    return {};
}

} // namespace

ParameterView::ParameterView(QWidget* parent)
    : QWidget(parent)
    , m_snapshot(std::make_shared<const IncidentSnapshot>())
    , m_model(new ParameterModel(this))
    , m_filterBar(new FilterBar(tr("parameters"), this))
    , m_table(new RowView(this))
{
    m_filterBar->edit()->setObjectName(u"parameterFilter"_s);
    setFocusProxy(m_table);
    m_table->setObjectName(u"parameterTable"_s);
    m_table->setAccessibleName(tr("Parameters"));
    m_table->setModel(m_model);
    m_table->setFixedPitch(ParameterModel::KeyColumn);
    m_table->setFixedPitch(ParameterModel::ValueColumn);
    m_table->setEmphasis([](const QModelIndex& index) { return index.data(ParameterModel::IsCitedRole).toBool(); });
    m_table->setIcon(ParameterModel::KeyColumn, [this](const QModelIndex& index) {
        return index.data(ParameterModel::IsCitedRole).toBool()
            ? LevelIcon{GlyphShape::Square, figureStyle(palette()).colorOf(EventClass::Failed)}
            : LevelIcon{};
    });

    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    layout->addWidget(m_filterBar);
    layout->addWidget(m_table, 1);

    connect(m_filterBar, &FilterBar::textChanged, m_model, &ParameterModel::setFilterText);
    connect(m_model, &QAbstractItemModel::modelReset, this, &ParameterView::showCounts);
    connect(m_table, &RowView::rowActivated, this, [this](const QModelIndex& index) {
        Q_EMIT objectActivated(index.data(ParameterModel::ObjectRole).value<ObjectRef>());
    });
    showCounts();
}

void ParameterView::setSnapshot(std::shared_ptr<const IncidentSnapshot> snapshot)
{
    // every analysis makes new ones; thousands of rows stay as they are while evidence is only listed
    const bool isNew = m_snapshot->parameters != snapshot->parameters;
    m_snapshot = std::move(snapshot);
    if (isNew)
        m_model->setSnapshot(m_snapshot);
}

void ParameterView::setRelated(const Related& related)
{
    m_parameter = parameterOf(*m_snapshot, related);
    showCurrent();
}

void ParameterView::showCurrent()
{
    const QModelIndex index = m_model->indexOf(m_parameter);
    m_table->setCurrentRow(index.isValid() ? index.row() : -1);
}

void ParameterView::showCounts()
{
    m_filterBar->setCounts(
        static_cast<std::uint64_t>(m_model->rowCount()), static_cast<std::uint64_t>(m_model->totalCount()));
    m_table->setEmptyText(m_model->totalCount() == 0
            ? tr("No settings in the evidence yet: add the output of sysctl -a, Kubernetes files or an nginx.conf.")
            : tr("No setting matches the filter."));
    showCurrent();
}

} // namespace halfshake
