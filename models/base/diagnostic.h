// SPDX-FileCopyrightText: The Halfshake authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "models/base/sourceref.h"

#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace halfshake {

/// What can go wrong with evidence. Arguments are named after each code.
enum class DiagnosticCode : std::uint16_t {
    Cancelled,
    InternalError, // what
    FileNotFound,
    FileNotReadable, // system message
    FileEmpty,
    FileIsDirectoryWithoutFiles,
    FileChangedSinceImport,
    FileDuplicate, // the evidence with the same content
    UrlNotLocal, // url
    UnknownFormat, // what was tried
    NotText, // byte offset of the first NUL or control run
    ArchiveDamaged, // library message
    ArchiveMemberRefused, // member, why
    CaptureTruncated, // bytes missing
    CaptureDamaged, // what
    CaptureLinkTypeUnsupported, // link type
    CapturePacketUndecodable, // why
    CaptureSnapLengthCutsHeaders,
    CaptureTimeStepsBackwards, // seconds
    CapturePacketsDropped, // count, as the capture states it
    CaptureTooManyConnections, // packets of connections beyond the limit
    LogFormatUnknown, // first line that did not fit
    LogLineMalformed, // why
    LogLineTooLong, // bytes
    LogTimestampUnparsable,
    LogListsMisaligned,
    LogZoneAssumed, // zone
    ParameterLineMalformed, // why
    ParameterUnreadable, // key
    ParameterDumpNotLinux, // system
    ManifestMalformed, // library message
    ManifestTooLarge, // what
};

enum class DiagnosticLevel : std::uint8_t { Note, Warning, DataLoss, Error };

/// What went wrong, for code to test and for a person to read.
///
/// Holds no display text: that is composed from code and arguments, in the user's language, by itemmodels/texts.
struct Diagnostic
{
    DiagnosticCode code = DiagnosticCode::InternalError;
    SourceRef where;
    std::vector<std::string> arguments;

    bool operator==(const Diagnostic&) const = default;
};

struct DiagnosticDescription
{
    DiagnosticCode code;
    DiagnosticLevel level;
    std::string_view name; ///< Stable, as written to exports and the command line.
};

inline constexpr DiagnosticDescription diagnosticCatalogue[] = {
    {DiagnosticCode::Cancelled, DiagnosticLevel::Note, "cancelled"},
    {DiagnosticCode::InternalError, DiagnosticLevel::Error, "internal-error"},
    {DiagnosticCode::FileNotFound, DiagnosticLevel::Error, "file-not-found"},
    {DiagnosticCode::FileNotReadable, DiagnosticLevel::Error, "file-not-readable"},
    {DiagnosticCode::FileEmpty, DiagnosticLevel::Warning, "file-empty"},
    {DiagnosticCode::FileIsDirectoryWithoutFiles, DiagnosticLevel::Warning, "directory-without-files"},
    {DiagnosticCode::FileChangedSinceImport, DiagnosticLevel::DataLoss, "file-changed-since-import"},
    {DiagnosticCode::FileDuplicate, DiagnosticLevel::Note, "file-duplicate"},
    {DiagnosticCode::UrlNotLocal, DiagnosticLevel::Warning, "url-not-local"},
    {DiagnosticCode::UnknownFormat, DiagnosticLevel::Error, "unknown-format"},
    {DiagnosticCode::NotText, DiagnosticLevel::Error, "not-text"},
    {DiagnosticCode::ArchiveDamaged, DiagnosticLevel::DataLoss, "archive-damaged"},
    {DiagnosticCode::ArchiveMemberRefused, DiagnosticLevel::DataLoss, "archive-member-refused"},
    {DiagnosticCode::CaptureTruncated, DiagnosticLevel::DataLoss, "capture-truncated"},
    {DiagnosticCode::CaptureDamaged, DiagnosticLevel::DataLoss, "capture-damaged"},
    {DiagnosticCode::CaptureLinkTypeUnsupported, DiagnosticLevel::DataLoss, "capture-link-type-unsupported"},
    {DiagnosticCode::CapturePacketUndecodable, DiagnosticLevel::DataLoss, "capture-packet-undecodable"},
    {DiagnosticCode::CaptureSnapLengthCutsHeaders, DiagnosticLevel::DataLoss, "capture-snap-length-cuts-headers"},
    {DiagnosticCode::CaptureTimeStepsBackwards, DiagnosticLevel::Warning, "capture-time-steps-backwards"},
    {DiagnosticCode::CapturePacketsDropped, DiagnosticLevel::DataLoss, "capture-packets-dropped"},
    {DiagnosticCode::CaptureTooManyConnections, DiagnosticLevel::DataLoss, "capture-too-many-connections"},
    {DiagnosticCode::LogFormatUnknown, DiagnosticLevel::Error, "log-format-unknown"},
    {DiagnosticCode::LogLineMalformed, DiagnosticLevel::DataLoss, "log-line-malformed"},
    {DiagnosticCode::LogLineTooLong, DiagnosticLevel::DataLoss, "log-line-too-long"},
    {DiagnosticCode::LogTimestampUnparsable, DiagnosticLevel::DataLoss, "log-timestamp-unparsable"},
    {DiagnosticCode::LogListsMisaligned, DiagnosticLevel::Warning, "log-lists-misaligned"},
    {DiagnosticCode::LogZoneAssumed, DiagnosticLevel::Note, "log-zone-assumed"},
    {DiagnosticCode::ParameterLineMalformed, DiagnosticLevel::Warning, "parameter-line-malformed"},
    {DiagnosticCode::ParameterUnreadable, DiagnosticLevel::Warning, "parameter-unreadable"},
    {DiagnosticCode::ParameterDumpNotLinux, DiagnosticLevel::Error, "parameter-dump-not-linux"},
    {DiagnosticCode::ManifestMalformed, DiagnosticLevel::Error, "manifest-malformed"},
    {DiagnosticCode::ManifestTooLarge, DiagnosticLevel::Error, "manifest-too-large"},
};

constexpr const DiagnosticDescription& describe(DiagnosticCode code)
{
    return diagnosticCatalogue[std::to_underlying(code)];
}

consteval bool catalogueFollowsEnumeration()
{
    for (std::uint16_t i = 0; const auto& entry : diagnosticCatalogue) {
        if (std::to_underlying(entry.code) != i++)
            return false;
    }
    return true;
}
static_assert(catalogueFollowsEnumeration());

} // namespace halfshake
