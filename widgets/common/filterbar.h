// SPDX-FileCopyrightText: The Halfshake authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QWidget>

#include <cstdint>

class QHBoxLayout;
class QLabel;
class QLineEdit;

namespace halfshake {

/// The line above a table: what to look for, and how much of everything is shown.
class FilterBar : public QWidget
{
    Q_OBJECT

public:
    /// \a what is listed, for the placeholder and assistive technology: "connections".
    explicit FilterBar(const QString& what, QWidget* parent = nullptr);

    /// Puts \a widget between the text field and the count.
    void addWidget(QWidget* widget);
    void setCounts(std::uint64_t shown, std::uint64_t total);

    [[nodiscard]] QString text() const;
    [[nodiscard]] QString countText() const;
    [[nodiscard]] QLineEdit* edit() const { return m_edit; }

Q_SIGNALS:
    void textChanged(const QString& text);

private:
    QHBoxLayout* m_layout;
    QLineEdit* m_edit;
    QLabel* m_count;
};

} // namespace halfshake
