// SPDX-FileCopyrightText: The Halfshake authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "models/rules/junction.h"

#include "models/rules/function.h"
#include "models/rules/operators.h"

#include <string>

namespace halfshake {

bool Junction::add(const Value& term)
{
    if (const auto* const truth = as<bool>(term)) {
        if (*truth == m_deciding)
            m_isDecided = true;
    } else if (const auto* const unknown = as<Unknown>(term)) {
        m_isUnknown = true;
        mergeUnknown(m_unknown, *unknown);
    } else if (!m_error.isError()) {
        m_error = term.isError() ? term : Value::error("no truth value: " + std::string(typeName(term)));
    }
    return !m_isDecided;
}

Value Junction::result() const
{
    if (m_isDecided)
        return m_deciding;
    if (m_isUnknown)
        return Value::Variant{m_unknown};
    return m_error.isError() ? m_error : Value{!m_deciding};
}

} // namespace halfshake
