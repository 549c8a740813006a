// SPDX-FileCopyrightText: The Halfshake authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "models/logs/textescape.h"

#include <QTest>

using namespace halfshake;

class TestTextEscape : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void nginxEscapesBecomeBytes();
    void jsonEscapesBecomeUtf8();
    void rawTextStaysAsItIs();
    void brokenEscapesStayAsTheyAre();
};

namespace {

std::string undone(std::string_view text, ValueEscape escape)
{
    std::string buffer;
    return std::string{unescaped(text, escape, buffer)};
}

} // namespace

void TestTextEscape::nginxEscapesBecomeBytes()
{
    QCOMPARE(undone(R"(/u/ok/\xE4\xB8\xAD?q=\x22x\x22\x5Cy)", ValueEscape::Default), "/u/ok/\xE4\xB8\xAD?q=\"x\"\\y");
    QCOMPARE(undone(R"(Apache \"quoted\" \\)", ValueEscape::Default), R"(Apache "quoted" \)");
    QCOMPARE(undone(R"(\n)", ValueEscape::Default), R"(\n)");
}

void TestTextEscape::jsonEscapesBecomeUtf8()
{
    QCOMPARE(
        undone(R"(a\"b\\c\/d\n\t\u4e2d\uD83D\uDE00)", ValueEscape::Json), "a\"b\\c/d\n\t\xE4\xB8\xAD\xF0\x9F\x98\x80");
    QCOMPARE(undone(R"(\x16\x03)", ValueEscape::Json), "\x16\x03");
}

void TestTextEscape::rawTextStaysAsItIs()
{
    QCOMPARE(undone(R"(a\x22b)", ValueEscape::None), R"(a\x22b)");
    QCOMPARE(undone("plain", ValueEscape::Default), "plain");
}

void TestTextEscape::brokenEscapesStayAsTheyAre()
{
    QCOMPARE(undone(R"(\x2)", ValueEscape::Default), R"(\x2)");
    QCOMPARE(undone(R"(a\)", ValueEscape::Json).size(), std::size_t{2});
    QCOMPARE(undone(R"(\u12)", ValueEscape::Json), R"(\u12)");
    QCOMPARE(undone(R"(\uD800x)", ValueEscape::Json), "\xEF\xBF\xBDx");
}

QTEST_APPLESS_MAIN(TestTextEscape)

#include "tst_textescape.moc"
