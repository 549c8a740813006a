// SPDX-FileCopyrightText: The Halfshake authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "models/io/spool.h"

#include <dirent.h>

#include <QDir>
#include <QTemporaryDir>
#include <QTest>

using namespace halfshake;

namespace {

std::span<const std::byte> bytesOf(const std::string& text)
{
    return std::as_bytes(std::span{text});
}

std::string textOf(const ByteSource& source)
{
    std::string text(source.size(), '\0');
    const auto count = source.read(0, std::as_writable_bytes(std::span{text}));
    text.resize(count.value());
    return text;
}

} // namespace

class TestSpool : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void cleanup();
    void smallAndLargeMembersComeBack();
    void aDiscardedMemberLeavesNothingBehind();
    void membersOutliveTheSpool();
    void temporaryFilesHaveNoName();
    void tenThousandMembersNeedOneDescriptor();
    void noRoomIsAnError();

private:
    std::unique_ptr<QTemporaryDir> m_folder;
};

void TestSpool::init()
{
    m_folder = std::make_unique<QTemporaryDir>();
    qputenv("TMPDIR", m_folder->path().toUtf8());
}

void TestSpool::cleanup()
{
    qunsetenv("TMPDIR");
    m_folder.reset();
}

void TestSpool::smallAndLargeMembersComeBack()
{
    Spool spool;
    std::vector<std::string> expected;
    std::vector<std::shared_ptr<const ByteSource>> members;
    for (const auto size : {std::size_t{0}, std::size_t{1}, Spool::largestInMemory, Spool::largestInMemory + 1,
             std::size_t{5}, 3 * Spool::largestInMemory, std::size_t{0}}) {
        const std::string text(size, static_cast<char>('a' + members.size()));
        for (std::size_t i = 0; i < size; i += 100'000)
            QVERIFY(spool.append(bytesOf(text).subspan(i).first(std::min<std::size_t>(100'000, size - i))).has_value());
        QCOMPARE(spool.memberSize(), std::uint64_t{size});
        expected.push_back(text);
        members.push_back(spool.finishMember());
    }
    for (std::size_t i = 0; i < members.size(); ++i) {
        QCOMPARE(members[i]->size(), std::uint64_t{expected[i].size()});
        QVERIFY(textOf(*members[i]) == expected[i]);
    }
}

void TestSpool::aDiscardedMemberLeavesNothingBehind()
{
    Spool spool;
    const std::string large(2 * Spool::largestInMemory, 'x');
    QVERIFY(spool.append(bytesOf(large)).has_value());
    const auto first = spool.finishMember();
    QVERIFY(spool.append(bytesOf(std::string(3 * Spool::largestInMemory, 'y'))).has_value());
    spool.discardMember();
    QCOMPARE(spool.memberSize(), std::uint64_t{0});
    QVERIFY(spool.append(bytesOf("small")).has_value());
    spool.discardMember();
    QVERIFY(spool.append(bytesOf(std::string(2 * Spool::largestInMemory, 'z'))).has_value());
    const auto second = spool.finishMember();
    QVERIFY(textOf(*first) == large);
    QVERIFY(textOf(*second) == std::string(2 * Spool::largestInMemory, 'z'));
}

void TestSpool::membersOutliveTheSpool()
{
    std::shared_ptr<const ByteSource> member;
    const std::string large(2 * Spool::largestInMemory, 'x');
    {
        Spool spool;
        QVERIFY(spool.append(bytesOf(large)).has_value());
        member = spool.finishMember();
    }
    QVERIFY(textOf(*member) == large);
}

void TestSpool::temporaryFilesHaveNoName()
{
    Spool spool;
    QVERIFY(spool.append(bytesOf(std::string(2 * Spool::largestInMemory, 'x'))).has_value());
    QVERIFY(QDir(m_folder->path()).entryList(QDir::AllEntries | QDir::Hidden | QDir::NoDotAndDotDot).isEmpty());
}

void TestSpool::tenThousandMembersNeedOneDescriptor()
{
    const auto descriptors = [] { return QDir(QStringLiteral("/proc/self/fd")).count(); };
    const auto before = descriptors();
    Spool spool;
    std::vector<std::shared_ptr<const ByteSource>> members;
    const std::string small(8000, 's');
    for (int i = 0; i < 10'000; ++i) { // 80 MB: more than the budget in memory
        QVERIFY(spool.append(bytesOf(small)).has_value());
        members.push_back(spool.finishMember());
    }
    QVERIFY(descriptors() <= before + 1);
    QVERIFY(textOf(*members.front()) == small);
    QVERIFY(textOf(*members.back()) == small);
}

void TestSpool::noRoomIsAnError()
{
    qputenv("TMPDIR", m_folder->filePath(QStringLiteral("missing")).toUtf8());
    Spool spool;
    QVERIFY(spool.append(bytesOf("small")).has_value());
    const auto appended = spool.append(bytesOf(std::string(2 * Spool::largestInMemory, 'x')));
    QVERIFY(!appended.has_value());
    QVERIFY(appended.error().code == DiagnosticCode::FileNotReadable);
    spool.discardMember();
    QVERIFY(spool.append(bytesOf("small")).has_value());
    QVERIFY(textOf(*spool.finishMember()) == "small");
}

QTEST_APPLESS_MAIN(TestSpool)

#include "tst_spool.moc"
