// SPDX-FileCopyrightText: The Halfshake authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "widgets/common/rowview.h"

#include "widgets/common/theme.h"

#include <QAccessible>
#include <QApplication>
#include <QClipboard>
#include <QContextMenuEvent>
#include <QHeaderView>
#include <QHelpEvent>
#include <QKeyEvent>
#include <QPainter>
#include <QScrollBar>
#include <QToolTip>

#include <algorithm>
#include <cstdint>

namespace halfshake {

namespace {

constexpr int cellMargin = 6;
constexpr int iconWidth = 16;
constexpr int rowsMeasured = 200;
constexpr int widestColumn = 320;

int saturated(std::int64_t value)
{
    return static_cast<int>(std::min<std::int64_t>(value, std::numeric_limits<int>::max()));
}

} // namespace

RowView::RowView(QWidget* parent) : QAbstractScrollArea(parent), m_header(new QHeaderView(Qt::Horizontal, this))
{
    setFocusPolicy(Qt::StrongFocus);
    setFrameShape(QFrame::NoFrame);
    viewport()->setMouseTracking(true);
    viewport()->setBackgroundRole(QPalette::Base);
    m_header->setSectionsClickable(true);
    m_header->setSortIndicatorShown(false);
    m_header->setHighlightSections(false);
    m_header->setDefaultAlignment(Qt::AlignLeft | Qt::AlignVCenter);
    m_header->setMinimumSectionSize(24);
    m_header->setTextElideMode(Qt::ElideRight);
    m_header->setFocusPolicy(Qt::NoFocus);
    connect(m_header, &QHeaderView::sectionResized, this, [this] {
        updateScrollBars();
        viewport()->update();
    });
    connect(m_header, &QHeaderView::geometriesChanged, this, &RowView::placeHeader);
    connect(m_header, &QHeaderView::sortIndicatorChanged, this, [this](int column, Qt::SortOrder order) {
        if (m_model)
            m_model->sort(column, order);
    });
    connect(m_header, &QHeaderView::sectionClicked, this, [this] { m_header->setSortIndicatorShown(true); });
}

RowView::~RowView()
{
    // closing hides the header, which would call a RowView that is only a QWidget any more
    m_header->disconnect(this);
}

void RowView::setModel(QAbstractItemModel* model)
{
    m_model = model;
    m_header->setModel(model);
    connect(model, &QAbstractItemModel::modelReset, this, &RowView::rowsChanged);
    connect(model, &QAbstractItemModel::rowsInserted, this, &RowView::rowsChanged);
    connect(model, &QAbstractItemModel::rowsRemoved, this, &RowView::rowsChanged);
    connect(model, &QAbstractItemModel::layoutChanged, this, &RowView::rowsChanged);
    connect(model, &QAbstractItemModel::dataChanged, viewport(), qOverload<>(&QWidget::update));
    rowsChanged();
}

void RowView::setEmptyText(const QString& text)
{
    m_emptyText = text;
    viewport()->update();
}

void RowView::rowsChanged()
{
    m_hoveredRow = -1;
    if (!m_hasFittedColumns && m_model->rowCount() > 0)
        fitColumns();
    updateScrollBars();
    viewport()->update();
}

void RowView::fitColumns()
{
    m_hasFittedColumns = true;
    const int rows = std::min(m_model->rowCount(), rowsMeasured);
    for (int column = 0; column < m_model->columnCount(); ++column) {
        int width = m_header->sectionSizeHint(column);
        for (int row = 0; row < rows; ++row) {
            const QModelIndex index = m_model->index(row, column);
            const QFontMetrics metrics(fontOf(index));
            width = std::max(width,
                metrics.horizontalAdvance(index.data().toString()) + 2 * cellMargin + 2
                    + (m_icons.contains(column) ? iconWidth + 4 : 0));
        }
        m_header->resizeSection(column, std::min(width, widestColumn));
    }
}

void RowView::setCurrentRow(int row)
{
    const QModelIndex index = m_model && row >= 0 ? m_model->index(row, 0) : QModelIndex();
    if (m_current == index)
        return;
    m_current = index;
    if (index.isValid())
        scrollToRow(row);
    viewport()->update();
    QAccessibleValueChangeEvent event(this, rowText(row));
    QAccessible::updateAccessibility(&event);
}

void RowView::scrollToRow(int row)
{
    const int first = verticalScrollBar()->value();
    const int rows = visibleRows();
    if (row < first || row >= first + rows)
        verticalScrollBar()->setValue(std::max(0, row < first && row >= first - 1 ? row : row - rows / 2));
}

QRect RowView::rowRect(int row) const
{
    const int first = verticalScrollBar()->value();
    if (!m_model || row < first || row >= m_model->rowCount() || row - first > visibleRows())
        return {};
    return {0, (row - first) * rowHeight(), viewport()->width(), rowHeight()};
}

int RowView::rowAt(const QPoint& position) const
{
    if (!m_model || position.y() < 0)
        return -1;
    const std::int64_t row = std::int64_t{verticalScrollBar()->value()} + position.y() / rowHeight();
    return row < m_model->rowCount() ? static_cast<int>(row) : -1;
}

QString RowView::rowText(int row) const
{
    if (!m_model || row < 0 || row >= m_model->rowCount())
        return {};
    QStringList cells;
    for (int column = 0; column < m_model->columnCount(); ++column)
        cells.append(m_model->index(row, column).data().toString());
    return cells.join(u'\t');
}

int RowView::rowHeight() const
{
    return std::max(fontMetrics().height() + 5, 20);
}

int RowView::heightOfRows(int rows) const
{
    return m_header->sizeHint().height() + rows * rowHeight() + horizontalScrollBar()->sizeHint().height()
        + 2 * frameWidth();
}

int RowView::visibleRows() const
{
    return std::max(1, viewport()->height() / rowHeight());
}

QFont RowView::fontOf(const QModelIndex& index) const
{
    QFont result = std::ranges::contains(m_fixedPitchColumns, index.column()) ? fixedFont(font()) : font();
    if (m_isEmphasized && m_isEmphasized(index))
        result.setBold(true);
    return result;
}

void RowView::placeHeader()
{
    const int height = m_header->sizeHint().height();
    setViewportMargins(0, height, 0, 0);
    m_header->setGeometry(viewport()->x(), viewport()->y() - height, viewport()->width(), height);
    m_header->setOffset(horizontalScrollBar()->value());
}

void RowView::updateScrollBars()
{
    const int rows = m_model ? m_model->rowCount() : 0;
    verticalScrollBar()->setPageStep(visibleRows());
    verticalScrollBar()->setRange(0, saturated(std::max<std::int64_t>(0, std::int64_t{rows} - visibleRows())));
    horizontalScrollBar()->setSingleStep(fontMetrics().averageCharWidth() * 4);
    horizontalScrollBar()->setPageStep(viewport()->width());
    horizontalScrollBar()->setRange(0, std::max(0, m_header->length() - viewport()->width()));
}

void RowView::paintEvent(QPaintEvent* /*event*/)
{
    QPainter painter(viewport());
    const int rows = m_model ? m_model->rowCount() : 0;
    if (rows == 0) {
        painter.setPen(palette().color(QPalette::PlaceholderText));
        painter.drawText(viewport()->rect().adjusted(16, 8, -16, -8), Qt::AlignCenter | Qt::TextWordWrap, m_emptyText);
        return;
    }
    const int first = verticalScrollBar()->value();
    const int height = rowHeight();
    const int last = saturated(std::min<std::int64_t>(rows, std::int64_t{first} + visibleRows() + 1));
    for (int row = first; row < last; ++row)
        paintRow(painter, row, (row - first) * height);
}

void RowView::paintRow(QPainter& painter, int row, int y)
{
    const QRect rect(0, y, viewport()->width(), rowHeight());
    const bool isCurrent = row == m_current.row();
    QColor textColor = palette().color(QPalette::Text);
    if (isCurrent) {
        const auto group = hasFocus() ? QPalette::Active : QPalette::Inactive;
        painter.fillRect(rect, palette().color(group, QPalette::Highlight));
        textColor = palette().color(group, QPalette::HighlightedText);
    } else if (row == m_hoveredRow) {
        painter.fillRect(rect, mixed(palette().color(QPalette::Base), palette().color(QPalette::Highlight), 0.12));
    } else if (row % 2 != 0) {
        painter.fillRect(rect, palette().color(QPalette::AlternateBase));
    }
    for (int column = 0; column < m_model->columnCount(); ++column) {
        if (m_header->isSectionHidden(column))
            continue;
        const QRect cell(m_header->sectionViewportPosition(column), y, m_header->sectionSize(column), rect.height());
        if (cell.right() >= 0 && cell.left() < viewport()->width())
            paintCell(painter, m_model->index(row, column), cell, textColor);
    }
}

void RowView::paintCell(QPainter& painter, const QModelIndex& index, QRect cell, const QColor& textColor)
{
    cell.adjust(cellMargin, 0, -cellMargin, 0);
    if (const auto icon = m_icons.find(index.column()); icon != m_icons.end()) {
        LevelIcon level = icon->second(index);
        if (index.row() == m_current.row())
            level.color = textColor;
        level.paint(painter, QRectF(cell.left(), cell.top(), iconWidth, cell.height()));
        cell.setLeft(cell.left() + iconWidth + 4);
    }
    const QFont cellFont = fontOf(index);
    painter.setFont(cellFont);
    painter.setPen(textColor);
    const auto alignment = m_alignments.find(index.column());
    const QString text = QFontMetrics(cellFont).elidedText(index.data().toString(), Qt::ElideRight, cell.width());
    painter.drawText(cell,
        static_cast<int>((alignment != m_alignments.end() ? alignment->second : Qt::AlignLeft) | Qt::AlignVCenter)
            | Qt::TextSingleLine,
        text);
}

void RowView::activate(int row)
{
    setCurrentRow(row);
    if (m_current.isValid())
        Q_EMIT rowActivated(m_current);
}

bool RowView::event(QEvent* event)
{
    // the copy shortcut of the window must not take Ctrl+C from the focused table
    if (event->type() == QEvent::ShortcutOverride && static_cast<QKeyEvent*>(event)->matches(QKeySequence::Copy)) {
        event->accept();
        return true;
    }
    if (event->type() == QEvent::FocusIn || event->type() == QEvent::FocusOut)
        viewport()->update();
    return QAbstractScrollArea::event(event);
}

bool RowView::viewportEvent(QEvent* event)
{
    if (event->type() == QEvent::ToolTip && m_model) {
        const auto* help = static_cast<QHelpEvent*>(event);
        const QModelIndex index = m_model->index(rowAt(help->pos()), m_header->logicalIndexAt(help->pos().x()));
        QString text = index.data(Qt::ToolTipRole).toString();
        if (text.isEmpty())
            text = index.data().toString();
        QToolTip::showText(help->globalPos(), index.isValid() ? text : QString(), viewport());
        return true;
    }
    if (event->type() == QEvent::Leave) {
        m_hoveredRow = -1;
        viewport()->update();
    }
    return QAbstractScrollArea::viewportEvent(event);
}

void RowView::resizeEvent(QResizeEvent* event)
{
    QAbstractScrollArea::resizeEvent(event);
    placeHeader();
    updateScrollBars();
}

void RowView::mousePressEvent(QMouseEvent* event)
{
    if (event->button() == Qt::LeftButton || event->button() == Qt::RightButton) {
        if (const int row = rowAt(event->position().toPoint()); row >= 0)
            activate(row);
    }
}

void RowView::mouseMoveEvent(QMouseEvent* event)
{
    if (const int row = rowAt(event->position().toPoint()); row != m_hoveredRow) {
        m_hoveredRow = row;
        viewport()->update();
    }
}

void RowView::keyPressEvent(QKeyEvent* event)
{
    const int rows = m_model ? m_model->rowCount() : 0;
    if (event->matches(QKeySequence::Copy)) {
        QApplication::clipboard()->setText(rowText(currentRow()));
        return;
    }
    std::int64_t row = currentRow();
    switch (event->key()) {
    case Qt::Key_Up:
        --row;
        break;
    case Qt::Key_Down:
        ++row;
        break;
    case Qt::Key_PageUp:
        row -= visibleRows();
        break;
    case Qt::Key_PageDown:
        row += visibleRows();
        break;
    case Qt::Key_Home:
        row = 0;
        break;
    case Qt::Key_End:
        row = rows - 1;
        break;
    case Qt::Key_Return:
    case Qt::Key_Enter:
    case Qt::Key_Space:
        break;
    case Qt::Key_Left:
        horizontalScrollBar()->triggerAction(QAbstractSlider::SliderSingleStepSub);
        return;
    case Qt::Key_Right:
        horizontalScrollBar()->triggerAction(QAbstractSlider::SliderSingleStepAdd);
        return;
    default:
        QAbstractScrollArea::keyPressEvent(event);
        return;
    }
    if (rows > 0)
        activate(static_cast<int>(std::clamp<std::int64_t>(row, 0, rows - 1)));
}

void RowView::contextMenuEvent(QContextMenuEvent* event)
{
    const bool isByKeyboard = event->reason() == QContextMenuEvent::Keyboard;
    const QPoint position = isByKeyboard ? rowRect(currentRow()).center() : event->pos();
    if (m_model)
        Q_EMIT menuRequested(viewport()->mapToGlobal(position), m_model->index(rowAt(position), 0));
}

void RowView::changeEvent(QEvent* event)
{
    QAbstractScrollArea::changeEvent(event);
    if (event->type() == QEvent::FontChange || event->type() == QEvent::StyleChange) {
        placeHeader();
        updateScrollBars();
    }
}

void RowView::scrollContentsBy(int /*dx*/, int /*dy*/)
{
    m_header->setOffset(horizontalScrollBar()->value());
    viewport()->update();
}

} // namespace halfshake
