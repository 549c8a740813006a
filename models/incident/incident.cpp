// SPDX-FileCopyrightText: The Halfshake authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "models/incident/incident.h"

#include "models/incident/definedlogformats.h"
#include "models/incident/evidencereader.h"

#include <algorithm>
#include <chrono>
#include <iterator>
#include <string>
#include <utility>

namespace halfshake {

namespace {

/// Results that arrive within this time are analysed together.
constexpr std::chrono::milliseconds analysisDelay{60};

std::shared_ptr<const Evidence> waitingEvidence(const ImportItem& item, EvidenceId id)
{
    auto evidence = std::make_shared<Evidence>();
    evidence->id = id;
    evidence->path = item.path;
    evidence->name = item.path.substr(item.path.find_last_of("/!") + 1);
    evidence->size = item.bytes ? item.bytes->size() : 0;
    evidence->state = EvidenceState::Reading;
    return evidence;
}

std::shared_ptr<const Evidence> failedEvidence(const Evidence& before, Diagnostic error)
{
    auto evidence = std::make_shared<Evidence>(before);
    evidence->state = error.code == DiagnosticCode::Cancelled ? EvidenceState::Cancelled : EvidenceState::Failed;
    evidence->error = std::move(error);
    return evidence;
}

/// Of a finished job; a job that was cancelled before it began has none.
template<typename T>
Expected<T> resultOf(const QFuture<Expected<T>>& future)
{
    return future.resultCount() > 0 ? future.result() : Expected<T>(failure(DiagnosticCode::Cancelled));
}

} // namespace

Incident::Incident(QObject* parent) : QObject(parent)
{
    m_analysisDelay.setSingleShot(true);
    m_analysisDelay.setInterval(analysisDelay);
    connect(&m_analysisDelay, &QTimer::timeout, this, &Incident::startAnalysis);
    connect(&m_analysisWatcher, &QFutureWatcherBase::finished, this, &Incident::finishAnalysis);
}

Incident::~Incident()
{
    m_analysis.cancel();
    m_openings.clear();
    m_readings.clear();
    m_pool.waitForDone();
}

void Incident::addPaths(const QStringList& paths)
{
    std::vector<std::string> localPaths;
    for (const auto& path : paths)
        localPaths.push_back(path.toStdString());
    const int number = m_nextOpening++;
    auto& opening = m_openings[number];
    opening =
        runJob(m_pool, [localPaths = std::move(localPaths)](JobContext& job) -> Expected<std::vector<ImportItem>> {
            return openPaths(localPaths, job);
        });
    auto* watcher = new QFutureWatcher<Expected<std::vector<ImportItem>>>(this);
    connect(watcher, &QFutureWatcherBase::finished, this, [this, watcher, number] {
        watcher->deleteLater();
        finishOpening(number);
    });
    watcher->setFuture(opening.future());
    updateIdle();
}

void Incident::finishOpening(int number)
{
    auto result = resultOf(m_openings.at(number).future());
    m_openings.erase(number);
    if (result) {
        std::vector<EvidenceId> added;
        for (auto& item : *result) {
            if (const auto id = list(std::move(item)))
                added.push_back(*id);
        }
        std::ranges::for_each(
            added, [this](EvidenceId id) { startReading(id); }); // all their log formats are known now
        readLogsAgain();
        publishEvidence();
    }
    updateIdle();
}

void Incident::addText(const QByteArray& text)
{
    ImportItem item;
    item.path = "pasted text " + std::to_string(++m_pastedTexts);
    item.bytes = memorySource(text.toStdString());
    JobContext now;
    item.logFormats = definedLogFormats(*item.bytes, now);
    if (const auto id = list(std::move(item)))
        startReading(*id);
    readLogsAgain();
    publishEvidence();
    updateIdle();
}

std::optional<EvidenceId> Incident::list(ImportItem item)
{
    if (item.error && item.error->code == DiagnosticCode::FileIsDirectoryWithoutFiles) {
        Q_EMIT notice(*item.error, QString::fromStdString(item.path));
        return {};
    }
    const EvidenceId id{static_cast<EvidenceId::value_type>(m_evidence.size())};
    m_evidence.push_back(waitingEvidence(item, id));
    m_items.push_back(std::move(item));
    return id;
}

std::vector<LogFormatDefinition> Incident::logFormats() const
{
    std::vector<LogFormatDefinition> formats;
    for (std::size_t i = 0; i < m_items.size(); ++i) {
        if (m_evidence[i])
            std::ranges::copy(m_items[i].logFormats, std::back_inserter(formats));
    }
    return formats;
}

void Incident::startReading(EvidenceId id)
{
    ProxyLogOptions options{.formats = logFormats()};
    m_readings[id].logFormats = options.formats;
    watch(id,
        runJob(m_pool,
            [item = m_items[id.value()], id, options = std::move(options)](JobContext& job)
                -> Expected<std::shared_ptr<const Evidence>> { return readEvidence(item, id, options, job); }));
}

/// Because the incident's formats became others. What is being read now is looked at again when it is read.
void Incident::readLogsAgain()
{
    const auto formats = logFormats();
    if (formats == m_logFormats)
        return;
    m_logFormats = formats;
    for (const auto& before : m_evidence) {
        if (before && !m_readings.contains(before->id))
            readAgain(before->id);
    }
}

void Incident::readAgain(EvidenceId id)
{
    const auto before = m_evidence[id.value()];
    if (before->state == EvidenceState::Cancelled || m_items[id.value()].bytes == nullptr)
        return;
    m_readings[id].logFormats = m_logFormats;
    watch(id,
        runJob(m_pool,
            [before, item = m_items[id.value()], options = ProxyLogOptions{.formats = m_logFormats}](
                JobContext& job) -> Expected<std::shared_ptr<const Evidence>> {
                return readEvidenceAgain(before, item, options, job);
            }));
    updateIdle();
}

void Incident::watch(EvidenceId id, Job<std::shared_ptr<const Evidence>> job)
{
    auto* watcher = new QFutureWatcher<Expected<std::shared_ptr<const Evidence>>>(this);
    connect(watcher, &QFutureWatcherBase::progressValueChanged, this, [this, id](int promille) {
        if (const auto it = m_readings.find(id); it != m_readings.end()) {
            it->second.promille = promille;
            Q_EMIT progressChanged(id);
        }
    });
    connect(watcher, &QFutureWatcherBase::finished, this, [this, watcher, id] {
        watcher->deleteLater();
        finishReading(id);
    });
    auto& reading = m_readings[id];
    reading.job = std::move(job);
    watcher->setFuture(reading.job.future());
}

void Incident::finishReading(EvidenceId id)
{
    const auto it = m_readings.find(id);
    if (it == m_readings.end())
        return;
    const auto result = resultOf(it->second.job.future());
    const bool isOutdated = it->second.logFormats != m_logFormats;
    m_readings.erase(it);

    const auto before = m_evidence[id.value()];
    if (!before || before->state == EvidenceState::Cancelled) {
        updateIdle(); // removed or cancelled while it was being read
    } else if (!result) {
        setEvidence(id, failedEvidence(*before, result.error()));
    } else if (const auto* same = sameContentAs(**result)) {
        const Diagnostic duplicate{DiagnosticCode::FileDuplicate, {.evidence = same->id}, {same->path}};
        setEvidence(id, nullptr);
        Q_EMIT notice(duplicate, QString::fromStdString(before->path));
    } else if (*result != before) {
        setEvidence(id, *result);
    } else {
        updateIdle(); // other formats explain no more of it
    }
    if (isOutdated && m_evidence[id.value()])
        readAgain(id);
}

const Evidence* Incident::sameContentAs(const Evidence& evidence) const
{
    if (evidence.sha256.empty() || evidence.size == 0)
        return nullptr;
    for (const auto& other : m_evidence) {
        if (other && other->id != evidence.id && other->sha256 == evidence.sha256)
            return other.get();
    }
    return nullptr;
}

void Incident::setEvidence(EvidenceId id, std::shared_ptr<const Evidence> evidence)
{
    if (!evidence)
        m_items[id.value()] = {};
    m_evidence[id.value()] = std::move(evidence);
    publishEvidence();
    updateIdle();
}

void Incident::remove(EvidenceId id)
{
    if (!id.isValid() || id.value() >= m_evidence.size())
        return;
    if (const auto it = m_readings.find(id); it != m_readings.end())
        it->second.job.cancel();
    setEvidence(id, nullptr);
    readLogsAgain();
}

void Incident::cancel(EvidenceId id)
{
    const auto it = m_readings.find(id);
    if (it == m_readings.end())
        return;
    const auto& before = *m_evidence[id.value()];
    if (before.state != EvidenceState::Reading) {
        m_readings.erase(it); // it was only looked at again: what was read stays
        updateIdle();
        return;
    }
    it->second.job.cancel();
    setEvidence(id, failedEvidence(before, {DiagnosticCode::Cancelled, {.evidence = id}, {}}));
}

void Incident::setCorrections(Corrections corrections)
{
    m_corrections = std::move(corrections);
    m_analysisDelay.start();
    updateIdle();
}

int Incident::progress(EvidenceId id) const
{
    const auto it = m_readings.find(id);
    return it == m_readings.end() ? 1000 : it->second.promille;
}

/// Shows the evidence list at once, on top of the last analysis, and asks for a new one.
void Incident::publishEvidence()
{
    auto snapshot = std::make_shared<IncidentSnapshot>(*m_snapshot);
    snapshot->evidence = m_evidence;
    snapshot->revision = ++m_revision;
    m_snapshot = std::move(snapshot);
    Q_EMIT snapshotChanged();
    m_analysisDelay.start();
}

void Incident::startAnalysis()
{
    AnalysisInput input{m_evidence, m_corrections};
    m_isAnalysisRunning = true;
    m_analysis = runJob(m_pool, [input = std::move(input)](JobContext& job) { return analyse(input, job); });
    m_analysisWatcher.setFuture(m_analysis.future());
    updateIdle();
}

void Incident::finishAnalysis()
{
    m_isAnalysisRunning = false;
    if (const auto result = resultOf(m_analysis.future())) {
        auto snapshot = std::make_shared<IncidentSnapshot>(**result);
        snapshot->evidence = m_evidence; // what was read meanwhile shows at once
        snapshot->revision = ++m_revision;
        m_snapshot = std::move(snapshot);
        Q_EMIT snapshotChanged();
    }
    updateIdle();
}

bool Incident::isIdle() const
{
    return m_openings.empty() && m_readings.empty() && !m_isAnalysisRunning && !m_analysisDelay.isActive();
}

void Incident::updateIdle()
{
    if (const bool idle = isIdle(); idle != std::exchange(m_wasIdle, idle))
        Q_EMIT idleChanged(idle);
}

} // namespace halfshake
