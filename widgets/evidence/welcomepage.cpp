// SPDX-FileCopyrightText: The Halfshake authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "widgets/evidence/welcomepage.h"

#include "widgets/common/copybutton.h"
#include "widgets/common/icons.h"
#include "widgets/common/theme.h"

#include <QAction>
#include <QFrame>
#include <QGridLayout>
#include <QHBoxLayout>
#include <QLabel>
#include <QPainter>
#include <QPushButton>
#include <QVBoxLayout>

namespace halfshake {

using namespace Qt::StringLiterals;

namespace {

constexpr int pageWidth = 860;

/// The dashed frame that says "drop here".
class DashedFrame final : public QFrame
{
public:
    using QFrame::QFrame;

protected:
    void paintEvent(QPaintEvent* /*event*/) override
    {
        QPainter painter(this);
        painter.setRenderHint(QPainter::Antialiasing);
        painter.setPen(QPen(palette().color(QPalette::Dark), 1.5, Qt::DashLine));
        painter.setBrush(palette().color(QPalette::Base));
        painter.drawRoundedRect(QRectF(rect()).adjusted(1, 1, -1, -1), 8, 8);
    }
};

QLabel* makeLabel(const QString& text, double size, bool isBold, QWidget* parent)
{
    auto* label = new QLabel(text, parent);
    QFont font = label->font();
    font.setPointSizeF(font.pointSizeF() * size);
    font.setBold(isBold);
    label->setFont(font);
    label->setWordWrap(true);
    return label;
}

} // namespace

WelcomePage::WelcomePage(const QList<QAction*>& beginnings, QWidget* parent) : QScrollArea(parent)
{
    setObjectName(u"welcomePage"_s);
    setAccessibleName(tr("Start page"));
    setFrameShape(QFrame::NoFrame);
    setWidgetResizable(true);

    auto* column = new QWidget;
    column->setMaximumWidth(pageWidth);
    auto* columnLayout = new QVBoxLayout(column);
    columnLayout->setContentsMargins(24, 24, 24, 24);
    columnLayout->setSpacing(20);
    columnLayout->addWidget(makeDropArea(beginnings));
    columnLayout->addWidget(makeCommands());
    columnLayout->addStretch(1);

    auto* page = new QWidget;
    auto* pageLayout = new QHBoxLayout(page);
    pageLayout->setContentsMargins(0, 0, 0, 0);
    pageLayout->addStretch(1);
    pageLayout->addWidget(column, 1000);
    pageLayout->addStretch(1);
    setWidget(page);
}

QWidget* WelcomePage::makeDropArea(const QList<QAction*>& beginnings)
{
    auto* area = new DashedFrame;
    auto* layout = new QVBoxLayout(area);
    layout->setContentsMargins(24, 28, 24, 24);
    layout->setSpacing(8);

    auto* icon = new QLabel(area);
    icon->setPixmap(themedIcon(u"add"_s).pixmap(QSize(40, 40), devicePixelRatioF()));
    icon->setAlignment(Qt::AlignCenter);
    layout->addWidget(icon);
    auto* title = makeLabel(tr("Drop evidence here"), 1.6, true, area);
    title->setAlignment(Qt::AlignCenter);
    layout->addWidget(title);
    auto* text =
        makeLabel(tr("Packet captures, ingress logs, sysctl dumps and Kubernetes files of one incident, as files, "
                     "folders or archives. What each is shows by its content. Nothing is changed, nothing "
                     "leaves this computer."),
            1.0, false, area);
    text->setAlignment(Qt::AlignCenter);
    text->setForegroundRole(QPalette::PlaceholderText);
    layout->addWidget(text);
    layout->addSpacing(8);

    auto* buttons = new QHBoxLayout;
    buttons->addStretch(1);
    for (QAction* action : beginnings) {
        auto* button = new QPushButton(action->icon(), action->text(), area);
        button->setObjectName(action->objectName() + u"Button"_s);
        button->setToolTip(action->toolTip());
        button->setDefault(action == beginnings.first());
        connect(button, &QPushButton::clicked, action, &QAction::trigger);
        buttons->addWidget(button);
    }
    buttons->addStretch(1);
    layout->addLayout(buttons);
    return area;
}

QWidget* WelcomePage::makeCommands()
{
    auto* box = new QWidget;
    auto* layout = new QVBoxLayout(box);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(8);
    layout->addWidget(makeLabel(tr("How to collect it"), 1.15, true, box));

    auto* grid = new QGridLayout;
    grid->setVerticalSpacing(6);
    grid->setHorizontalSpacing(12);
    grid->setColumnStretch(1, 1);
    addCommand(*grid, tr("Packets, on the ingress node"),
        u"tcpdump -i any -nn -s 1024 -w ingress-node.pcap 'tcp or icmp or icmp6'"_s);
    addCommand(*grid, tr("Access and error log"), u"kubectl -n ingress-nginx logs POD --since=1h > ingress.log"_s);
    addCommand(*grid, tr("Kernel parameters of the node"), u"sysctl -a > node-sysctl.txt"_s);
    addCommand(*grid, tr("The same inside a pod"), u"nsenter -t PID -n sysctl -a > pod-sysctl.txt"_s);
    addCommand(*grid, tr("Services and their NodePorts"), u"kubectl get svc -A -o yaml > services.yaml"_s);
    addCommand(*grid, tr("The ingress workload"), u"kubectl -n ingress-nginx get ds,deploy -o yaml > ingress.yaml"_s);
    layout->addLayout(grid);
    return box;
}

void WelcomePage::addCommand(QGridLayout& grid, const QString& what, const QString& command)
{
    const int row = grid.rowCount();
    auto* name = new QLabel(what);
    auto* text = new QLabel(command);
    text->setFont(fixedFont(text->font()));
    text->setTextInteractionFlags(Qt::TextSelectableByMouse);
    text->setWordWrap(true);
    grid.addWidget(name, row, 0);
    grid.addWidget(text, row, 1);
    grid.addWidget(new CopyButton(command, tr("Copy the command for: %1").arg(what)), row, 2);
}

} // namespace halfshake
