// SPDX-FileCopyrightText: The Halfshake authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "widgets/evidence/evidencedelegate.h"

#include "models/itemmodels/evidencemodel.h"
#include "widgets/common/icons.h"
#include "widgets/common/levelicon.h"
#include "widgets/common/theme.h"

#include <QApplication>
#include <QMouseEvent>
#include <QPainter>

namespace halfshake {

using namespace Qt::StringLiterals;

namespace {

constexpr int margin = 6;
constexpr int iconSize = 22;
constexpr int buttonSize = 16;

bool isBeingRead(const QModelIndex& index)
{
    const auto state = static_cast<EvidenceState>(index.data(EvidenceModel::StateRole).toInt());
    return state == EvidenceState::Waiting || state == EvidenceState::Reading;
}

QIcon kindIcon(const QModelIndex& index)
{
    switch (static_cast<EvidenceKind>(index.data(EvidenceModel::KindRole).toInt())) {
    case EvidenceKind::Capture:
        return themedIcon(u"capture"_s);
    case EvidenceKind::ProxyLog:
        return themedIcon(u"log"_s);
    case EvidenceKind::Parameters:
        return themedIcon(u"parameters"_s);
    case EvidenceKind::Text:
        return themedIcon(u"text"_s);
    case EvidenceKind::Unknown:
        break;
    }
    return themedIcon(u"unknown"_s);
}

LevelIcon stateIcon(const QModelIndex& index, const QPalette& palette)
{
    switch (static_cast<EvidenceState>(index.data(EvidenceModel::StateRole).toInt())) {
    case EvidenceState::Waiting:
    case EvidenceState::Reading:
        return {};
    case EvidenceState::Cancelled:
        return {GlyphShape::Dash, palette.color(QPalette::PlaceholderText)};
    case EvidenceState::Failed:
        return levelIcon(DiagnosticLevel::Error, palette);
    case EvidenceState::Read:
        break;
    }
    const int level = index.data(EvidenceModel::LevelRole).toInt();
    return level <= static_cast<int>(DiagnosticLevel::Note) ? successIcon(palette)
                                                            : levelIcon(static_cast<DiagnosticLevel>(level), palette);
}

QString secondLine(const QModelIndex& index)
{
    const auto cell = [&index](int column) { return index.siblingAtColumn(column).data().toString(); };
    const auto state = static_cast<EvidenceState>(index.data(EvidenceModel::StateRole).toInt());
    QStringList parts;
    if (state == EvidenceState::Failed || state == EvidenceState::Cancelled)
        parts << cell(EvidenceModel::StateColumn);
    parts << cell(EvidenceModel::RecordsColumn) << cell(EvidenceModel::KindColumn);
    parts.removeAll(QString());
    return parts.join(u" · "_s);
}

void paintProgress(QPainter& painter, const QRect& area, int promille, const QPalette& palette)
{
    painter.save();
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(Qt::NoPen);
    painter.setBrush(palette.color(QPalette::Mid));
    painter.drawRoundedRect(area, 2, 2);
    painter.setBrush(palette.color(QPalette::Highlight));
    painter.drawRoundedRect(QRect(area.left(), area.top(), area.width() * promille / 1000, area.height()), 2, 2);
    painter.restore();
}

} // namespace

void EvidenceDelegate::paint(QPainter* painter, const QStyleOptionViewItem& option, const QModelIndex& index) const
{
    QStyleOptionViewItem background = option;
    background.text.clear();
    background.showDecorationSelected = true;
    QApplication::style()->drawPrimitive(QStyle::PE_PanelItemViewItem, &background, painter, option.widget);

    const bool isSelected = option.state.testFlag(QStyle::State_Selected);
    const auto group = option.state.testFlag(QStyle::State_Active) ? QPalette::Active : QPalette::Inactive;
    const QColor text = option.palette.color(group, isSelected ? QPalette::HighlightedText : QPalette::Text);
    const QColor faint = isSelected ? text : option.palette.color(QPalette::PlaceholderText);
    const QRect row = option.rect.adjusted(margin, 0, -margin, 0);
    const int line = option.fontMetrics.height();

    kindIcon(index).paint(painter, QRect(row.left(), row.top(), iconSize, row.height()), Qt::AlignCenter,
        isSelected && group == QPalette::Active ? QIcon::Selected : QIcon::Normal);
    const QRect words = row.adjusted(iconSize + margin, 4, -buttonSize - margin, -4);
    painter->setPen(text);
    painter->drawText(QRect(words.left(), words.top(), words.width(), line), Qt::AlignLeft | Qt::AlignVCenter,
        option.fontMetrics.elidedText(index.data().toString(), Qt::ElideMiddle, words.width()));

    const QRect below(words.left(), words.top() + line, words.width(), line);
    if (isBeingRead(index)) {
        paintProgress(*painter, QRect(below.left(), below.center().y() - 1, below.width(), 4),
            index.data(EvidenceModel::ProgressRole).toInt(), option.palette);
        themedIcon(u"close"_s)
            .paint(
                painter, cancelRect(option.rect, index), Qt::AlignCenter, isSelected ? QIcon::Selected : QIcon::Normal);
        return;
    }
    painter->setPen(faint);
    painter->drawText(below, Qt::AlignLeft | Qt::AlignVCenter,
        option.fontMetrics.elidedText(secondLine(index), Qt::ElideRight, below.width()));
    LevelIcon state = stateIcon(index, option.palette);
    if (isSelected)
        state.color = text;
    state.paint(*painter, QRectF(row.right() - buttonSize, row.top(), buttonSize, row.height()));
}

QSize EvidenceDelegate::sizeHint(const QStyleOptionViewItem& option, const QModelIndex& /*index*/) const
{
    return {120, 2 * option.fontMetrics.height() + 8};
}

QRect EvidenceDelegate::cancelRect(const QRect& row, const QModelIndex& index)
{
    if (!isBeingRead(index))
        return {};
    return {row.right() - margin - buttonSize, row.center().y() - buttonSize / 2, buttonSize, buttonSize};
}

bool EvidenceDelegate::editorEvent(
    QEvent* event, QAbstractItemModel* model, const QStyleOptionViewItem& option, const QModelIndex& index)
{
    if (event->type() == QEvent::MouseButtonRelease
        && cancelRect(option.rect, index).contains(static_cast<QMouseEvent*>(event)->position().toPoint())) {
        Q_EMIT cancelRequested(index);
        return true;
    }
    return QStyledItemDelegate::editorEvent(event, model, option, index);
}

} // namespace halfshake
