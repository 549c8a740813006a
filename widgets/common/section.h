// SPDX-FileCopyrightText: The Halfshake authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QWidget>

#include <functional>

class QToolButton;
class QVBoxLayout;

namespace halfshake {

/// A heading that opens and closes what stands below it. What stands below is made when it is opened first.
class Section : public QWidget
{
    Q_OBJECT

public:
    /// \a makeBody gives the widget below the heading; this owns it.
    Section(const QString& title, std::function<QWidget*()> makeBody, QWidget* parent = nullptr);

    [[nodiscard]] QString title() const;
    [[nodiscard]] bool isOpen() const { return m_isOpen; }
    void setOpen(bool isOpen);

Q_SIGNALS:
    void openChanged(bool isOpen);

private:
    std::function<QWidget*()> m_makeBody;
    QToolButton* m_heading;
    QVBoxLayout* m_layout;
    QWidget* m_body = nullptr;
    bool m_isOpen = false;
};

} // namespace halfshake
