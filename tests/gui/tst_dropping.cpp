// SPDX-FileCopyrightText: The Halfshake authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "tests/gui/workbench.h"
#include "widgets/common/messagebar.h"
#include "widgets/connections/connectionview.h"
#include "widgets/evidence/dropoverlay.h"
#include "widgets/evidence/droptarget.h"

#include <QApplication>
#include <QClipboard>
#include <QDragLeaveEvent>
#include <QFile>
#include <QLineEdit>
#include <QMimeData>
#include <QTest>

using namespace halfshake;
using namespace Qt::StringLiterals;
using halfshake::test::Workbench;

namespace {

QUrl url(const QString& path)
{
    return QUrl::fromLocalFile(path);
}

QUrl sample(const QString& name)
{
    return url(QStringLiteral(HALFSHAKE_SOURCE_DIR "/resources/samples/") + name);
}

bool hasMessage(Workbench& workbench, const QString& part)
{
    return workbench.window().messages().texts().join(u'\n').contains(part);
}

constexpr auto dump = "net.core.somaxconn = 4096\nnet.ipv4.tcp_syn_retries = 6\nnet.ipv4.tcp_tw_reuse = 2\n";

} // namespace

class TestDropping : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void threeKindsAtOnceAreAllRead();
    void whileDraggingTheWindowSaysWhatWillHappen();
    void droppingAddsAndNeverReplaces();
    void aFolderBringsItsFiles();
    void anUnknownFileIsNamedAndTheRestWorks();
    void anEmptyFileIsNamed();
    void aMissingFileIsNamed();
    void theSameContentIsAddedOnce();
    void anAddressOnAnotherComputerIsNamed();
    void droppedTextBecomesEvidence();
    void pastedTextBecomesEvidence();
    void pastedFilesBecomeEvidence();
    void aDropOnATextFieldIsADropOnTheWindow();
};

void TestDropping::threeKindsAtOnceAreAllRead()
{
    Workbench workbench;
    QVERIFY(workbench.window().showsWelcome());
    workbench.drop({sample(u"ingress-eth0.pcap"_s), sample(u"access.log"_s), sample(u"ingress-sysctl.txt"_s)});
    QVERIFY(workbench.awaitIdle());
    QVERIFY(!workbench.window().showsWelcome());
    QCOMPARE(
        workbench.evidenceNames(), QStringList({u"ingress-eth0.pcap"_s, u"access.log"_s, u"ingress-sysctl.txt"_s}));
    const auto& evidence = workbench.snapshot().evidence;
    QVERIFY(evidence[0]->capture);
    QVERIFY(evidence[1]->log);
    QVERIFY(evidence[2]->parameters);
    QVERIFY(workbench.window().messages().texts().isEmpty());
}

void TestDropping::whileDraggingTheWindowSaysWhatWillHappen()
{
    Workbench workbench;
    workbench.dragOver({sample(u"access.log"_s), url(workbench.folder()), QUrl(u"https://example.test/a.pcap"_s)});
    const DropOverlay& overlay = *workbench.window().dropTarget().overlay();
    QVERIFY(overlay.isVisible());
    QCOMPARE(overlay.lines().size(), 3);
    QVERIFY(overlay.lines()[0].contains(u"access.log"_s));
    QVERIFY(overlay.lines()[2].contains(u"cannot be added"_s));
    QCOMPARE(overlay.geometry(), workbench.window().rect());

    QDragLeaveEvent leave;
    QApplication::sendEvent(&workbench.window(), &leave);
    QVERIFY(!overlay.isVisible());
    QVERIFY(workbench.window().showsWelcome());
}

void TestDropping::droppingAddsAndNeverReplaces()
{
    Workbench workbench;
    workbench.drop({sample(u"access.log"_s)});
    QVERIFY(workbench.awaitIdle());
    workbench.drop({sample(u"error.log"_s)});
    QVERIFY(workbench.awaitIdle());
    QCOMPARE(workbench.evidenceNames(), QStringList({u"access.log"_s, u"error.log"_s}));
}

void TestDropping::aFolderBringsItsFiles()
{
    Workbench workbench;
    (void)workbench.writeFile(u"incident/a.txt"_s, dump);
    (void)workbench.writeFile(u"incident/below/b.txt"_s, QByteArray(dump) + "net.ipv4.ip_forward = 1\n");
    workbench.drop({url(workbench.folder() + u"/incident"_s)});
    QVERIFY(workbench.awaitIdle());
    QCOMPARE(workbench.evidenceNames(), QStringList({u"a.txt"_s, u"b.txt"_s}));
}

void TestDropping::anUnknownFileIsNamedAndTheRestWorks()
{
    Workbench workbench;
    QByteArray bytes(4096, '\0');
    for (qsizetype i = 0; i < bytes.size(); ++i)
        bytes[i] = static_cast<char>(i * 7919 % 251);
    const QString unknown = workbench.writeFile(u"picture.bin"_s, bytes);
    workbench.drop({url(unknown), sample(u"access.log"_s)});
    QVERIFY(workbench.awaitIdle());
    QVERIFY(hasMessage(workbench, u"picture.bin: "_s));
    QVERIFY(workbench.snapshot().evidence[1]->log);
    QCOMPARE(workbench.snapshot().evidence[0]->state, EvidenceState::Failed);
}

void TestDropping::anEmptyFileIsNamed()
{
    Workbench workbench;
    workbench.drop({url(workbench.writeFile(u"empty.log"_s, {}))});
    QVERIFY(workbench.awaitIdle());
    QVERIFY(hasMessage(workbench, u"empty.log: The file is empty"_s));
}

void TestDropping::aMissingFileIsNamed()
{
    Workbench workbench;
    workbench.drop({url(workbench.folder() + u"/gone.pcap"_s)});
    QVERIFY(workbench.awaitIdle());
    QVERIFY(hasMessage(workbench, u"gone.pcap: There is no such file"_s));
}

void TestDropping::theSameContentIsAddedOnce()
{
    Workbench workbench;
    workbench.drop({url(workbench.writeFile(u"one.txt"_s, dump))});
    QVERIFY(workbench.awaitIdle());
    workbench.drop({url(workbench.writeFile(u"two.txt"_s, dump))});
    QVERIFY(workbench.awaitIdle());
    QCOMPARE(workbench.evidenceNames(), QStringList(u"one.txt"_s));
    QVERIFY(hasMessage(workbench, u"two.txt: Has the same content as "_s));
}

void TestDropping::anAddressOnAnotherComputerIsNamed()
{
    Workbench workbench;
    workbench.drop({QUrl(u"https://example.test/capture.pcap"_s), url(workbench.writeFile(u"a.txt"_s, dump))});
    QVERIFY(workbench.awaitIdle());
    QCOMPARE(workbench.evidenceNames(), QStringList(u"a.txt"_s));
    QVERIFY(hasMessage(workbench, u"https://example.test/capture.pcap"_s));
}

void TestDropping::droppedTextBecomesEvidence()
{
    Workbench workbench;
    workbench.dropText(QString::fromLatin1(dump));
    QVERIFY(workbench.awaitIdle());
    QCOMPARE(workbench.evidenceNames(), QStringList(u"pasted text 1"_s));
    QVERIFY(workbench.snapshot().evidence[0]->parameters);
}

void TestDropping::pastedTextBecomesEvidence()
{
    Workbench workbench;
    QApplication::clipboard()->setText(QString::fromLatin1(dump));
    QTest::keyClick(&workbench.window(), Qt::Key_V, Qt::ControlModifier);
    QVERIFY(workbench.awaitIdle());
    QVERIFY(!workbench.snapshot().evidence.empty());
    QVERIFY(workbench.snapshot().evidence[0]->parameters);
    QCOMPARE(workbench.snapshot().evidence[0]->parameters->parameters.size(), std::size_t{3});
}

void TestDropping::pastedFilesBecomeEvidence()
{
    Workbench workbench;
    auto data = std::make_unique<QMimeData>();
    data->setUrls({sample(u"access.log"_s)});
    QApplication::clipboard()->setMimeData(data.release());
    QTest::keyClick(&workbench.window(), Qt::Key_V, Qt::ControlModifier);
    QVERIFY(workbench.awaitIdle());
    QCOMPARE(workbench.evidenceNames(), QStringList(u"access.log"_s));
}

/// Fields that take dropped text would swallow the files.
void TestDropping::aDropOnATextFieldIsADropOnTheWindow()
{
    Workbench workbench;
    QVERIFY(workbench.openSample());
    for (const QWidget* widget : workbench.window().findChildren<QWidget*>()) {
        if (widget->isVisible() && widget->acceptDrops())
            QVERIFY2(widget->inherits("QDockWidget") || widget->inherits("QMainWindow"),
                qPrintable(
                    QString(widget->objectName() + u' ' + QString::fromLatin1(widget->metaObject()->className()))));
    }
}

QTEST_MAIN(TestDropping)
#include "tst_dropping.moc"
