// SPDX-FileCopyrightText: The Halfshake authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "tests/gui/workbench.h"

#include <QApplication>
#include <QDir>
#include <QDragEnterEvent>
#include <QDropEvent>
#include <QFile>
#include <QMimeData>
#include <QSettings>
#include <QStandardPaths>
#include <QTest>

namespace halfshake::test {

using namespace Qt::StringLiterals;

namespace {

void enter(MainWindow& window, const QMimeData& data)
{
    const QPoint centre = window.rect().center();
    QDragEnterEvent dragEnter(centre, Qt::CopyAction | Qt::MoveAction, &data, Qt::LeftButton, Qt::NoModifier);
    QApplication::sendEvent(&window, &dragEnter);
    QVERIFY(dragEnter.isAccepted());
    QCOMPARE(dragEnter.dropAction(), Qt::CopyAction);
    QDragMoveEvent move(centre, Qt::CopyAction | Qt::MoveAction, &data, Qt::LeftButton, Qt::NoModifier);
    QApplication::sendEvent(&window, &move);
    QVERIFY(move.isAccepted());
}

void drop(MainWindow& window, const QMimeData& data)
{
    enter(window, data);
    QDropEvent event(window.rect().center(), Qt::CopyAction | Qt::MoveAction, &data, Qt::LeftButton, Qt::NoModifier);
    QApplication::sendEvent(&window, &event);
    QVERIFY(event.isAccepted());
}

} // namespace

Workbench::Workbench(QSize size) : m_size(size)
{
    QStandardPaths::setTestModeEnabled(true);
    QApplication::setOrganizationName(u"halfshake"_s);
    QApplication::setApplicationName(u"halfshake"_s);
    QApplication::setAttribute(Qt::AA_DontUseNativeDialogs);
    QSettings::setPath(QSettings::NativeFormat, QSettings::UserScope, m_settings.path());
    reopen();
}

void Workbench::reopen()
{
    m_window.reset();
    const bool isFirst = QSettings().allKeys().isEmpty();
    m_window = std::make_unique<MainWindow>(m_incident);
    if (isFirst)
        m_window->resize(m_size);
    m_window->show();
    QVERIFY(QTest::qWaitForWindowExposed(m_window.get()));
}

void Workbench::close()
{
    QVERIFY(m_window->close());
}

void Workbench::drop(const QList<QUrl>& urls)
{
    QMimeData data;
    data.setUrls(urls);
    test::drop(*m_window, data);
}

void Workbench::dropText(const QString& text)
{
    QMimeData data;
    data.setText(text);
    test::drop(*m_window, data);
}

void Workbench::dragOver(const QList<QUrl>& urls)
{
    QMimeData data;
    data.setUrls(urls);
    enter(*m_window, data);
}

bool Workbench::awaitIdle()
{
    const bool isIdle = QTest::qWaitFor([this] { return m_window->isIdle(); }, 30'000);
    settle();
    return isIdle;
}

void Workbench::settle()
{
    // a pane that has just been shown is laid out by one round of events and painted by the next
    for (int round = 0; round < 3; ++round) {
        QCoreApplication::sendPostedEvents();
        QCoreApplication::processEvents();
        m_window->grab();
    }
}

bool Workbench::openSample()
{
    drop(sampleUrls());
    return awaitIdle() && !snapshot().correlation->links.empty();
}

QStringList Workbench::evidenceNames() const
{
    QStringList names;
    for (const auto& evidence : snapshot().evidence) {
        if (evidence)
            names << QString::fromStdString(evidence->name);
    }
    return names;
}

QList<QUrl> Workbench::sampleUrls()
{
    const QDir folder(QStringLiteral(HALFSHAKE_SOURCE_DIR "/resources/samples"));
    QList<QUrl> urls;
    for (const QString& name : folder.entryList(QDir::Files, QDir::Name))
        urls << QUrl::fromLocalFile(folder.filePath(name));
    return urls;
}

QString Workbench::writeFile(const QString& name, const QByteArray& content)
{
    const QString path = m_files.filePath(name);
    QDir().mkpath(path.section(u'/', 0, -2));
    QFile file(path);
    if (!file.open(QIODevice::WriteOnly) || file.write(content) != content.size())
        qFatal("cannot write %s", qPrintable(path));
    return path;
}

} // namespace halfshake::test
