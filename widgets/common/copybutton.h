// SPDX-FileCopyrightText: The Halfshake authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QToolButton>

namespace halfshake {

/// Copies a text to the clipboard, and shows that it did.
class CopyButton : public QToolButton
{
    Q_OBJECT

public:
    /// \a what it does, for the tool tip and assistive technology.
    CopyButton(QString text, const QString& what, QWidget* parent = nullptr);

    [[nodiscard]] const QString& copiedText() const { return m_text; }

private:
    void copy();

    QString m_text;
};

} // namespace halfshake
