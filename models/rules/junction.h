// SPDX-FileCopyrightText: The Halfshake authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "models/rules/value.h"

namespace halfshake {

/// Collects terms of && or ||: one that decides wins, then unknown, then error (CEL, "Logical Operators").
class Junction
{
public:
    explicit Junction(bool deciding) : m_deciding(deciding) { }

    /// False once the whole is decided.
    bool add(const Value& term);

    [[nodiscard]] Value result() const;

private:
    bool m_deciding;
    bool m_isDecided = false;
    bool m_isUnknown = false;
    Unknown m_unknown;
    Value m_error;
};

} // namespace halfshake
