// SPDX-FileCopyrightText: The Halfshake authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "models/incident/related.h"

#include <QWidget>

#include <memory>

class QComboBox;
class QLabel;

namespace halfshake {

class EmptyState;
class FindBar;
class LineFieldModel;
class LineFinder;
class LogViewport;
class MatchOverview;
class RowView;
class UpstreamAttemptModel;

/// The text of the evidence around the current line; of that line its fields, and of a request its upstream attempts.
class LogView : public QWidget
{
    Q_OBJECT

public:
    explicit LogView(QWidget* parent = nullptr);

    void setSnapshot(std::shared_ptr<const IncidentSnapshot> snapshot);
    void setRelated(const Related& related);

    void openFind(); ///< Opens the search in the file and gives it the keyboard.
    void goToMatch(bool isNext); ///< Of what is searched for; opens the search where there is none.

    [[nodiscard]] FindBar* findBar() const { return m_findBar; }
    [[nodiscard]] LineFinder* finder() const { return m_finder; }
    [[nodiscard]] MatchOverview* matchOverview() const { return m_overview; }
    [[nodiscard]] LogViewport* lines() const { return m_lines; }
    [[nodiscard]] LineFieldModel* fieldModel() const { return m_fieldModel; }
    [[nodiscard]] UpstreamAttemptModel* attemptModel() const { return m_attemptModel; }
    [[nodiscard]] RowView* fieldTable() const { return m_fields; }
    [[nodiscard]] RowView* attemptTable() const { return m_attempts; }
    [[nodiscard]] QComboBox* fileChooser() const { return m_file; }

Q_SIGNALS:
    void objectActivated(halfshake::ObjectRef object);

private:
    void layOut();
    void listFiles();
    void showFile(EvidenceId id);
    void showFields(const Related& related);
    void connectFinding();
    void showFound();
    void choose(std::uint64_t line);

    std::shared_ptr<const IncidentSnapshot> m_snapshot;
    QComboBox* m_file;
    QLabel* m_place;
    LogViewport* m_lines;
    MatchOverview* m_overview;
    FindBar* m_findBar;
    LineFinder* m_finder;
    QWidget* m_details;
    LineFieldModel* m_fieldModel;
    RowView* m_fields;
    UpstreamAttemptModel* m_attemptModel;
    RowView* m_attempts;
    EmptyState* m_empty;
};

} // namespace halfshake
