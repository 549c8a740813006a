// SPDX-FileCopyrightText: The Halfshake authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "models/base/stringpool.h"

#include <QTest>

#include <memory>
#include <string>

using namespace halfshake;

class TestStringPool : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void equalStringsGetOneId();
    void theEmptyStringIsThereFromTheStart();
    void lookingUpDoesNotAdd();
    void viewsStayValidWhileThePoolGrows();
    void aCopyOutlivesItsOriginal();
    void aMovedPoolKeepsItsIds();
    void addedStringsAreKeptButNotFound();
};

void TestStringPool::equalStringsGetOneId()
{
    StringPool pool;
    const auto first = pool.intern("backend-a");
    const auto second = pool.intern("backend-b");
    QVERIFY(first != second);
    QVERIFY(pool.intern(std::string("backend-a")) == first);
    QCOMPARE(pool.view(second), std::string_view{"backend-b"});
    QCOMPARE(pool.size(), std::size_t{3});
}

void TestStringPool::theEmptyStringIsThereFromTheStart()
{
    const StringPool pool;
    QCOMPARE(pool.find("").value(), 0u);
    QCOMPARE(pool.view(StringId{0}), std::string_view{});
}

void TestStringPool::lookingUpDoesNotAdd()
{
    StringPool pool;
    QVERIFY(!pool.find("unknown").isValid());
    QCOMPARE(pool.size(), std::size_t{1});
}

void TestStringPool::viewsStayValidWhileThePoolGrows()
{
    StringPool pool;
    const auto view = pool.view(pool.intern("short"));
    for (int i = 0; i < 10'000; ++i)
        pool.intern(std::to_string(i));
    QCOMPARE(view, std::string_view{"short"});
    QCOMPARE(pool.view(pool.find("9999")), std::string_view{"9999"});
}

void TestStringPool::aCopyOutlivesItsOriginal()
{
    auto original = std::make_unique<StringPool>();
    const auto id = original->intern("10.0.0.1:8080");
    const StringPool copy{*original};
    StringPool assigned;
    assigned = *original;
    original->intern("later");
    original.reset();

    QVERIFY(copy.find("10.0.0.1:8080") == id);
    QVERIFY(!copy.find("later").isValid());
    QVERIFY(assigned.intern("10.0.0.1:8080") == id);
}

void TestStringPool::aMovedPoolKeepsItsIds()
{
    StringPool original;
    const auto id = original.intern("short");
    StringPool moved{std::move(original)};
    QVERIFY(moved.intern("short") == id);
    QCOMPARE(moved.view(id), std::string_view{"short"});
}

void TestStringPool::addedStringsAreKeptButNotFound()
{
    StringPool pool;
    const auto first = pool.add("1c8c66829a90105ef065f2e6514d2290");
    const auto second = pool.add("1c8c66829a90105ef065f2e6514d2290");
    QVERIFY(first != second);
    QCOMPARE(pool.view(first), pool.view(second));
    QVERIFY(!pool.find("1c8c66829a90105ef065f2e6514d2290").isValid());
    const auto interned = pool.intern("1c8c66829a90105ef065f2e6514d2290");
    QVERIFY(interned != first);
    const StringPool copy{pool};
    QCOMPARE(copy.view(second), pool.view(first));
    QVERIFY(copy.find("1c8c66829a90105ef065f2e6514d2290") == interned);
}

QTEST_APPLESS_MAIN(TestStringPool)

#include "tst_stringpool.moc"
