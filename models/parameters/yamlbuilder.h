// SPDX-FileCopyrightText: The Halfshake authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "models/parameters/yamlparser.h"

#include <yaml-cpp/eventhandler.h>
#include <yaml-cpp/mark.h>

#include <exception>
#include <string>
#include <vector>

namespace halfshake {

/// Leaves yaml-cpp's parser from inside an event.
class YamlParsingStopped final : public std::exception
{
public:
    explicit YamlParsingStopped(Diagnostic diagnostic) : m_diagnostic(std::move(diagnostic)) { }
    [[nodiscard]] const char* what() const noexcept override { return "parsing stopped"; }
    [[nodiscard]] const Diagnostic& diagnostic() const { return m_diagnostic; }

private:
    Diagnostic m_diagnostic;
};

/// Turns the events of yaml-cpp into rows, within limits, and passes finished values on.
class YamlBuilder final : public YAML::EventHandler
{
public:
    YamlBuilder(YamlOrigin origin, YamlLimits limits, const YamlFunction& function);

    /// Whether the last document began where the one before it did: then yaml-cpp is stuck at something it cannot read.
    [[nodiscard]] bool isStuck() const { return m_isStuck; }
    [[nodiscard]] SourceRef documentStart() const;

    void OnDocumentStart(const YAML::Mark& mark) override;
    void OnDocumentEnd() override;
    void OnNull(const YAML::Mark& mark, YAML::anchor_t anchor) override;
    void OnAlias(const YAML::Mark& mark, YAML::anchor_t anchor) override;
    void OnScalar(
        const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor, const std::string& value) override;
    void OnSequenceStart(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor,
        YAML::EmitterStyle::value style) override;
    void OnSequenceEnd() override;
    void OnMapStart(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor,
        YAML::EmitterStyle::value style) override;
    void OnMapEnd() override;

private:
    std::uint32_t append(YamlKind kind, const YAML::Mark& mark, YAML::anchor_t anchor);
    void attach(std::uint32_t row);
    void open(YamlKind kind, const YAML::Mark& mark, YAML::anchor_t anchor);
    void close();
    void passItemOn(std::uint32_t item);
    [[nodiscard]] bool isListItem() const; ///< The open container is an element of the root's "items".
    [[nodiscard]] std::string_view rootText(std::string_view key) const;
    [[nodiscard]] SourceRef placeOf(const YAML::Mark& mark) const;
    [[noreturn]] void refuse(const YAML::Mark& mark, std::string what) const;

    YamlOrigin m_origin;
    YamlLimits m_limits;
    const YamlFunction& m_function;
    YamlTree m_tree;
    YAML::Mark m_documentStart = YAML::Mark::null_mark();
    bool m_isStuck = false;
    std::uint64_t m_weight = 0; ///< Of all rows, aliases written out.
    std::vector<std::uint32_t> m_open; ///< Containers around the next event, outermost first.
    std::vector<std::uint32_t> m_anchors; ///< Row of each anchor, by the parser's number.
    bool m_hasAnchors = false; ///< Then no row may go before the document ends.
};

} // namespace halfshake
