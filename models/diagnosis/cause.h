// SPDX-FileCopyrightText: The Halfshake authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "models/base/objectref.h"
#include "models/base/sourceref.h"

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace halfshake {

/// Ordered from strongest to weakest claim.
enum class Certainty : std::uint8_t { Confirmed, Likely, Possible, Excluded };

[[nodiscard]] std::string_view toString(Certainty certainty);

/// A stretch of a text and what it rests on: a setting's place, the things a number counts. Both are empty for words.
struct CauseTextPart
{
    std::string text;
    std::vector<SourceRef> places;
    std::vector<ObjectRef> objects; ///< The first 50 of what is counted.
};

/// One statement for or against a cause, with the numbers it rests on and where they stand.
struct CauseStatement
{
    std::string id; ///< Stable: "client-ports-are-nodeports".
    std::string text; ///< From the cause file, numbers filled in: "5 of 5 failed client ports are allocated NodePorts".
    std::vector<SourceRef> places;
    std::vector<ObjectRef> objects;
    std::vector<CauseTextPart> parts = {}; ///< Together they are text.
};

/// A test that would settle a cause: what is missing, and the command that gets it.
struct CauseTest
{
    std::string text;
    std::string command;
};

/// A candidate root cause with what speaks for and against it.
struct Cause
{
    std::string id; ///< nodeport-collision
    std::string title;
    Certainty certainty = Certainty::Possible;
    std::uint64_t explained = 0; ///< Failed upstream attempts this cause explains (connections where no log is given).
    std::uint64_t outOf = 0;
    std::string explanation; ///< A paragraph with numbers filled in.
    std::vector<CauseTextPart> explanationParts; ///< Together they are explanation.
    std::vector<CauseStatement> supports;
    std::vector<CauseStatement> contradicts;
    std::vector<CauseTest> missing;
    std::vector<std::string> rules; ///< Rules whose firing supports it.
    std::vector<ObjectRef> explainedObjects; ///< UpstreamAttempt or Connection.
    std::vector<std::string> sources;
    std::string remedy;
};

} // namespace halfshake
