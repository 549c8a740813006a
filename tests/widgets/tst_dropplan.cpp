// SPDX-FileCopyrightText: The Halfshake authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "widgets/evidence/dropplan.h"

#include <QMimeData>
#include <QTemporaryDir>
#include <QTest>
#include <QUrl>

using namespace halfshake;
using namespace Qt::StringLiterals;

class TestDropPlan : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void filesFoldersAndAddressesAreToldApart();
    void textCountsOnlyWithoutAddresses();
    void nothingUsefulIsAnEmptyPlan();
    void manyFilesAreSummedUp();
};

void TestDropPlan::filesFoldersAndAddressesAreToldApart()
{
    const QTemporaryDir folder;
    QMimeData data;
    data.setUrls({QUrl::fromLocalFile(folder.path()), QUrl::fromLocalFile(u"/data/a.pcap"_s),
        QUrl(u"sftp://host.test/b.log"_s)});
    const DropPlan plan = dropPlan(data);
    QCOMPARE(plan.folders, QStringList(folder.path()));
    QCOMPARE(plan.files, QStringList(u"/data/a.pcap"_s));
    QCOMPARE(plan.remoteAddresses, QStringList(u"sftp://host.test/b.log"_s));
    QCOMPARE(dropPlanTexts(plan).size(), 3);
}

void TestDropPlan::textCountsOnlyWithoutAddresses()
{
    QMimeData text;
    text.setText(u"net.core.somaxconn = 4096\n"_s);
    QCOMPARE(dropPlan(text).text, QByteArray("net.core.somaxconn = 4096\n"));
    // browsers send the address of a dragged link as text too
    text.setUrls({QUrl(u"https://example.test/"_s)});
    QVERIFY(dropPlan(text).text.isEmpty());
}

void TestDropPlan::nothingUsefulIsAnEmptyPlan()
{
    QMimeData data;
    data.setData(u"application/x-color"_s, "red");
    QVERIFY(dropPlan(data).isEmpty());
    QVERIFY(dropPlanTexts(dropPlan(data)).isEmpty());
}

void TestDropPlan::manyFilesAreSummedUp()
{
    DropPlan plan;
    for (int i = 0; i < 10; ++i)
        plan.files << u"/data/file%1.log"_s.arg(i);
    const QString text = dropPlanTexts(plan).value(0);
    QVERIFY2(text.contains(u"file0.log, file1.log, file2.log"_s), qPrintable(text));
    QVERIFY2(text.contains(u"7 more"_s), qPrintable(text));
}

QTEST_MAIN(TestDropPlan)
#include "tst_dropplan.moc"
