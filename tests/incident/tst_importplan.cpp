// SPDX-FileCopyrightText: The Halfshake authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "models/incident/importplan.h"

#include <QDir>
#include <QFile>
#include <QTemporaryDir>
#include <QTest>

using namespace halfshake;

namespace {

void write(const QString& path, const QByteArray& bytes)
{
    QFile file(path);
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write(bytes);
}

std::vector<ImportItem> open(const QString& path)
{
    JobContext job;
    return openPaths({path.toStdString()}, job);
}

} // namespace

class TestImportPlan : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void aFolderBecomesItsFilesInNameOrder();
    void hiddenFilesAndLinkCyclesAreLeftOut();
    void anEmptyFolderSaysSo();
    void aMissingFileStaysAnItemWithItsError();
};

void TestImportPlan::aFolderBecomesItsFilesInNameOrder()
{
    QTemporaryDir folder;
    QDir(folder.path()).mkdir(QStringLiteral("b"));
    write(folder.filePath(QStringLiteral("b/2.log")), "two");
    write(folder.filePath(QStringLiteral("c.log")), "three");
    write(folder.filePath(QStringLiteral("a.log")), "one");
    const auto items = open(folder.path());
    QCOMPARE(items.size(), 3u);
    QVERIFY(items[0].path.ends_with("/a.log"));
    QVERIFY(items[1].path.ends_with("/b/2.log"));
    QVERIFY(items[2].path.ends_with("/c.log"));
    QVERIFY(items[2].bytes);
}

void TestImportPlan::hiddenFilesAndLinkCyclesAreLeftOut()
{
    QTemporaryDir folder;
    QDir(folder.path()).mkdir(QStringLiteral(".git"));
    write(folder.filePath(QStringLiteral(".git/config")), "x");
    write(folder.filePath(QStringLiteral(".hidden")), "x");
    write(folder.filePath(QStringLiteral("seen")), "x");
    QVERIFY(QFile::link(folder.path(), folder.filePath(QStringLiteral("cycle"))));
    const auto items = open(folder.path());
    QCOMPARE(items.size(), 1u);
    QVERIFY(items[0].path.ends_with("/seen"));
}

void TestImportPlan::anEmptyFolderSaysSo()
{
    QTemporaryDir folder;
    const auto items = open(folder.path());
    QCOMPARE(items.size(), 1u);
    QCOMPARE(items[0].error->code, DiagnosticCode::FileIsDirectoryWithoutFiles);
}

void TestImportPlan::aMissingFileStaysAnItemWithItsError()
{
    const auto items = open(QStringLiteral("/nonexistent/access.log"));
    QCOMPARE(items.size(), 1u);
    QVERIFY(!items[0].bytes);
    QCOMPARE(items[0].error->code, DiagnosticCode::FileNotFound);
}

QTEST_GUILESS_MAIN(TestImportPlan)

#include "tst_importplan.moc"
