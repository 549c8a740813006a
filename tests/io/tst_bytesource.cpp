// SPDX-FileCopyrightText: The Halfshake authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "models/io/bytesource.h"

#include <fcntl.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

#include <QElapsedTimer>
#include <QFile>
#include <QTemporaryDir>
#include <QTest>

#include <atomic>
#include <thread>

using namespace halfshake;

namespace {

std::string textAt(const ByteSource& source, std::uint64_t offset, std::size_t size)
{
    std::string text(size, '\0');
    const auto count = source.read(offset, std::as_writable_bytes(std::span{text}));
    text.resize(count.value());
    return text;
}

std::string written(const QTemporaryDir& folder, const char* name, const QByteArray& bytes)
{
    QFile file(folder.filePath(QString::fromLatin1(name)));
    if (!file.open(QIODevice::WriteOnly) || file.write(bytes) != bytes.size())
        qFatal("cannot write the test's file");
    return file.fileName().toStdString();
}

} // namespace

class TestByteSource : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void filesAreReadByPosition();
    void memoryIsReadByPosition();
    void readingBeyondTheEndGivesNothing();
    void aFileThatShrinksGivesShortReads();
    void aFileThatGrowsKeepsItsSize();
    void aFileThatIsRemovedCanStillBeRead();
    void anEmptyFileHasNoBytes();
    void filesOfTheKernelAreReadAlthoughTheyStateNoSize();
    void whatIsNotThereIsNotFound();
    void whatIsNoRegularFileIsRefusedAtOnce();
    void aFileWithoutPermissionIsNotReadable();
    void manyThreadsReadOneSource();
    void filesBeyondFourGigabytesAreRead();
};

void TestByteSource::filesAreReadByPosition()
{
    const QTemporaryDir folder;
    const auto source = openFile(written(folder, "a.log", "0123456789"));
    QVERIFY(source.has_value());
    QCOMPARE((*source)->size(), std::uint64_t{10});
    QCOMPARE(textAt(**source, 0, 4), std::string("0123"));
    QCOMPARE(textAt(**source, 7, 100), std::string("789"));
    QCOMPARE(textAt(**source, 3, 0), std::string{});
}

void TestByteSource::memoryIsReadByPosition()
{
    const auto source = memorySource("0123456789");
    QCOMPARE(source->size(), std::uint64_t{10});
    QCOMPARE(textAt(*source, 2, 3), std::string("234"));
    QCOMPARE(textAt(*source, 7, 100), std::string("789"));
}

void TestByteSource::readingBeyondTheEndGivesNothing()
{
    const QTemporaryDir folder;
    const auto file = openFile(written(folder, "a.log", "0123456789"));
    for (const auto& source : {memorySource("0123456789"), *file}) {
        QCOMPARE(textAt(*source, 10, 5), std::string{});
        QCOMPARE(textAt(*source, 11, 5), std::string{});
        QCOMPARE(textAt(*source, ~std::uint64_t{0}, 5), std::string{});
    }
}

void TestByteSource::aFileThatShrinksGivesShortReads()
{
    const QTemporaryDir folder;
    const auto path = written(folder, "a.log", QByteArray(100'000, 'x'));
    const auto source = openFile(path);
    QCOMPARE(textAt(**source, 0, 100'000).size(), std::size_t{100'000});
    QCOMPARE(::truncate(path.c_str(), 10), 0);
    QCOMPARE(textAt(**source, 0, 100'000).size(), std::size_t{10});
    QCOMPARE(textAt(**source, 50'000, 10).size(), std::size_t{0});
    QCOMPARE((*source)->size(), std::uint64_t{100'000});
}

void TestByteSource::aFileThatGrowsKeepsItsSize()
{
    const QTemporaryDir folder;
    const auto path = written(folder, "a.log", "0123456789");
    const auto source = openFile(path);
    QFile file(QString::fromStdString(path));
    QVERIFY(file.open(QIODevice::Append));
    QCOMPARE(file.write("more"), 4);
    file.close();
    QCOMPARE((*source)->size(), std::uint64_t{10});
    QCOMPARE(textAt(**source, 8, 100), std::string("89"));
}

void TestByteSource::aFileThatIsRemovedCanStillBeRead()
{
    const QTemporaryDir folder;
    const auto path = written(folder, "a.log", "0123456789");
    const auto source = openFile(path);
    QVERIFY(QFile::remove(QString::fromStdString(path)));
    QCOMPARE(textAt(**source, 0, 10), std::string("0123456789"));
}

void TestByteSource::anEmptyFileHasNoBytes()
{
    const QTemporaryDir folder;
    const auto source = openFile(written(folder, "a.log", {}));
    QVERIFY(source.has_value());
    QCOMPARE((*source)->size(), std::uint64_t{0});
    QCOMPARE(textAt(**source, 0, 5), std::string{});
}

void TestByteSource::filesOfTheKernelAreReadAlthoughTheyStateNoSize()
{
    const auto source = openFile("/proc/self/status");
    QVERIFY(source.has_value());
    QVERIFY((*source)->size() > 100);
    QVERIFY(textAt(**source, 0, 5) == "Name:");
}

void TestByteSource::whatIsNotThereIsNotFound()
{
    const QTemporaryDir folder;
    const auto file = written(folder, "a.log", "x");
    const auto missing = folder.filePath(QStringLiteral("missing")).toStdString();
    for (const auto& path : {missing, file + "/below", std::string{}}) {
        const auto source = openFile(path);
        QVERIFY(!source.has_value());
        QVERIFY(source.error().code == DiagnosticCode::FileNotFound);
    }
}

void TestByteSource::whatIsNoRegularFileIsRefusedAtOnce()
{
    const QTemporaryDir folder;
    const auto fifo = folder.filePath(QStringLiteral("fifo")).toStdString();
    QCOMPARE(::mkfifo(fifo.c_str(), 0600), 0);
    const auto socketPath = folder.filePath(QStringLiteral("s")).toStdString();
    const int listener = ::socket(AF_UNIX, SOCK_STREAM, 0);
    sockaddr_un address{.sun_family = AF_UNIX, .sun_path = {}};
    socketPath.copy(address.sun_path, sizeof address.sun_path - 1);
    QCOMPARE(::bind(listener, reinterpret_cast<sockaddr*>(&address), sizeof address), 0);

    QElapsedTimer timer;
    timer.start();
    for (const auto& path : {folder.path().toStdString(), fifo, socketPath, std::string{"/dev/null"}}) {
        const auto source = openFile(path);
        QVERIFY(!source.has_value());
        QVERIFY(source.error().code == DiagnosticCode::FileNotReadable);
        QVERIFY(!source.error().arguments.empty());
    }
    QVERIFY(timer.elapsed() < 2000);
    ::close(listener);
}

void TestByteSource::aFileWithoutPermissionIsNotReadable()
{
    if (::geteuid() == 0)
        QSKIP("root may read anything");
    const QTemporaryDir folder;
    const auto path = written(folder, "a.log", "x");
    QCOMPARE(::chmod(path.c_str(), 0), 0);
    const auto source = openFile(path);
    QVERIFY(!source.has_value());
    QVERIFY(source.error().code == DiagnosticCode::FileNotReadable);
}

void TestByteSource::manyThreadsReadOneSource()
{
    QByteArray bytes;
    for (int i = 0; i < 10'000; ++i)
        bytes += QByteArray::number(i).rightJustified(8, '0');
    const QTemporaryDir folder;
    const auto source = openFile(written(folder, "a.log", bytes));
    std::atomic<int> wrong = 0;
    {
        std::vector<std::jthread> threads;
        for (int thread = 0; thread < 4; ++thread) {
            threads.emplace_back([&, thread] {
                for (int i = thread; i < 10'000; i += 4) {
                    const auto expected = QByteArray::number(i).rightJustified(8, '0').toStdString();
                    wrong += textAt(**source, static_cast<std::uint64_t>(i) * 8, 8) == expected ? 0 : 1;
                }
            });
        }
    }
    QCOMPARE(wrong.load(), 0);
}

void TestByteSource::filesBeyondFourGigabytesAreRead()
{
    const QTemporaryDir folder;
    const auto path = written(folder, "a.log", "start");
    const int file = ::open(path.c_str(), O_WRONLY | O_CLOEXEC);
    constexpr std::uint64_t offset = std::uint64_t{5} << 30;
    const bool isWritten = ::pwrite(file, "end", 3, static_cast<off_t>(offset)) == 3;
    ::close(file);
    if (!isWritten)
        QSKIP("no sparse files here");
    const auto source = openFile(path);
    QCOMPARE((*source)->size(), offset + 3);
    QCOMPARE(textAt(**source, offset, 10), std::string("end"));
}

QTEST_APPLESS_MAIN(TestByteSource)

#include "tst_bytesource.moc"
