// SPDX-FileCopyrightText: The Halfshake authors
// SPDX-License-Identifier: GPL-3.0-or-later

// Runs under tests/gui/endtoend, which gives it an X display with a window manager. Drives the program from outside,
// as a person does: another process drags the files, xdotool moves mouse and keyboard. What the window shows is read
// from the file that HALFSHAKE_INSPECT names.

#include <QDir>
#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QProcess>
#include <QTemporaryDir>
#include <QTest>

#include <functional>
#include <memory>

using namespace Qt::StringLiterals;

namespace {

constexpr int patience = 30'000; // milliseconds

/// A process that ends with the test.
class Started
{
public:
    Started(const QString& program, const QStringList& arguments, const QProcessEnvironment& environment)
    {
        m_process.setProcessEnvironment(environment);
        m_process.setProcessChannelMode(QProcess::ForwardedErrorChannel);
        m_process.start(program, arguments);
    }
    ~Started()
    {
        m_process.terminate();
        if (!m_process.waitForFinished(5'000)) {
            m_process.kill();
            m_process.waitForFinished(5'000);
        }
    }
    Started(const Started&) = delete;
    Started& operator=(const Started&) = delete;

    QProcess& process() { return m_process; }

private:
    QProcess m_process;
};

} // namespace

class TestEndToEnd : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void draggedFilesBecomeEvidence();
    void clickingTheFailureMovesEveryPane();
    void theKeyboardLeadsOnAndBack();
    void theThemeIsSwitchedFromTheMenu();
    void closingTheWindowEndsTheProgram();

private:
    [[nodiscard]] QJsonObject state() const;
    [[nodiscard]] bool await(const std::function<bool(const QJsonObject&)>& condition) const;
    static QString xdotool(const QStringList& arguments);
    static void click(const QJsonArray& place);
    static void key(const QString& name);

    QTemporaryDir m_folder;
    std::unique_ptr<Started> m_program;
    QString m_window;
};

QString TestEndToEnd::xdotool(const QStringList& arguments)
{
    QProcess process;
    process.start(u"xdotool"_s, arguments);
    process.waitForFinished(patience);
    return QString::fromLatin1(process.readAllStandardOutput()).trimmed();
}

void TestEndToEnd::click(const QJsonArray& place)
{
    xdotool({u"mousemove"_s, u"--sync"_s, QString::number(place[0].toInt()), QString::number(place[1].toInt())});
    xdotool({u"click"_s, u"1"_s});
}

void TestEndToEnd::key(const QString& name)
{
    xdotool({u"key"_s, name});
}

QJsonObject TestEndToEnd::state() const
{
    QFile file(m_folder.filePath(u"state.json"_s));
    return file.open(QIODevice::ReadOnly) ? QJsonDocument::fromJson(file.readAll()).object() : QJsonObject();
}

bool TestEndToEnd::await(const std::function<bool(const QJsonObject&)>& condition) const
{
    return QTest::qWaitFor([&] { return condition(state()); }, patience);
}

void TestEndToEnd::initTestCase()
{
    QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
    environment.insert(u"QT_QPA_PLATFORM"_s, u"xcb"_s);
    environment.insert(u"HALFSHAKE_INSPECT"_s, m_folder.filePath(u"state.json"_s));
    environment.insert(u"XDG_CONFIG_HOME"_s, m_folder.filePath(u"config"_s));
    environment.insert(u"XDG_CACHE_HOME"_s, m_folder.filePath(u"cache"_s));
    m_program = std::make_unique<Started>(qEnvironmentVariable("HALFSHAKE_PROGRAM"), QStringList(), environment);
    QVERIFY(m_program->process().waitForStarted());
    QVERIFY(await([](const QJsonObject& state) { return state[u"welcome"_s].toBool(); }));
    m_window =
        xdotool({u"search"_s, u"--sync"_s, u"--onlyvisible"_s, u"--name"_s, u"^Halfshake$"_s}).section(u'\n', 0, 0);
    QVERIFY(!m_window.isEmpty());
    // leaves room for the window that is dragged from
    xdotool({u"windowmove"_s, u"--sync"_s, m_window, u"0"_s, u"0"_s});
    xdotool({u"windowsize"_s, u"--sync"_s, m_window, u"1366"_s, u"768"_s});
    QVERIFY(await([](const QJsonObject& state) { return state[u"window"_s][2].toInt() == 1366; }));
}

void TestEndToEnd::draggedFilesBecomeEvidence()
{
    const QDir samples(QStringLiteral(HALFSHAKE_SOURCE_DIR "/resources/samples"));
    QStringList paths;
    for (const QString& name : samples.entryList(QDir::Files, QDir::Name))
        paths << samples.filePath(name);
    QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
    environment.insert(u"QT_QPA_PLATFORM"_s, u"xcb"_s);
    Started source(qEnvironmentVariable("HALFSHAKE_DRAGSOURCE"), paths, environment);
    const QString window =
        xdotool({u"search"_s, u"--sync"_s, u"--onlyvisible"_s, u"--name"_s, u"^halfshake-dragsource$"_s});
    QVERIFY(!window.isEmpty());
    xdotool({u"windowmove"_s, u"--sync"_s, window, u"1400"_s, u"820"_s});
    xdotool({u"windowraise"_s, window});

    xdotool({u"mousemove"_s, u"--sync"_s, u"--window"_s, window, u"90"_s, u"60"_s});
    xdotool({u"mousedown"_s, u"1"_s});
    // in steps, as a hand moves: a drag begins with a movement, and a target is entered by one
    for (const QString& x : {u"1390"_s, u"1300"_s, u"1100"_s, u"800"_s, u"700"_s})
        xdotool({u"mousemove"_s, u"--sync"_s, x, u"500"_s});
    QVERIFY(await([&](const QJsonObject& state) { return !state[u"overlay"_s].toArray().isEmpty(); }));
    xdotool({u"mouseup"_s, u"1"_s});

    QVERIFY(await([&](const QJsonObject& state) {
        return state[u"idle"_s].toBool() && state[u"evidence"_s].toArray().size() == paths.size();
    }));
    QTRY_VERIFY_WITH_TIMEOUT(source.process().canReadLine(), patience);
    QCOMPARE(source.process().readLine().trimmed(), QByteArray("copied"));
    QVERIFY(state()[u"overlay"_s].toArray().isEmpty());
    QVERIFY2(state()[u"messages"_s].toArray().isEmpty(), QJsonDocument(state()).toJson().constData());
}

void TestEndToEnd::clickingTheFailureMovesEveryPane()
{
    xdotool({u"windowactivate"_s, u"--sync"_s, m_window});
    // lane 1 is that of the failing upstream attempts
    QVERIFY(await([](const QJsonObject& state) { return state[u"marks"_s][u"1"_s].toArray().size() == 2; }));
    click(state()[u"marks"_s][u"1"_s].toArray());
    QVERIFY(await([](const QJsonObject& state) { return state[u"current"_s].toString().contains(u"502"_s); }));

    const QJsonObject shown = state();
    QCOMPARE(shown[u"attempts"_s].toArray().toVariantList(), QVariantList({u"502"_s, u"200"_s}));
    QVERIFY(shown[u"logFile"_s].toString().endsWith(u".log"_s));
    QVERIFY(shown[u"logLine"_s].toInt() > 0);
    QVERIFY(shown[u"packet"_s].toInt() > 0);
    QVERIFY(shown[u"connection"_s].toString().contains(u"SYN/ACK unanswered"_s));
    QVERIFY(shown[u"ladderRows"_s].toInt() > 2);
    QVERIFY(shown[u"parameter"_s].toString().contains(u"ip_local_port_range"_s));
    QVERIFY(!shown[u"marked"_s].toArray().isEmpty());
}

void TestEndToEnd::theKeyboardLeadsOnAndBack()
{
    const QString first = state()[u"current"_s].toString();
    key(u"e"_s);
    QVERIFY(await([&](const QJsonObject& state) { return state[u"current"_s].toString() != first; }));
    key(u"alt+Left"_s);
    QVERIFY(await([&](const QJsonObject& state) { return state[u"current"_s].toString() == first; }));
    key(u"ctrl+4"_s);
    QVERIFY(await([](const QJsonObject& state) { return state[u"focus"_s].toString() == u"connectionTable"_s; }));
}

void TestEndToEnd::theThemeIsSwitchedFromTheMenu()
{
    const QString before = state()[u"theme"_s].toString();
    key(u"alt+v"_s);
    key(u"t"_s);
    key(before == u"light"_s ? u"d"_s : u"l"_s);
    QVERIFY(await([&](const QJsonObject& state) { return state[u"theme"_s].toString() != before; }));
}

void TestEndToEnd::closingTheWindowEndsTheProgram()
{
    xdotool({u"windowactivate"_s, u"--sync"_s, m_window});
    key(u"ctrl+q"_s);
    QVERIFY(m_program->process().waitForFinished(patience));
    QCOMPARE(m_program->process().exitStatus(), QProcess::NormalExit);
    QCOMPARE(m_program->process().exitCode(), 0);
}

QTEST_GUILESS_MAIN(TestEndToEnd)
#include "tst_endtoend.moc"
