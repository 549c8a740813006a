// SPDX-FileCopyrightText: The Halfshake authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "models/itemmodels/parametermodel.h"

#include <QAbstractItemModelTester>
#include <QTest>

using namespace halfshake;
using namespace Qt::StringLiterals;

namespace {

Parameter parameter(const char* key, const char* value, std::uint64_t line)
{
    Parameter result;
    result.key = key;
    result.value = value;
    result.place = {.evidence = EvidenceId{0}, .line = line};
    return result;
}

/// Says something about the parameters in these rows.
Finding finding(const char* rule, Verdict verdict, std::initializer_list<std::uint32_t> rows)
{
    Finding result;
    result.rule = rule;
    result.verdict = verdict;
    for (const std::uint32_t row : rows)
        result.values.emplace_back().object = {ObjectKind::Parameter, {}, row};
    return result;
}

std::shared_ptr<const IncidentSnapshot> snapshotWithAFiringRule()
{
    auto file = std::make_shared<ParameterFile>();
    file->evidence = EvidenceId{0};
    file->parameters = {parameter("net.core.somaxconn", "4096", 1), parameter("net.ipv4.ip_forward", "1", 2),
        parameter("net.ipv4.ip_local_port_range", "1024\t65535", 3), parameter("net.ipv4.tcp_syn_retries", "4", 4)};
    file->parameters.back().isReadable = false;
    auto evidence = std::make_shared<Evidence>();
    evidence->id = EvidenceId{0};
    evidence->name = "ingress.txt";
    evidence->parameters = file;
    ParameterScope scope;
    scope.label = "ingress.txt";

    auto snapshot = std::make_shared<IncidentSnapshot>();
    snapshot->evidence.push_back(evidence);
    snapshot->parameters = std::make_shared<ParameterStore>(std::vector<std::shared_ptr<const ParameterFile>>{file},
        std::map<EvidenceId, ParameterScope>{{EvidenceId{0}, scope}});
    snapshot->findings = {finding("PORT-001", Verdict::Fires, {2}), finding("HS-007", Verdict::Clear, {2, 0})};
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
