// SPDX-FileCopyrightText: The Halfshake authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "widgets/connections/connectionview.h"

#include "models/itemmodels/connectionmodel.h"
#include "widgets/common/filterbar.h"
#include "widgets/common/levelicon.h"
#include "widgets/common/rowview.h"

#include <QApplication>
#include <QCheckBox>
#include <QClipboard>
#include <QLineEdit>
#include <QMenu>
#include <QVBoxLayout>

#include <algorithm>

namespace halfshake {

using namespace Qt::StringLiterals;

ConnectionView::ConnectionView(QWidget* parent)
    : QWidget(parent)
    , m_model(new ConnectionModel(this))
    , m_filterBar(new FilterBar(tr("connections"), this))
    , m_notable(new QCheckBox(tr("Notable only"), this))
    , m_table(new RowView(this))
{
    m_filterBar->edit()->setObjectName(u"connectionFilter"_s);
    m_notable->setObjectName(u"notableOnly"_s);
    m_notable->setChecked(true);
    m_notable->setToolTip(tr("Only failed or repeated attempts, and those that carried a failing request"));
    m_filterBar->addWidget(m_notable);

    setFocusProxy(m_table);
    m_table->setObjectName(u"connectionTable"_s);
    m_table->setAccessibleName(tr("Connections"));
    m_table->setModel(m_model);
    for (const int column : {ConnectionModel::SynRetransmissionsColumn, ConnectionModel::SynAckRetransmissionsColumn,
             ConnectionModel::DurationColumn, ConnectionModel::BytesColumn})
        m_table->setAlignment(column, Qt::AlignRight);
    m_table->setIcon(ConnectionModel::OutcomeColumn, [this](const QModelIndex& index) {
        return levelIcon(static_cast<EventClass>(index.data(ConnectionModel::EventClassRole).toInt()), palette());
    });

    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    layout->addWidget(m_filterBar);
    layout->addWidget(m_table, 1);

    connect(m_filterBar, &FilterBar::textChanged, m_model, &ConnectionModel::setFilterText);
    connect(m_notable, &QCheckBox::toggled, m_model, &ConnectionModel::setOnlyNotable);
    connect(m_model, &QAbstractItemModel::modelReset, this, &ConnectionView::showCounts);
    connect(m_table, &RowView::menuRequested, this, &ConnectionView::showMenu);
    connect(m_table, &RowView::rowActivated, this, [this](const QModelIndex& index) {
        Q_EMIT objectActivated(index.data(ConnectionModel::ObjectRole).value<ObjectRef>());
    });
    showCounts();
}

void ConnectionView::setSnapshot(std::shared_ptr<const IncidentSnapshot> snapshot)
{
    m_hasCapture = std::ranges::any_of(
        snapshot->evidence, [](const auto& evidence) { return evidence && evidence->capture != nullptr; });
    m_model->setSnapshot(std::move(snapshot));
}

void ConnectionView::setRelated(const Related& related)
{
    m_connection = related.connection;
    showCurrent();
}

void ConnectionView::showCurrent()
{
    const QModelIndex index = m_model->indexOf(m_connection);
    m_table->setCurrentRow(index.isValid() ? index.row() : -1);
}

void ConnectionView::showCounts()
{
    m_filterBar->setCounts(static_cast<std::uint64_t>(m_model->rowCount()), m_model->totalCount());
    m_table->setEmptyText(!m_hasCapture  ? tr("No packet capture in the evidence yet.")
            : m_model->totalCount() == 0 ? tr("The captures hold no TCP connection.")
            : m_filterBar->text().isEmpty()
            ? tr("Nothing notable: no connection failed or needed a repeat. Switch \"Notable only\" off to see all.")
            : tr("No connection matches the filter."));
    showCurrent();
}

void ConnectionView::showMenu(const QPoint& position, const QModelIndex& index)
{
    if (!index.isValid())
        return;
    const QString client = index.siblingAtColumn(ConnectionModel::ClientColumn).data().toString();
    const QString server = index.siblingAtColumn(ConnectionModel::ServerColumn).data().toString();
    const auto addressAndPort = [](const QString& endpoint) {
        const auto colon = endpoint.lastIndexOf(u':');
        QString address = endpoint.first(colon);
        address.remove(u'[').remove(u']');
        return std::pair(address, endpoint.sliced(colon + 1));
    };
    const auto [clientAddress, clientPort] = addressAndPort(client);
    const auto [serverAddress, serverPort] = addressAndPort(server);
    const QString protocol = clientAddress.contains(u':') ? u"ipv6"_s : u"ip"_s;
    const QString wireshark = u"%1.addr==%2 && tcp.port==%3 && %1.addr==%4 && tcp.port==%5"_s.arg(
        protocol, clientAddress, clientPort, serverAddress, serverPort);
    const QString tcpdump =
        u"host %1 and port %2 and host %3 and port %4"_s.arg(clientAddress, clientPort, serverAddress, serverPort);

    auto* menu = new QMenu(this);
    menu->setAttribute(Qt::WA_DeleteOnClose);
    const auto add = [menu](const QString& name, const QString& text, const QString& copied) {
        QAction* const action = menu->addAction(text);
        action->setObjectName(name);
        connect(action, &QAction::triggered, menu, [copied] { QApplication::clipboard()->setText(copied); });
    };
    add(u"copyRow"_s, tr("Copy &row"), m_table->rowText(index.row()));
    add(u"copyWiresharkFilter"_s, tr("Copy as &Wireshark display filter"), wireshark);
    add(u"copyTcpdumpFilter"_s, tr("Copy as &tcpdump filter"), tcpdump);
    menu->popup(position);
}

} // namespace halfshake
