// SPDX-FileCopyrightText: The Halfshake authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "widgets/packets/packetview.h"

#include "models/itemmodels/packetfieldmodel.h"
#include "models/itemmodels/packetmodel.h"
#include "models/itemmodels/texts.h"
#include "widgets/common/emptystate.h"
#include "widgets/common/rowview.h"
#include "widgets/common/theme.h"
#include "widgets/packets/bytesview.h"

#include <QHeaderView>
#include <QLabel>
#include <QSplitter>
#include <QTreeView>
#include <QVBoxLayout>

namespace halfshake {

using namespace Qt::StringLiterals;

namespace {

constexpr int widthForBoth = 620; ///< Fields and bytes beside each other.

} // namespace

PacketView::PacketView(QWidget* parent)
    : QWidget(parent)
    , m_snapshot(std::make_shared<const IncidentSnapshot>())
    , m_model(new PacketModel(this))
    , m_fields(new PacketFieldModel(this))
    , m_title(new QLabel(this))
    , m_table(new RowView(this))
    , m_tree(new QTreeView(this))
    , m_bytes(new BytesView(this))
    , m_details(new QSplitter(Qt::Horizontal, this))
{
    setFocusProxy(m_table);
    m_table->setObjectName(u"packetTable"_s);
    m_table->setAccessibleName(tr("Packets of the connection"));
    m_table->setModel(m_model);
    for (const int column : {PacketModel::NumberColumn, PacketModel::TimeColumn, PacketModel::LengthColumn}) {
        m_table->setAlignment(column, Qt::AlignRight);
        m_table->setFixedPitch(column);
    }
    m_table->setEmphasis([](const QModelIndex& index) {
        return index.data(PacketModel::IsHandshakeRole).toBool() && index.column() == PacketModel::SummaryColumn;
    });

    m_tree->setObjectName(u"packetFields"_s);
    m_tree->setAccessibleName(tr("Fields of the packet"));
    m_tree->setFrameShape(QFrame::NoFrame);
    m_tree->setModel(m_fields);
    m_tree->setHeaderHidden(true);
    m_tree->setUniformRowHeights(true);
    m_tree->setAcceptDrops(false);
    m_tree->setEditTriggers(QAbstractItemView::NoEditTriggers);
    layOut();
    m_empty = new EmptyState(this);

    connect(m_table, &RowView::rowActivated, this, [this](const QModelIndex& index) {
        Q_EMIT objectActivated(index.data(PacketModel::ObjectRole).value<ObjectRef>());
    });
    connect(m_tree->selectionModel(), &QItemSelectionModel::currentChanged, this, &PacketView::markField);
    connect(m_bytes, &BytesView::byteActivated, this, [this](std::uint32_t offset) {
        const QModelIndex field = m_fields->fieldAt(offset);
        m_tree->setCurrentIndex(field);
        m_tree->scrollTo(field);
    });
    setRelated({});
}

void PacketView::layOut()
{
    m_title->setContentsMargins(6, 4, 6, 4);
    m_title->setForegroundRole(QPalette::PlaceholderText);
    m_title->setTextInteractionFlags(Qt::TextSelectableByMouse);
    m_title->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Fixed);

    m_details->addWidget(m_tree);
    m_details->addWidget(m_bytes);
    m_details->setStretchFactor(0, 1);
    m_details->setStretchFactor(1, 1);
    auto* splitter = new QSplitter(Qt::Vertical, this);
    splitter->addWidget(m_table);
    splitter->addWidget(m_details);
    splitter->setStretchFactor(0, 2);
    splitter->setStretchFactor(1, 3);
    splitter->setChildrenCollapsible(false);

    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    layout->addWidget(m_title);
    layout->addWidget(splitter, 1);
}

void PacketView::setSnapshot(std::shared_ptr<const IncidentSnapshot> snapshot)
{
    const bool isSameCapture = m_snapshot->capture(m_capture) == snapshot->capture(m_capture);
    m_snapshot = std::move(snapshot);
    if (!isSameCapture) {
        m_connection = {};
        m_packet = 0;
    }
}

void PacketView::setRelated(const Related& related)
{
    showConnection(related.connection);
    const bool isOfCapture = m_snapshot->capture(related.packet.evidence) != nullptr;
    showPacket(related.packet.evidence, isOfCapture ? related.packet.packet : 0);

    QString why;
    if (!isOfCapture) {
        why = related.link != nullptr && related.link->whyNone != NoLinkReason::None
            ? texts::noLinkReason(related.link->whyNone)
            : tr("Choose a failing attempt, a connection or a step of a handshake to see its packets.");
    }
    m_empty->setText(why);
}

void PacketView::resizeEvent(QResizeEvent* event)
{
    QWidget::resizeEvent(event);
    m_details->setOrientation(width() < widthForBoth ? Qt::Vertical : Qt::Horizontal);
}

QString PacketView::emptyText() const
{
    return m_empty->text();
}

void PacketView::showConnection(ObjectRef connection)
{
    if (m_connection == connection)
        return;
    m_connection = connection;
    m_model->setConnection(m_snapshot, connection);
    const ConnectionAttempt* const attempt = m_snapshot->connection(connection);
    if (attempt == nullptr) {
        m_title->clear();
        return;
    }
    const QString capture = texts::place(*m_snapshot, {.evidence = connection.evidence});
    const auto listed = static_cast<std::uint64_t>(m_model->rowCount());
    m_title->setText(listed < m_model->totalCount()
            ? tr("%1: first %2 of %3 packets of this connection")
                  .arg(capture, texts::count(listed), texts::count(m_model->totalCount()))
            : tr("%1: %2 of this connection")
                  .arg(capture, texts::numbered(m_model->totalCount(), tr("1 packet"), tr("%1 packets"))));
    m_title->setToolTip(m_title->text());
}

void PacketView::showPacket(EvidenceId capture, std::uint64_t number)
{
    const QModelIndex row = m_connection.evidence == capture ? m_model->indexOf(number) : QModelIndex();
    m_table->setCurrentRow(row.isValid() ? row.row() : -1);
    if (m_capture == capture && m_packet == number && number != 0)
        return;
    m_capture = capture;
    m_packet = number;
    PacketDetails details;
    if (number != 0) {
        if (auto read = packetDetails(*m_snapshot->capture(capture), number))
            details = std::move(*read);
    }
    m_bytes->setBytes(details.bytes);
    m_fields->setPacket(std::move(details));
    // what this program is about: the transport layer and above are open
    for (int layer = 2; layer < m_fields->rowCount(); ++layer)
        m_tree->expand(m_fields->index(layer, 0));
    m_tree->resizeColumnToContents(PacketFieldModel::NameColumn);
}

void PacketView::markField(const QModelIndex& field)
{
    m_bytes->mark(field.data(PacketFieldModel::OffsetRole).toUInt(), field.data(PacketFieldModel::LengthRole).toUInt());
}

} // namespace halfshake
