// SPDX-FileCopyrightText: The Halfshake authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "models/incident/load.h"
#include "models/report/reportbuilder.h"
#include "models/report/reportwriter.h"

#include <QDir>
#include <QFile>
#include <QProcess>
#include <QRegularExpression>
#include <QTemporaryDir>
#include <QTest>
#include <QTimeZone>

using namespace halfshake;

namespace {

const ReportOptions options{.title = {}, .created = QDateTime(QDate(2026, 11, 24), QTime(12, 0), QTimeZone::UTC)};

/// What people would search for, without white space, and without hyphens: at line ends pdftotext takes both away.
QString withoutSpace(QString text)
{
    static const QRegularExpression lost(QStringLiteral("[\\s\\-]"), QRegularExpression::UseUnicodePropertiesOption);
    return text.remove(lost);
}

/// All texts of a report that a reader must find in every format.
QStringList textsOf(const ReportDocument& report)
{
    QStringList texts{report.title, report.subtitle};
    for (const auto& block : report.blocks) {
        if (const auto* heading = std::get_if<HeadingBlock>(&block))
            texts.append(heading->text);
        else if (const auto* paragraph = std::get_if<ParagraphBlock>(&block))
            texts.append(paragraph->text);
        else if (const auto* list = std::get_if<ListBlock>(&block))
            texts.append(list->items);
        else if (const auto* code = std::get_if<CodeBlock>(&block))
            texts.append(code->text);
        else if (const auto* figure = std::get_if<FigureBlock>(&block))
            texts.append(figure->caption);
        else if (const auto* table = std::get_if<TableBlock>(&block)) {
            texts.append(table->headers);
            for (const auto& row : table->rows)
                texts.append(row);
        }
    }
    return texts;
}

/// In one piece, or begun on one page and ended on the next where a page break cuts a cell.
bool isFound(const QString& line, const QStringList& pages)
{
    for (qsizetype page = 0; page < pages.size(); ++page) {
        if (pages[page].contains(line))
            return true;
        auto length = line.size() - 1;
        while (length > 0 && !pages[page].contains(line.left(length)))
            --length;
        if (length > 0 && page + 1 < pages.size() && pages[page + 1].contains(line.mid(length)))
            return true;
    }
    return false;
}

QString outputOf(const QString& program, const QStringList& arguments)
{
    QProcess process;
    process.start(program, arguments);
    return process.waitForFinished() ? QString::fromUtf8(process.readAllStandardOutput()) : QString();
}

} // namespace

class TestReportWriter : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void everyTextOfTheModelIsFoundInThePdf();
    void thePdfEmbedsItsFontsAndHasNoPictures();
    void htmlIsOneFileWithTheFiguresInside();
    void markdownHoldsTheWords();
    void anUnknownSuffixIsRefused();
    void aFolderThatIsNotThereIsSaid();
    void hostileTextStaysText();

private:
    QString write(const char* name);

    std::shared_ptr<const IncidentSnapshot> m_snapshot;
    QTemporaryDir m_folder;
};

void TestReportWriter::initTestCase()
{
    JobContext job;
    m_snapshot = loadIncident({HALFSHAKE_SOURCE_DIR "/resources/samples"}, job).value();
}

QString TestReportWriter::write(const char* name)
{
    const auto path = m_folder.filePath(QString::fromLatin1(name));
    JobContext job;
    return writeReport(*m_snapshot, path, options, job) ? path : QString();
}

void TestReportWriter::everyTextOfTheModelIsFoundInThePdf()
{
    const auto path = write("report.pdf");
    const auto text = outputOf(QStringLiteral("pdftotext"), {QStringLiteral("-raw"), path, QStringLiteral("-")});
    QVERIFY(!text.isEmpty());
    QStringList pages;
    for (const auto& page : text.split(u'\f'))
        pages.append(withoutSpace(page));
    QString missing;
    const auto report = buildReport(*m_snapshot, options);
    for (const auto& expected : textsOf(report)) {
        for (const auto& line : expected.split(u'\n')) {
            if (!isFound(withoutSpace(line), pages))
                missing += line + u'\n';
        }
    }
    QVERIFY2(missing.isEmpty(), qPrintable(missing));
}

void TestReportWriter::thePdfEmbedsItsFontsAndHasNoPictures()
{
    const auto path = write("fonts.pdf");
    const auto fonts = outputOf(QStringLiteral("pdffonts"), {path}).split(u'\n', Qt::SkipEmptyParts).mid(2);
    QVERIFY(!fonts.isEmpty());
    for (const auto& font : fonts)
        QVERIFY2(font.contains(QStringLiteral(" yes ")), qPrintable(font));
    const auto images =
        outputOf(QStringLiteral("pdfimages"), {QStringLiteral("-list"), path}).split(u'\n', Qt::SkipEmptyParts);
    QCOMPARE(images.size(), 2); // the two lines of the table's head
}

void TestReportWriter::htmlIsOneFileWithTheFiguresInside()
{
    QFile file(write("report.html"));
    QVERIFY(file.open(QIODevice::ReadOnly));
    const auto html = QString::fromUtf8(file.readAll());
    QCOMPARE(html.count(QStringLiteral("<svg")), 2);
    QVERIFY(!html.contains(QStringLiteral("src=")));
    QVERIFY(html.contains(QStringLiteral("PORT-001")));
}

void TestReportWriter::markdownHoldsTheWords()
{
    QFile file(write("report.md"));
    QVERIFY(file.open(QIODevice::ReadOnly));
    const auto text = QString::fromUtf8(file.readAll());
    QVERIFY(text.startsWith(QStringLiteral("# ")));
    QVERIFY(text.contains(QStringLiteral("## Evidence")));
    QVERIFY(text.contains(QStringLiteral("ip\\_local\\_port\\_range")));
}

void TestReportWriter::anUnknownSuffixIsRefused()
{
    JobContext job;
    const auto written = writeReport(*m_snapshot, m_folder.filePath(QStringLiteral("report.docx")), options, job);
    QVERIFY(!written);
    QCOMPARE(written.error().code, DiagnosticCode::UnknownFormat);
    QVERIFY(!QFile::exists(m_folder.filePath(QStringLiteral("report.docx"))));
}

void TestReportWriter::aFolderThatIsNotThereIsSaid()
{
    JobContext job;
    const auto written = writeReport(*m_snapshot, m_folder.filePath(QStringLiteral("none/report.pdf")), options, job);
    QVERIFY(!written);
    QVERIFY(!written.error().arguments.empty());
}

void TestReportWriter::hostileTextStaysText()
{
    IncidentSnapshot snapshot = *m_snapshot;
    auto evidence = std::make_shared<Evidence>(*snapshot.evidence.front());
    evidence->path = "<script>alert(1)</script>|*x*`.log";
    snapshot.evidence.front() = evidence;
    JobContext job;
    const auto path = m_folder.filePath(QStringLiteral("hostile.html"));
    QVERIFY(writeReport(snapshot, path, options, job));
    QFile file(path);
    QVERIFY(file.open(QIODevice::ReadOnly));
    const auto html = file.readAll();
    QVERIFY(!html.contains("<script"));
    QVERIFY(html.contains("&lt;script&gt;"));
}

QTEST_MAIN(TestReportWriter)

#include "tst_reportwriter.moc"
