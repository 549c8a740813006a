// SPDX-FileCopyrightText: The Halfshake authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "widgets/common/linklabel.h"
#include "widgets/common/objectlink.h"

#include <QTest>

using namespace halfshake;
using namespace Qt::StringLiterals;

class TestObjectLink : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void aLinkLeadsBackToItsObject();
    void anythingElseIsNoObject_data();
    void anythingElseIsNoObject();
    void webAddressesInTextBecomeLinks();
};

void TestObjectLink::aLinkLeadsBackToItsObject()
{
    const ObjectRef objects[] = {{ObjectKind::Line, EvidenceId{3}, 209},
        {ObjectKind::Packet, EvidenceId{0}, 4'294'967'294u}, {ObjectKind::Cause, {}, 0}};
    for (const ObjectRef object : objects)
        QVERIFY(objectOfLink(linkTo(object)) == object);
    QVERIFY(objectAt({.evidence = EvidenceId{3}, .line = 210}) == objects[0]);
    QVERIFY(!objectAt({}).isValid());
}

void TestObjectLink::anythingElseIsNoObject_data()
{
    QTest::addColumn<QString>("address");
    QTest::newRow("web") << u"https://example.test/"_s;
    QTest::newRow("nothing") << QString();
    QTest::newRow("scheme only") << u"halfshake:"_s;
    QTest::newRow("unknown kind") << u"halfshake:200/0/0"_s;
    QTest::newRow("no numbers") << u"halfshake:a/b/c"_s;
    QTest::newRow("negative") << u"halfshake:7/-1/2"_s;
}

void TestObjectLink::anythingElseIsNoObject()
{
    QFETCH(const QString, address);
    QVERIFY(!objectOfLink(address).isValid());
}

void TestObjectLink::webAddressesInTextBecomeLinks()
{
    QCOMPARE(LinkLabel::withWebLinks(u"see https://example.test/a?b=1. <b>"_s),
        u"see <a href=\"https://example.test/a?b=1\">https://example.test/a?b=1</a>. &lt;b&gt;"_s);
}

QTEST_MAIN(TestObjectLink)
#include "tst_objectlink.moc"
