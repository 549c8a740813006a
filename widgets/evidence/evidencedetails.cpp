// SPDX-FileCopyrightText: The Halfshake authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "widgets/evidence/evidencedetails.h"

#include "models/itemmodels/texts.h"
#include "widgets/common/objectlink.h"

#include <QUrl>

#include <cstdlib>

namespace halfshake {

using namespace Qt::StringLiterals;

namespace {

QString escaped(const std::string& text)
{
    return QString::fromStdString(text).toHtmlEscaped();
}

QString row(const QString& name, const QString& value)
{
    if (value.isEmpty())
        return {};
    return u"<tr><td class=\"name\">%1</td><td>%2</td></tr>"_s.arg(name, value);
}

QString counted(const QString& what, std::uint64_t count)
{
    return count == 0 ? QString() : u"%1 %2"_s.arg(texts::count(count), what);
}

QString joined(QStringList parts)
{
    parts.removeAll(QString());
    return parts.join(u", "_s);
}

QString clockText(const IncidentSnapshot& snapshot, EvidenceId id)
{
    const ClockOffset clock = snapshot.correlation->clocks.offsetOf(id);
    if (clock.origin == ClockOffsetOrigin::Reference)
        return EvidenceDetails::tr("reference of this incident");
    const QString uncertainty = u"± "_s + texts::duration(clock.uncertainty);
    const QString difference = clock.offset == Duration{0} ? EvidenceDetails::tr("no difference to the reference")
        : clock.offset > Duration{0}
        ? EvidenceDetails::tr("%1 ahead of the reference").arg(texts::duration(clock.offset))
        : EvidenceDetails::tr("%1 behind the reference").arg(texts::duration(-clock.offset));
    switch (clock.origin) {
    case ClockOffsetOrigin::Estimated:
        return EvidenceDetails::tr("%1 %2, estimated from the data").arg(difference, uncertainty);
    case ClockOffsetOrigin::Typed:
        return EvidenceDetails::tr("%1, as you set it").arg(difference);
    case ClockOffsetOrigin::Assumed:
    case ClockOffsetOrigin::Reference:
        break;
    }
    return EvidenceDetails::tr("taken as it is; nothing to compare it with");
}

QString captureRows(const Capture& capture)
{
    const CaptureCounts& counts = capture.counts;
    QStringList signalTexts;
    for (const std::string& signal : capture.vantageSignals)
        signalTexts << escaped(signal);
    QString vantage = texts::vantage(capture.vantage);
    if (!signalTexts.isEmpty())
        vantage += u": "_s + signalTexts.join(u"; "_s);
    return row(EvidenceDetails::tr("TCP"),
               joined({counted(EvidenceDetails::tr("packets"), counts.tcpPackets),
                   counted(EvidenceDetails::tr("SYN"), counts.syn),
                   counted(EvidenceDetails::tr("SYN/ACK"), counts.synAck),
                   counted(EvidenceDetails::tr("RST"), counts.rst)}))
        + row(EvidenceDetails::tr("Repeated"),
            joined({counted(EvidenceDetails::tr("SYN"), counts.synRetransmissions),
                counted(EvidenceDetails::tr("SYN/ACK"), counts.synAckRetransmissions),
                counted(EvidenceDetails::tr("SYN/ACK anew"), counts.synAckReissues)}))
        + row(EvidenceDetails::tr("Left out"),
            joined({counted(EvidenceDetails::tr("packets captured twice"), counts.duplicatePackets),
                counted(EvidenceDetails::tr("not decodable"), counts.undecodable)}))
        + row(EvidenceDetails::tr("Place"), vantage);
}

QString zoneText(const ProxyLog& log)
{
    const int minutes = static_cast<int>(log.assumedZone.count() / 60);
    const QString zone = u"UTC"_s + (minutes < 0 ? u'−' : u'+')
        + u"%1:%2"_s.arg(std::abs(minutes) / 60, 2, 10, QLatin1Char('0'))
              .arg(std::abs(minutes) % 60, 2, 10, QLatin1Char('0'));
    switch (log.zoneOrigin) {
    case ZoneOrigin::Written:
        return EvidenceDetails::tr("written in every line");
    case ZoneOrigin::Assumed:
        return EvidenceDetails::tr("%1, assumed: the lines state none").arg(zone);
    case ZoneOrigin::Inferred:
        return EvidenceDetails::tr("%1, inferred from the other logs").arg(zone);
    case ZoneOrigin::Typed:
        return EvidenceDetails::tr("%1, as you set it").arg(zone);
    }
    Q_UNREACHABLE_RETURN({});
}

QString logRows(const ProxyLog& log)
{
    const ProxyLogCounts& counts = log.counts;
    return row(EvidenceDetails::tr("Entries"),
               joined({counted(EvidenceDetails::tr("requests"), counts.requests),
                   counted(EvidenceDetails::tr("upstream attempts"), log.upstreamAttempts.size()),
                   counted(EvidenceDetails::tr("error log lines"), counts.errorEntries),
                   counted(EvidenceDetails::tr("application log entries"), counts.applicationEntries),
                   counted(EvidenceDetails::tr("kernel log lines"), counts.kernelEntries)}))
        + row(EvidenceDetails::tr("Left out"),
            joined({counted(EvidenceDetails::tr("lines not understood"), counts.unparsedLines),
                counted(EvidenceDetails::tr("requests with lists that do not match"), counts.misalignedRequests)}))
        + row(EvidenceDetails::tr("Time zone"), zoneText(log));
}

QString parameterRows(const ParameterFile& file)
{
    return row(EvidenceDetails::tr("Host"), escaped(file.host))
        + row(EvidenceDetails::tr("Kernel"), escaped(file.kernelVersion))
        + row(EvidenceDetails::tr("Holds"),
            joined({counted(EvidenceDetails::tr("settings"), file.parameters.size()),
                counted(EvidenceDetails::tr("NodePorts"), file.nodePorts.size()),
                counted(EvidenceDetails::tr("workloads"), file.workloads.size())}));
}

QString diagnosticsText(const Evidence& evidence)
{
    QString html;
    for (const auto& [code, count] : evidence.diagnostics.counts()) {
        html += u"<p><b>%1</b> · %2</p><ul>"_s.arg(texts::diagnosticLevel(describe(code).level),
            texts::numbered(count, EvidenceDetails::tr("once"), EvidenceDetails::tr("%1 times")));
        for (const Diagnostic& diagnostic : evidence.diagnostics.entries()) {
            if (diagnostic.code != code)
                continue;
            SourceRef place = diagnostic.where;
            place.evidence = evidence.id;
            const QString text = texts::diagnostic(diagnostic).toHtmlEscaped();
            html += place.line != 0 || place.packet != 0
                ? u"<li><a href=\"%1\">%2</a></li>"_s.arg(linkTo(objectAt(place)), text)
                : u"<li>%1</li>"_s.arg(text);
        }
        html += u"</ul>"_s;
    }
    return html;
}

/// In groups, so that it can wrap.
QString hashText(const std::string& sha256)
{
    QString text = QString::fromStdString(sha256);
    for (auto position = text.size() - 16; position > 0; position -= 16)
        text.insert(position, u' ');
    return text.isEmpty() ? text : u"<code>%1</code>"_s.arg(text);
}

QString detailsHtml(const IncidentSnapshot& snapshot, const Evidence& evidence)
{
    QString html = u"<p><b>%1</b></p>"_s.arg(escaped(evidence.name));
    if (evidence.error)
        html += u"<p>%1</p>"_s.arg(texts::diagnostic(*evidence.error).toHtmlEscaped());
    html += u"<table cellspacing=\"0\" cellpadding=\"2\">"_s;
    html += row(EvidenceDetails::tr("Kind"), texts::evidenceKind(evidence).toHtmlEscaped())
        + row(EvidenceDetails::tr("Because"), escaped(evidence.kindReason));
    if (evidence.capture)
        html += captureRows(*evidence.capture);
    if (evidence.log)
        html += logRows(*evidence.log);
    if (evidence.parameters)
        html += parameterRows(*evidence.parameters);
    if (evidence.range)
        html += row(EvidenceDetails::tr("Clock"), clockText(snapshot, evidence.id));
    html += row(EvidenceDetails::tr("Size"), evidence.size > 0 ? texts::bytes(evidence.size) : QString())
        + row(EvidenceDetails::tr("SHA-256"), hashText(evidence.sha256))
        + row(EvidenceDetails::tr("Path"), escaped(evidence.path)) + u"</table>"_s;
    return html + diagnosticsText(evidence);
}

} // namespace

EvidenceDetails::EvidenceDetails(QWidget* parent) : QTextBrowser(parent)
{
    setObjectName(u"evidenceDetails"_s);
    setAccessibleName(tr("Details of the evidence"));
    setFrameShape(QFrame::NoFrame);
    setOpenLinks(false);
    setAcceptDrops(false);
    viewport()->setAcceptDrops(false);
    document()->setDefaultStyleSheet(
        u"p { margin: 2px 0; } td.name { padding-right: 8px; } ul { margin: 0 0 4px 12px; -qt-list-indent: 0; }"_s);
    setPlaceholderText(tr("Choose a piece of evidence to see what is known about it."));
    connect(this, &QTextBrowser::anchorClicked, this, [this](const QUrl& url) {
        if (const ObjectRef object = objectOfLink(url.toString()); object.isValid())
            Q_EMIT objectActivated(object);
    });
}

void EvidenceDetails::showEvidence(const IncidentSnapshot& snapshot, const Evidence* evidence)
{
    setHtml(evidence != nullptr ? detailsHtml(snapshot, *evidence) : QString());
}

} // namespace halfshake
