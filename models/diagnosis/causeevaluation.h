// SPDX-FileCopyrightText: The Halfshake authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "models/diagnosis/cause.h"
#include "models/diagnosis/causecatalogue.h"
#include "models/diagnosis/failure.h"

#include <vector>

namespace halfshake {

/// One cause held against the facts.
class CauseEvaluation
{
public:
    CauseEvaluation(const CauseDefinition& definition, const ValueMap& facts, const std::vector<Failure>& failures);

    [[nodiscard]] Cause run();

private:
    enum class Answer { Yes, No, Unknown };

    void countExplained();
    void judgeStatements();
    [[nodiscard]] Certainty certainty() const;
    [[nodiscard]] Answer ask(const StatementDefinition& statement, std::vector<CauseStatement>& into);
    [[nodiscard]] static Answer answer(const Value& value);

    const CauseDefinition& m_definition;
    ValueMap m_facts; ///< With explained.*, once counted.
    const std::vector<Failure>& m_failures;
    Cause m_cause;
    std::vector<ObjectRef> m_certain; ///< Failures this cause explains.
    std::vector<ObjectRef> m_maybe; ///< Those it can explain as far as is known.
    bool m_isConfirmed = false;
    bool m_isExcluded = false;
};

} // namespace halfshake
