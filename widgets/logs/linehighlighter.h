// SPDX-FileCopyrightText: The Halfshake authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "models/incident/evidence.h"

#include <KSyntaxHighlighting/AbstractHighlighter>
#include <KSyntaxHighlighting/Repository>
#include <KSyntaxHighlighting/State>

#include <QColor>
#include <QString>

#include <vector>

namespace halfshake {

/// A part of a line in one look.
struct LineSpan
{
    int offset = 0;
    int length = 0;
    QColor color;
    bool isBold = false;
    bool isItalic = false;
};

/// Colours single lines by the definition that fits the evidence. Meant for the lines on screen only: a line costs
/// between 10 and 100 µs.
class LineHighlighter final : public KSyntaxHighlighting::AbstractHighlighter
{
public:
    LineHighlighter();

    /// By what the evidence was recognised as, never by its name.
    void setEvidence(const Evidence* evidence);
    void setDark(bool isDark);

    /// Lines with state (YAML blocks) are coloured right only where they follow each other; \c restart() before a jump.
    [[nodiscard]] std::vector<LineSpan> spans(const QString& line);
    void restart() { m_state = {}; }

protected:
    void applyFormat(int offset, int length, const KSyntaxHighlighting::Format& format) override;

private:
    KSyntaxHighlighting::Repository m_repository;
    KSyntaxHighlighting::State m_state;
    std::vector<LineSpan> m_spans;
};

/// "Ingress access log", "YAML", ...; "" for plain text. Names of definitions.
[[nodiscard]] QString highlightingOf(const Evidence& evidence);

} // namespace halfshake
