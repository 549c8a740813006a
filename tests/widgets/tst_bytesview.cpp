// SPDX-FileCopyrightText: The Halfshake authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "widgets/packets/bytesview.h"

#include <QApplication>
#include <QClipboard>
#include <QScrollBar>
#include <QSignalSpy>
#include <QTest>

using namespace halfshake;
using namespace Qt::StringLiterals;

namespace {

std::vector<std::byte> counting(std::size_t count)
{
    std::vector<std::byte> bytes;
    for (std::size_t i = 0; i < count; ++i)
        bytes.push_back(static_cast<std::byte>(i));
    return bytes;
}

} // namespace

class TestBytesView : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void clickingAByteTellsItsOffset();
    void markingScrollsToTheBytes();
    void copyTakesTheMarkedBytes();
    void arrowsMoveByByteAndLine();
};

void TestBytesView::clickingAByteTellsItsOffset()
{
    BytesView view;
    view.resize(700, 200);
    view.setBytes(counting(40));
    QSignalSpy activated(&view, &BytesView::byteActivated);
    for (const std::uint32_t offset : {0u, 7u, 8u, 15u, 16u, 39u}) {
        QTest::mouseClick(view.viewport(), Qt::LeftButton, Qt::NoModifier, view.byteRect(offset).center());
        QCOMPARE(activated.takeLast()[0].toUInt(), offset);
    }
    QTest::mouseClick(view.viewport(), Qt::LeftButton, Qt::NoModifier, view.byteRect(40).center());
    QCOMPARE(activated.count(), 0);
}

void TestBytesView::markingScrollsToTheBytes()
{
    BytesView view;
    view.resize(700, 80);
    view.show();
    view.setBytes(counting(1000));
    view.mark(800, 4);
    QCOMPARE(view.markedOffset(), 800u);
    QVERIFY(view.viewport()->rect().contains(view.byteRect(800).center()));
    view.setBytes(counting(10));
    QCOMPARE(view.markedLength(), 0u);
    QCOMPARE(view.verticalScrollBar()->value(), 0);
}

void TestBytesView::copyTakesTheMarkedBytes()
{
    BytesView view;
    view.setBytes(counting(20));
    view.mark(9, 3);
    QTest::keyClick(&view, Qt::Key_C, Qt::ControlModifier);
    QCOMPARE(QApplication::clipboard()->text(), u"09 0a 0b"_s);
}

void TestBytesView::arrowsMoveByByteAndLine()
{
    BytesView view;
    view.setBytes(counting(40));
    connect(&view, &BytesView::byteActivated, &view, [&view](std::uint32_t offset) { view.mark(offset, 1); });
    view.mark(0, 1);
    QTest::keyClick(&view, Qt::Key_Right);
    QCOMPARE(view.markedOffset(), 1u);
    QTest::keyClick(&view, Qt::Key_Down);
    QCOMPARE(view.markedOffset(), 17u);
    QTest::keyClick(&view, Qt::Key_Up);
    QTest::keyClick(&view, Qt::Key_Up);
    QCOMPARE(view.markedOffset(), 1u);
    QTest::keyClick(&view, Qt::Key_Left);
    QTest::keyClick(&view, Qt::Key_Left);
    QCOMPARE(view.markedOffset(), 0u);
}

QTEST_MAIN(TestBytesView)
#include "tst_bytesview.moc"
