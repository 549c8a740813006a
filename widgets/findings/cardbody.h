// SPDX-FileCopyrightText: The Halfshake authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "models/incident/incidentsnapshot.h"

#include <QWidget>

class QVBoxLayout;

namespace halfshake {

/// The opened part of a card, put together from paragraphs, lists and commands.
class CardBody : public QWidget
{
    Q_OBJECT

public:
    explicit CardBody(const IncidentSnapshot& snapshot, QWidget* parent = nullptr);

    [[nodiscard]] static CardBody* ofCause(const IncidentSnapshot& snapshot, const Cause& cause);
    [[nodiscard]] static CardBody* ofFinding(const IncidentSnapshot& snapshot, const Finding& finding);

Q_SIGNALS:
    void objectActivated(halfshake::ObjectRef object);
    void dismissRequested(const QString& reason); ///< Of the finding; "" takes it back.

private:
    void addParagraph(const QString& text);
    void addHeading(const QString& text);
    void addHtml(const QString& html);
    void addStatements(const QString& heading, const QString& mark, const std::vector<CauseStatement>& statements);
    void addCommand(const QString& text, const QString& command);
    void addValues(const std::vector<FindingValue>& values);
    void addSteps(const std::vector<EvaluationStep>& steps, const std::string& condition);
    void addRemedy(const std::string& remedy);
    void addSources(const std::vector<std::string>& sources);
    void addDismissal(const std::string* reason);

    const IncidentSnapshot& m_snapshot; ///< Used only while the body is made.
    QVBoxLayout* m_layout;
};

} // namespace halfshake
