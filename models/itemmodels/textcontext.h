// SPDX-FileCopyrightText: The Halfshake authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QCoreApplication>

namespace halfshake::texts {

/// The translation context of everything in texts.h.
struct Texts
{
    Q_DECLARE_TR_FUNCTIONS(Texts)
};

} // namespace halfshake::texts
