// SPDX-FileCopyrightText: The Halfshake authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "models/base/diagnostic.h"

#include <QFrame>

class QLabel;
class QVBoxLayout;

namespace halfshake {

/// One message inside the window: level, text, close button. Never modal.
class MessageBar : public QFrame
{
    Q_OBJECT

public:
    MessageBar(DiagnosticLevel level, const QString& text, QWidget* parent = nullptr);

    [[nodiscard]] QString text() const;
    [[nodiscard]] DiagnosticLevel level() const { return m_level; }

protected:
    void changeEvent(QEvent* event) override;

private:
    void followPalette();

    DiagnosticLevel m_level;
    QLabel* m_icon;
    QLabel* m_text;
};

/// Messages under each other, the newest last; the oldest goes where there are too many.
class MessageArea : public QWidget
{
    Q_OBJECT

public:
    static constexpr qsizetype mostMessages = 4;

    explicit MessageArea(QWidget* parent = nullptr);

    /// A message with the same text is not shown twice at a time.
    void add(DiagnosticLevel level, const QString& text);
    void clear();
    [[nodiscard]] QStringList texts() const;

private:
    QVBoxLayout* m_layout;
};

} // namespace halfshake
