// SPDX-FileCopyrightText: The Halfshake authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "models/itemmodels/textcontext.h"
#include "models/itemmodels/texts.h"

#include <utility>

namespace halfshake::texts {

using namespace Qt::StringLiterals;

namespace {

struct DiagnosticText
{
    DiagnosticCode code;
    const char* text; ///< %1, %2, ... stand for the diagnostic's arguments.
};

#define TEXT(text) QT_TRANSLATE_NOOP("Texts", text)

constexpr DiagnosticText diagnosticTexts[] = {
    {DiagnosticCode::Cancelled,
        TEXT("Reading was cancelled. Nothing of it is used; remove it and add it again to read it.")},
    {DiagnosticCode::InternalError,
        TEXT("Halfshake made a mistake here (%1). Please report it; the rest is not affected.")},
    {DiagnosticCode::FileNotFound, TEXT("There is no such file. It may have been moved or deleted since.")},
    {DiagnosticCode::FileNotReadable, TEXT("The file cannot be read: %1. Check its permissions and add it again.")},
    {DiagnosticCode::FileEmpty, TEXT("The file is empty: it holds no evidence. Check the command that wrote it.")},
    {DiagnosticCode::FileIsDirectoryWithoutFiles, TEXT("The folder holds no files, so nothing was added.")},
    {DiagnosticCode::FileChangedSinceImport,
        TEXT("The file changed after it was read: what is shown from it may not be what was analysed. Add it again.")},
    {DiagnosticCode::FileDuplicate,
        TEXT("Has the same content as %1, which is there already. It was not added twice.")},
    {DiagnosticCode::UrlNotLocal,
        TEXT("Only files on this computer can be added. %1 is on another: download it first, then drop the file.")},
    {DiagnosticCode::UnknownFormat,
        TEXT("This is in no format that Halfshake reads (tried: %1). It is listed, but nothing rests on it.")},
    {DiagnosticCode::NotText,
        TEXT("This is not text: there are binary bytes at offset %1. It is listed, but nothing rests on it.")},
    {DiagnosticCode::ArchiveDamaged,
        TEXT("The archive or compressed file is damaged: %1. What could be unpacked before the damage is used.")},
    {DiagnosticCode::ArchiveMemberRefused, TEXT("The archive's member %1 was left out: %2.")},
    {DiagnosticCode::CaptureTruncated,
        TEXT("The capture ends in the middle of a packet, %1 bytes are missing. Everything before is used; attempts "
             "that "
             "were open at the end carry a question mark.")},
    {DiagnosticCode::CaptureDamaged,
        TEXT("The capture is damaged: %1. Everything before the damage is used, what follows is unknown.")},
    {DiagnosticCode::CaptureLinkTypeUnsupported,
        TEXT("Packets of link type %1 cannot be decoded yet; they are counted and not analysed.")},
    {DiagnosticCode::CapturePacketUndecodable, TEXT("A packet cannot be decoded: %1. It is counted and not analysed.")},
    {DiagnosticCode::CaptureSnapLengthCutsHeaders,
        TEXT("Packets were cut so short that their TCP header is incomplete, and handshakes may be missed. Capture "
             "again "
             "with tcpdump -s 128 or more.")},
    {DiagnosticCode::CaptureTimeStepsBackwards,
        TEXT("The capture's clock goes back by %1 s here. Durations across this place are not to be trusted.")},
    {DiagnosticCode::CapturePacketsDropped,
        TEXT("The capturing side says that it lost %1 packets. A packet that is missing here may have been on the "
             "wire.")},
    {DiagnosticCode::CaptureTooManyConnections,
        TEXT("The capture has more connections than can be followed at once: %1 packets of later ones are listed, but "
             "not analysed. Cut the capture to the time in question.")},
    {DiagnosticCode::LogFormatUnknown,
        TEXT("No log format fits. The first line that did not fit: %1. It is shown as text and not analysed.")},
    {DiagnosticCode::LogLineMalformed,
        TEXT("The line does not fit the log's format: %1. It is shown and not analysed.")},
    {DiagnosticCode::LogLineTooLong, TEXT("The line is %1 bytes long; only its beginning is read.")},
    {DiagnosticCode::LogTimestampUnparsable,
        TEXT("The line's time cannot be read, so it has no place on the timeline.")},
    {DiagnosticCode::LogListsMisaligned,
        TEXT("The upstream lists of this line differ in length, so times and statuses cannot be given to single "
             "attempts. "
             "Only the last status and address count.")},
    {DiagnosticCode::LogZoneAssumed, TEXT("The log states no time zone; %1 is assumed.")},
    {DiagnosticCode::ParameterLineMalformed, TEXT("The line is no setting: %1. It was left out.")},
    {DiagnosticCode::ParameterUnreadable,
        TEXT("The value of %1 could not be read where the dump was taken. It counts as unknown; collect it as root.")},
    {DiagnosticCode::ParameterDumpNotLinux,
        TEXT("These are settings of %1, not of Linux; the rules of this program do not apply to them.")},
    {DiagnosticCode::ManifestMalformed, TEXT("The YAML or JSON cannot be read: %1. Nothing of it is used.")},
    {DiagnosticCode::ManifestTooLarge, TEXT("The YAML or JSON is too large: %1. Nothing of it is used.")},
};

#undef TEXT

consteval bool textsFollowEnumeration()
{
    for (std::uint16_t i = 0; const auto& entry : diagnosticTexts) {
        if (std::to_underlying(entry.code) != i++)
            return false;
    }
    return std::size(diagnosticTexts) == std::size(diagnosticCatalogue);
}
static_assert(textsFollowEnumeration());

/// Not QString::arg(): arguments come from evidence and may hold "%1" themselves.
QString filled(const QString& text, const std::vector<std::string>& arguments)
{
    QString result;
    for (qsizetype i = 0; i < text.size(); ++i) {
        const int index = text[i] == u'%' && i + 1 < text.size() ? text[i + 1].digitValue() : -1;
        if (index < 1) {
            result += text[i];
            continue;
        }
        const auto argument = static_cast<std::size_t>(index - 1);
        result += argument < arguments.size() && !arguments[argument].empty()
            ? QString::fromStdString(arguments[argument])
            : u"?"_s;
        ++i;
    }
    return result;
}

} // namespace

QString diagnostic(const Diagnostic& diagnostic)
{
    const QString text =
        filled(Texts::tr(diagnosticTexts[std::to_underlying(diagnostic.code)].text), diagnostic.arguments);
    QString where = place(diagnostic.where);
    if (where.isEmpty())
        return text;
    where[0] = where[0].toUpper();
    return where + u": "_s + text;
}

QString diagnosticLevel(DiagnosticLevel level)
{
    switch (level) {
    case DiagnosticLevel::Note:
        return Texts::tr("Note");
    case DiagnosticLevel::Warning:
        return Texts::tr("Warning");
    case DiagnosticLevel::DataLoss:
        return Texts::tr("Data missing");
    case DiagnosticLevel::Error:
        return Texts::tr("Error");
    }
    Q_UNREACHABLE_RETURN({});
}

} // namespace halfshake::texts
