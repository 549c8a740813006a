// SPDX-FileCopyrightText: The Halfshake authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QJsonObject>
#include <QObject>
#include <QTimer>

namespace halfshake {

class MainWindow;

/// Writes what every pane shows to a JSON file each time it changes, so that a test in another process can look at the
/// window. Only where the environment variable HALFSHAKE_INSPECT names the file.
class Inspector : public QObject
{
    Q_OBJECT

public:
    Inspector(MainWindow& window, const QString& path); ///< \a window owns it.

    /// What stands in the file.
    [[nodiscard]] static QJsonObject stateOf(MainWindow& window);

protected:
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    void write();

    MainWindow& m_window;
    QString m_path;
    QTimer m_delay;
};

} // namespace halfshake
