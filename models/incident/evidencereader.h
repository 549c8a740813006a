// SPDX-FileCopyrightText: The Halfshake authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "models/incident/evidence.h"
#include "models/incident/importplan.h"

namespace halfshake {

/// Hashes, recognises and reads one item. The result always stands for the item: with a result, or with the error that
/// explains why there is none.
[[nodiscard]] std::shared_ptr<const Evidence> readEvidence(
    const ImportItem& item, EvidenceId id, const ProxyLogOptions& logOptions, JobContext& job);

/// Reads evidence again because \a logOptions are others than when \a before was read; \a before itself where that
/// makes no difference: it is no log, or its log is explained by the same format.
[[nodiscard]] std::shared_ptr<const Evidence> readEvidenceAgain(const std::shared_ptr<const Evidence>& before,
    const ImportItem& item, const ProxyLogOptions& logOptions, JobContext& job);

} // namespace halfshake
