// SPDX-FileCopyrightText: The Halfshake authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "models/incident/analysis.h"
#include "models/incident/importplan.h"
#include "models/incident/incidentsnapshot.h"
#include "models/incident/job.h"

#include <QByteArray>
#include <QFutureWatcher>
#include <QObject>
#include <QStringList>
#include <QThreadPool>
#include <QTimer>

#include <map>
#include <memory>
#include <optional>
#include <vector>

namespace halfshake {

/// The incident under investigation: its evidence, the user's corrections, and the latest analysis of both.
///
/// Lives in the GUI thread; opening, reading and analysing happen on a pool of its own. Results that a newer analysis
/// overtook are dropped. Quitting cancels what runs.
class Incident : public QObject
{
    Q_OBJECT

public:
    explicit Incident(QObject* parent = nullptr);
    ~Incident() override;

    /// Adds files, folders and archives. Access-log formats that they define are used for every log of the incident:
    /// logs that are read already are read again where that explains more of them. Evidence with the same content as
    /// evidence already there is not added again: notice() says so.
    void addPaths(const QStringList& paths);
    void addText(const QByteArray& text);
    void remove(EvidenceId id);
    void cancel(EvidenceId id); ///< Stops reading it; what was added stays listed as cancelled.
    void setCorrections(Corrections corrections);
    [[nodiscard]] const Corrections& corrections() const { return m_corrections; }

    /// Never null.
    [[nodiscard]] std::shared_ptr<const IncidentSnapshot> snapshot() const { return m_snapshot; }
    /// Promille of an evidence that is being read.
    [[nodiscard]] int progress(EvidenceId id) const;
    /// Nothing is being opened, read or analysed.
    [[nodiscard]] bool isIdle() const;

Q_SIGNALS:
    void snapshotChanged();
    void progressChanged(halfshake::EvidenceId id);
    void idleChanged(bool isIdle);
    /// Something the user should know that is no state of an evidence: duplicates, empty folders.
    void notice(const halfshake::Diagnostic& diagnostic, const QString& path);

private:
    /// One evidence on its way from opened to read. Dropping it cancels the job.
    struct Reading
    {
        Job<std::shared_ptr<const Evidence>> job;
        std::vector<LogFormatDefinition> logFormats; ///< With which it is read.
        int promille = 0;
    };
    using Opening = Job<std::vector<ImportItem>>;

    void finishOpening(int number);
    [[nodiscard]] std::optional<EvidenceId> list(ImportItem item);
    void startReading(EvidenceId id);
    void readLogsAgain();
    void readAgain(EvidenceId id);
    void watch(EvidenceId id, Job<std::shared_ptr<const Evidence>> job);
    void finishReading(EvidenceId id);
    [[nodiscard]] std::vector<LogFormatDefinition> logFormats() const;
    [[nodiscard]] const Evidence* sameContentAs(const Evidence& evidence) const;
    void setEvidence(EvidenceId id, std::shared_ptr<const Evidence> evidence);
    void publishEvidence();
    void startAnalysis();
    void finishAnalysis();
    void updateIdle();

    QThreadPool m_pool;
    std::vector<std::shared_ptr<const Evidence>> m_evidence; ///< By id; null once removed.
    std::vector<ImportItem> m_items; ///< By id; what reading again needs.
    std::vector<LogFormatDefinition> m_logFormats; ///< Of all evidence, when logs were last looked at.
    std::map<int, Opening> m_openings; ///< Drops whose files are being opened and unpacked.
    std::map<EvidenceId, Reading> m_readings;
    Job<std::shared_ptr<const IncidentSnapshot>> m_analysis;
    QFutureWatcher<Expected<std::shared_ptr<const IncidentSnapshot>>> m_analysisWatcher;
    QTimer m_analysisDelay;
    Corrections m_corrections;
    std::shared_ptr<const IncidentSnapshot> m_snapshot = std::make_shared<const IncidentSnapshot>();
    std::uint64_t m_revision = 0;
    int m_nextOpening = 0;
    int m_pastedTexts = 0;
    bool m_isAnalysisRunning = false;
    bool m_wasIdle = true;
};

} // namespace halfshake
