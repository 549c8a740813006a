// SPDX-FileCopyrightText: The Halfshake authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "models/incident/load.h"

#include "models/incident/analysis.h"
#include "models/incident/evidencereader.h"
#include "models/incident/importplan.h"
#include "models/incident/job.h"
#include "models/rules/userrules.h"

#include <QThreadPool>

#include <algorithm>
#include <iterator>
#include <map>
#include <utility>

namespace halfshake {

namespace {

using EvidenceJob = Job<std::shared_ptr<const Evidence>>;

std::shared_ptr<const Evidence> asDuplicate(const Evidence& evidence, const Evidence& earlier)
{
    auto duplicate = std::make_shared<Evidence>();
    duplicate->id = evidence.id;
    duplicate->path = evidence.path;
    duplicate->name = evidence.name;
    duplicate->size = evidence.size;
    duplicate->sha256 = evidence.sha256;
    duplicate->state = EvidenceState::Failed;
    duplicate->error = Diagnostic{DiagnosticCode::FileDuplicate, {.evidence = earlier.id}, {earlier.path}};
    return duplicate;
}

void markDuplicates(std::vector<std::shared_ptr<const Evidence>>& evidence)
{
    std::map<std::string, std::shared_ptr<const Evidence>> byHash;
    for (auto& one : evidence) {
        if (one->sha256.empty() || one->size == 0)
            continue;
        const auto [earlier, isFirst] = byHash.emplace(one->sha256, one);
        if (!isFirst)
            one = asDuplicate(*one, *earlier->second);
    }
}

} // namespace

Expected<std::shared_ptr<const IncidentSnapshot>> loadIncident(const std::vector<std::string>& paths, JobContext& job)
{
    auto items = openPaths(paths, job);
    ProxyLogOptions logOptions;
    for (const auto& item : items)
        std::ranges::copy(item.logFormats, std::back_inserter(logOptions.formats));
    QThreadPool pool;
    std::vector<EvidenceJob> jobs;
    for (EvidenceId::value_type index = 0; auto& item : items) {
        jobs.push_back(runJob(pool,
            [item = std::move(item), id = EvidenceId{index++}, &logOptions](JobContext& reading)
                -> Expected<std::shared_ptr<const Evidence>> { return readEvidence(item, id, logOptions, reading); }));
    }
    AnalysisInput input;
    if (const auto folder = userRuleFolder(); !ruleFolderState(folder).empty())
        input.rules = std::make_shared<const RuleCatalogue>(rulesWith(folder));
    for (const auto& reading : jobs) {
        if (job.isCancelled())
            return failure(DiagnosticCode::Cancelled);
        auto evidence = reading.future().result();
        if (!evidence)
            return std::unexpected(evidence.error());
        input.evidence.push_back(*evidence);
        job.report({input.evidence.size(), jobs.size() + 1});
    }
    markDuplicates(input.evidence);
    return analyse(input, job);
}

} // namespace halfshake
