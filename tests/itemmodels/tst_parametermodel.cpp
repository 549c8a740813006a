// SPDX-FileCopyrightText: The Halfshake authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "models/itemmodels/parametermodel.h"

#include <QAbstractItemModelTester>
#include <QTest>

using namespace halfshake;
using namespace Qt::StringLiterals;

namespace {

std::shared_ptr<const IncidentSnapshot> snapshotWithAFiringRule()
{
    auto file = std::make_shared<ParameterFile>();
    file->evidence = EvidenceId{0};
    const char* const settings[][2] = {{"net.core.somaxconn", "4096"}, {"net.ipv4.ip_forward", "1"},
        {"net.ipv4.ip_local_port_range", "1024\t65535"}, {"net.ipv4.tcp_syn_retries", "4"}};
    for (std::uint64_t line = 1; const auto& [key, value] : settings) {
        file->parameters.push_back({.key = key, .value = value, .place = {.evidence = EvidenceId{0}, .line = line++}});
    }
    file->parameters.back().isReadable = false;
    auto evidence = std::make_shared<Evidence>();
    evidence->id = EvidenceId{0};
    evidence->name = "ingress.txt";
    evidence->parameters = file;

    auto snapshot = std::make_shared<IncidentSnapshot>();
    snapshot->evidence.push_back(evidence);
    snapshot->parameters = std::make_shared<ParameterStore>(std::vector<std::shared_ptr<const ParameterFile>>{file},
        std::map<EvidenceId, ParameterScope>{{EvidenceId{0}, {.label = "ingress.txt"}}});
    const auto uses = [](std::uint32_t row) { return FindingValue{.object = {ObjectKind::Parameter, {}, row}}; };
    snapshot->findings.push_back({.rule = "PORT-001", .verdict = Verdict::Fires, .values = {uses(2)}});
    snapshot->findings.push_back({.rule = "HS-007", .verdict = Verdict::Clear, .values = {uses(2), uses(0)}});
    return snapshot;
}

} // namespace

class TestParameterModel : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void theModelKeepsItsPromises();
    void whatAFiringRuleRestsOnComesFirst();
    void theFilterLooksAtKeyValueAndRules();
    void anUnreadableValueIsNotShownAsAValue();
};

void TestParameterModel::theModelKeepsItsPromises()
{
    ParameterModel model;
    QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
    model.setSnapshot(snapshotWithAFiringRule());
    QCOMPARE(model.rowCount(), 4);
    model.setFilterText(u"tcp"_s);
    QCOMPARE(model.rowCount(), 1);
    QCOMPARE(model.totalCount(), 4);
}

void TestParameterModel::whatAFiringRuleRestsOnComesFirst()
{
    ParameterModel model;
    model.setSnapshot(snapshotWithAFiringRule());
    const QModelIndex first = model.index(0, ParameterModel::KeyColumn);
    QCOMPARE(first.data().toString(), u"net.ipv4.ip_local_port_range"_s);
    QVERIFY(first.data(ParameterModel::IsCitedRole).toBool());
    QCOMPARE(first.siblingAtColumn(ParameterModel::ValueColumn).data().toString(), u"1024 65535"_s);
    QCOMPARE(first.siblingAtColumn(ParameterModel::RulesColumn).data().toString(), u"PORT-001, HS-007"_s);
    QCOMPARE(first.siblingAtColumn(ParameterModel::PlaceColumn).data().toString(), u"ingress.txt:3"_s);
    QCOMPARE(first.siblingAtColumn(ParameterModel::SubjectColumn).data().toString(), u"ingress.txt"_s);
    // a rule that is clear cites nothing
    QVERIFY(!model.index(1, 0).data(ParameterModel::IsCitedRole).toBool());
    QCOMPARE(model.indexOf({ObjectKind::Parameter, {}, 2}).row(), 0);
    QCOMPARE(model.indexOf({ObjectKind::Parameter, {}, 0}).row(), 1);
}

void TestParameterModel::theFilterLooksAtKeyValueAndRules()
{
    ParameterModel model;
    model.setSnapshot(snapshotWithAFiringRule());
    for (const QString& text : {u"port_range"_s, u"65535"_s, u"port-001"_s}) {
        model.setFilterText(text);
        QCOMPARE(model.rowCount(), 1);
        QCOMPARE(model.index(0, 0).data().toString(), u"net.ipv4.ip_local_port_range"_s);
    }
    QVERIFY(!model.indexOf({ObjectKind::Parameter, {}, 0}).isValid());
}

void TestParameterModel::anUnreadableValueIsNotShownAsAValue()
{
    ParameterModel model;
    model.setSnapshot(snapshotWithAFiringRule());
    const QModelIndex index = model.indexOf({ObjectKind::Parameter, {}, 3});
    QCOMPARE(index.siblingAtColumn(ParameterModel::ValueColumn).data().toString(), u"not readable"_s);
}

QTEST_GUILESS_MAIN(TestParameterModel)
#include "tst_parametermodel.moc"
