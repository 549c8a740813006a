// SPDX-FileCopyrightText: The Halfshake authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "models/base/objectref.h"

#include <QLabel>

namespace halfshake {

/// Makes a label as wide as there is room for, and as high as its text then is.
void letWrap(QLabel& label);

/// A paragraph: selectable, wrapped, with links into the evidence and to the web.
class LinkLabel : public QLabel
{
    Q_OBJECT

public:
    explicit LinkLabel(const QString& html, QWidget* parent = nullptr);

    /// \a text with its web addresses as links, ready for a LinkLabel.
    [[nodiscard]] static QString withWebLinks(const QString& text);

Q_SIGNALS:
    void objectActivated(halfshake::ObjectRef object);

protected:
    void focusInEvent(QFocusEvent* event) override;
};

} // namespace halfshake
