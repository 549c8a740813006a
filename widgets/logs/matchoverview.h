// SPDX-FileCopyrightText: The Halfshake authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QWidget>

#include <cstdint>
#include <vector>

namespace halfshake {

/// A strip as high as the lines beside it, with a tick wherever in the whole text a line matches.
class MatchOverview : public QWidget
{
    Q_OBJECT

public:
    explicit MatchOverview(QWidget* parent = nullptr);

    /// \a lines counted from 1 and in order, of a text of \a lineCount lines.
    void setMatches(const std::vector<std::uint64_t>& lines, std::uint64_t lineCount);
    [[nodiscard]] std::size_t tickCount() const { return m_ticks.size(); }

Q_SIGNALS:
    void placeChosen(double share); ///< Of the whole text, 0 to 1.

protected:
    void paintEvent(QPaintEvent* event) override;
    void mousePressEvent(QMouseEvent* event) override;

private:
    std::vector<double> m_ticks; ///< Shares of the height; at most some hundred.
};

} // namespace halfshake
