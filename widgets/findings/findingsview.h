// SPDX-FileCopyrightText: The Halfshake authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "models/incident/related.h"

#include <QScrollArea>
#include <QSet>

#include <functional>
#include <memory>
#include <vector>

class QVBoxLayout;

namespace halfshake {

class Card;
class FilterBar;
class Section;

/// Why it failed: the ranked causes with what speaks for and against each, then the rules by verdict.
class FindingsView : public QScrollArea
{
    Q_OBJECT

public:
    explicit FindingsView(QWidget* parent = nullptr);

    void setSnapshot(std::shared_ptr<const IncidentSnapshot> snapshot);
    void setRelated(const Related& related);

    [[nodiscard]] std::vector<Card*> cards() const; ///< Those made so far, from top to bottom.
    [[nodiscard]] Card* cardOf(ObjectRef object) const; ///< Null where it is not made yet.
    [[nodiscard]] std::vector<Section*> sections() const;
    [[nodiscard]] FilterBar* filterBar() const { return m_filterBar; }
    /// Opens what holds \a object and scrolls to it.
    void reveal(ObjectRef object);

Q_SIGNALS:
    void objectActivated(halfshake::ObjectRef object);
    /// The user put the finding of \a key aside; an empty reason takes that back.
    void dismissed(const QString& key, const QString& reason);

protected:
    void changeEvent(QEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;

private:
    void rebuild();
    void addTitle(const QString& title);
    void addText(const QString& text);
    void addCauses();
    void addFindings();
    [[nodiscard]] bool matches(const Cause& cause) const; ///< What the filter says.
    [[nodiscard]] bool matches(const Finding& finding) const;
    void addGroup(const QString& title, const std::vector<ObjectRef>& objects, bool isOpen);
    [[nodiscard]] QWidget* makeCards(const std::vector<ObjectRef>& objects);
    [[nodiscard]] Card* makeCard(ObjectRef object);
    void mark();

    std::shared_ptr<const IncidentSnapshot> m_snapshot;
    Related m_related;
    FilterBar* m_filterBar;
    QVBoxLayout* m_layout = nullptr;
    std::uint64_t m_shownCount = 0;
    QSet<QString> m_open; ///< Keys of cards and titles of groups that the user opened.
    QSet<QString> m_closed; ///< Those open by themselves that the user closed.
};

} // namespace halfshake
