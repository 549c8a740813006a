// SPDX-FileCopyrightText: The Halfshake authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "app/mainwindow.h"
#include "models/incident/incident.h"

#include <QList>
#include <QString>
#include <QStringList>
#include <QTemporaryDir>
#include <QUrl>

#include <memory>

namespace halfshake::test {

/// The window with an incident, its settings in a folder of its own, and what a person does to it.
class Workbench
{
public:
    explicit Workbench(QSize size = {1366, 768});

    [[nodiscard]] MainWindow& window() { return *m_window; }
    [[nodiscard]] Incident& incident() { return m_incident; }
    [[nodiscard]] const IncidentSnapshot& snapshot() const { return *m_incident.snapshot(); }

    /// Drags over the window and drops: enter, move, drop as the window system sends them.
    void drop(const QList<QUrl>& urls);
    void dropText(const QString& text);
    void dragOver(const QList<QUrl>& urls); ///< Without dropping.

    [[nodiscard]] bool awaitIdle(); ///< Until everything is read, analysed and shown; false after half a minute.
    void settle(); ///< Lays out and paints what the last change asked for.
    [[nodiscard]] bool openSample(); ///< And waits for it.
    [[nodiscard]] QStringList evidenceNames() const;

    void close(); ///< As the user closes it: settings are saved.
    void reopen(); ///< A new window on the same settings and incident.

    [[nodiscard]] static QList<QUrl> sampleUrls();
    [[nodiscard]] QString writeFile(const QString& name, const QByteArray& content); ///< In a folder of its own.
    [[nodiscard]] QString folder() const { return m_files.path(); }

private:
    QTemporaryDir m_settings;
    QTemporaryDir m_files;
    Incident m_incident;
    QSize m_size;
    std::unique_ptr<MainWindow> m_window;
};

} // namespace halfshake::test
