// SPDX-FileCopyrightText: The Halfshake authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "widgets/common/icons.h"
#include "widgets/common/levelicon.h"
#include "widgets/common/theme.h"

#include <QApplication>
#include <QDir>
#include <QImage>
#include <QTest>

#include <cmath>
#include <set>

using namespace halfshake;
using namespace Qt::StringLiterals;

namespace {

/// WCAG 2.2, relative luminance.
double luminance(const QColor& color)
{
    const auto linear = [](double channel) {
        return channel <= 0.04045 ? channel / 12.92 : std::pow((channel + 0.055) / 1.055, 2.4);
    };
    return 0.2126 * linear(color.redF()) + 0.7152 * linear(color.greenF()) + 0.0722 * linear(color.blueF());
}

/// WCAG 2.2, contrast ratio.
double contrast(const QColor& a, const QColor& b)
{
    const double first = luminance(a);
    const double second = luminance(b);
    return (std::max(first, second) + 0.05) / (std::min(first, second) + 0.05);
}

/// The darkest, most opaque pixel tells the colour an icon was drawn in.
QColor inkOf(const QIcon& icon)
{
    const QImage image = icon.pixmap(QSize(44, 44), 1.0).toImage();
    QColor ink = Qt::transparent;
    for (int y = 0; y < image.height(); ++y) {
        for (int x = 0; x < image.width(); ++x) {
            if (image.pixelColor(x, y).alpha() > ink.alpha())
                ink = image.pixelColor(x, y);
        }
    }
    return ink;
}

} // namespace

class TestTheme : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void textIsLegible_data();
    void textIsLegible();
    void levelsDifferByShapeAndAreVisible_data();
    void levelsDifferByShapeAndAreVisible();
    void iconsFollowTheTheme();
    void everyIconIsDrawn();
};

void TestTheme::textIsLegible_data()
{
    QTest::addColumn<ThemeMode>("mode");
    QTest::newRow("light") << ThemeMode::Light;
    QTest::newRow("dark") << ThemeMode::Dark;
}

void TestTheme::textIsLegible()
{
    QFETCH(const ThemeMode, mode);
    Theme theme;
    theme.setMode(mode);
    const QPalette palette = QApplication::palette();
    QCOMPARE(isDark(palette), mode == ThemeMode::Dark);
    const auto ratio = [&palette](QPalette::ColorRole text, QPalette::ColorRole background) {
        return contrast(palette.color(text), palette.color(background));
    };
    QVERIFY(ratio(QPalette::Text, QPalette::Base) >= 7);
    QVERIFY(ratio(QPalette::WindowText, QPalette::Window) >= 7);
    QVERIFY(ratio(QPalette::ButtonText, QPalette::Button) >= 7);
    QVERIFY(ratio(QPalette::ToolTipText, QPalette::ToolTipBase) >= 7);
    QVERIFY(ratio(QPalette::HighlightedText, QPalette::Highlight) >= 4.5);
    QVERIFY(ratio(QPalette::Link, QPalette::Base) >= 4.5);
    QVERIFY(ratio(QPalette::PlaceholderText, QPalette::Base) >= 4.5);
    QVERIFY(ratio(QPalette::PlaceholderText, QPalette::Window) >= 4.5);
}

void TestTheme::levelsDifferByShapeAndAreVisible_data()
{
    textIsLegible_data();
}

void TestTheme::levelsDifferByShapeAndAreVisible()
{
    QFETCH(const ThemeMode, mode);
    Theme theme;
    theme.setMode(mode);
    const QPalette palette = QApplication::palette();
    std::set<GlyphShape> shapes;
    for (const auto eventClass : {EventClass::Completed, EventClass::Unknown, EventClass::Slow, EventClass::ClosedEarly,
             EventClass::Refused, EventClass::Failed}) {
        const LevelIcon icon = levelIcon(eventClass, palette);
        shapes.insert(icon.shape);
        QVERIFY(contrast(icon.color, palette.color(QPalette::Base)) >= 3);
    }
    QCOMPARE(shapes.size(), std::size_t{6});
    QVERIFY(contrast(successIcon(palette).color, palette.color(QPalette::Base)) >= 3);
    QVERIFY(levelIcon(DiagnosticLevel::Warning, palette).shape != levelIcon(DiagnosticLevel::Error, palette).shape);
}

void TestTheme::iconsFollowTheTheme()
{
    Theme theme;
    const QIcon icon = themedIcon(u"zoomin"_s);
    QVERIFY(!icon.isNull());
    theme.setMode(ThemeMode::Light);
    QVERIFY(inkOf(icon).lightness() < 80);
    theme.setMode(ThemeMode::Dark);
    QVERIFY(inkOf(icon).lightness() > 180);
    QVERIFY(themedIcon(u"no-such-icon"_s).isNull());
}

void TestTheme::everyIconIsDrawn()
{
    const QStringList files = QDir(u":/icons"_s).entryList({u"*.svg"_s});
    QVERIFY(files.size() > 20);
    for (const QString& file : files)
        QVERIFY2(inkOf(themedIcon(file.chopped(4))).alpha() > 200, qPrintable(file));
}

QTEST_MAIN(TestTheme)
#include "tst_theme.moc"
