// SPDX-FileCopyrightText: The Halfshake authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "models/rules/ruleengine.h"

#include <QDir>
#include <QFile>
#include <QTest>

#include <algorithm>
#include <map>
#include <set>

using namespace halfshake;

namespace {

const QString folder = QStringLiteral(HALFSHAKE_EVIDENCE "/public/parameters/");

struct NamedFile
{
    QString path; ///< Below folder.
    ParameterFileKind kind;
};

/// The dump, and the files of sysctl.d that the same sosreport holds.
QList<NamedFile> filesOf(const QString& dump)
{
    QList<NamedFile> files{{dump, ParameterFileKind::SysctlDump}};
    const auto root = dump.section(QLatin1Char('/'), 0, 0);
    for (const auto* const place : {"/etc", "/etc/sysctl.d"}) {
        const QDir directory(folder + root + QLatin1String(place));
        for (const auto& name : directory.entryList({QStringLiteral("*.conf")}, QDir::Files, QDir::Name))
            files.append(
                {root + QLatin1String(place) + QLatin1Char('/') + name, ParameterFileKind::SysctlConfiguration});
    }
    return files;
}

/// What the program reads of one host's files.
ParameterStore storeOf(const QString& dump)
{
    std::vector<std::shared_ptr<const ParameterFile>> read;
    std::map<EvidenceId, ParameterScope> scopes;
    for (const auto& named : filesOf(dump)) {
        QFile file(folder + named.path);
        JobContext job;
        const EvidenceId evidence{static_cast<std::uint32_t>(read.size())};
        if (!file.open(QIODevice::ReadOnly))
            continue;
        auto parameters = readParameterFile(memorySource(file.readAll().toStdString()), evidence, named.kind, job);
        if (!parameters)
            continue;
        read.push_back(*parameters);
        scopes[evidence] = {.host = {},
            .networkNamespace = {},
            .label = named.path.toStdString(),
            .path = QString(folder + named.path).toStdString()};
    }
    return {std::move(read), std::move(scopes)};
}

/// The evaluator took observations that it did not have for "nothing happened", by default(log(...), 0): our verdict is
/// unknown, and is the evaluator's once they are given.
bool restsOnMissingObservations(const QString& rule)
{
    return rule == QLatin1String("NB-001") || rule == QLatin1String("MEM-001") || rule == QLatin1String("FWD-003");
}

ValueMap nothingHappened()
{
    return {{"kernelMessages", Value::map({{"NEIGH_OVERFLOW", std::int64_t{0}}, {"TCP_OOM", std::int64_t{0}}})},
        {"counters",
            Value::map({{"neighbour/entries", std::int64_t{0}}, {"sockstat/TCP/mem", std::int64_t{0}},
                {"TcpExt/IPReversePathFilter", std::int64_t{0}}})}};
}

/// The evaluator could not look into sysctl.d for these rules and said "unknown"; we read the files. And where a key of
/// sysctl.d is denied in the dump, DR-001 cannot be clear.
bool isDecidedByFiles(const Rule& rule, const Finding& finding, const QString& verdict)
{
    if (rule.subject == RuleSubject::Configuration && verdict == QLatin1String("unknown"))
        return finding.verdict != Verdict::Error;
    // nginx without keepalive keeps no upstream connections: a documented default the evaluator did not assume
    if (rule.id == "T-003" && verdict == QLatin1String("unknown"))
        return std::ranges::any_of(finding.values, &FindingValue::isAssumed);
    return rule.id == "DR-001" && finding.verdict == Verdict::Unknown
        && std::ranges::all_of(
            finding.missing, [](const MissingInput& input) { return input.name.contains("(not readable)"); });
}

/// The variables a rule sees: those of its kind of subject, else those of the dump.
Subject subjectFor(const Rule& rule, const std::vector<Subject>& subjects)
{
    const auto own = std::ranges::find(subjects, rule.subject, &Subject::kind);
    auto subject = own == subjects.end() ? subjects.front() : *own;
    return subject;
}

/// "file + fact": what the independent evaluator was given besides the dump.
void addFact(const QString& fact, ValueMap& k8s, ValueMap& variables)
{
    const auto number = [&fact] {
        return fact.section(QLatin1Char(' '), -1).section(QLatin1Char('='), -1).toLongLong();
    };
    if (fact.startsWith(QLatin1String("proxy_mode=")))
        k8s.insert_or_assign(
            "proxyMode", fact.section(QLatin1Char('='), 1).section(QLatin1Char(' '), 0, 0).toStdString());
    else if (fact.startsWith(QLatin1String("nodePorts ")))
        k8s.insert_or_assign("nodePorts", *PortSet::parseList(fact.section(QLatin1Char(' '), 1).toStdString()));
    else if (fact.startsWith(QLatin1String("nginx proxy_connect_timeout=")))
        variables.insert_or_assign("nginx",
            Value::map(
                {{"proxyConnectTimeout", Duration{std::chrono::seconds{number()}}}, {"isIngressController", false}}));
    else if (fact.startsWith(QLatin1String("tomcat "))) {
        const auto seconds = fact.section(QLatin1Char(' '), 1, 1).section(QLatin1Char('s'), 0, 0).toLongLong();
        variables.insert_or_assign("tomcat", Value::map({{"idleTimeout", Duration{std::chrono::seconds{seconds}}}}));
    } else if (fact.startsWith(QLatin1String("nginx upstream keepalive ")))
        variables.insert_or_assign("nginx",
            Value::map({{"upstreamKeepalive", std::int64_t{320}}, {"isIngressController", false},
                {"upstreamKeepaliveTimeout", Duration{std::chrono::seconds{60}}}}));
    else if (fact.startsWith(QLatin1String("capture max SYN/ACK")))
        variables.insert_or_assign("capture", Value::map({{"synAckRepetition", std::int64_t{number()}}}));
    else if (fact == QLatin1String("no kubernetes evidence"))
        k8s.clear();
}

} // namespace

/// The rules over real dumps, against the verdicts of an independent evaluator.
class TestPublicDumps : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void verdictsEqualThoseOfTheIndependentEvaluator_data();
    void verdictsEqualThoseOfTheIndependentEvaluator();
    void noFindingOfHealthyDumpsIsWrong_data();
    void noFindingOfHealthyDumpsIsWrong();
};

void TestPublicDumps::verdictsEqualThoseOfTheIndependentEvaluator_data()
{
    QTest::addColumn<QString>("input");
    QTest::addColumn<QString>("rule");
    QTest::addColumn<QString>("verdict");
    QTest::addColumn<QString>("severity");
    static const auto catalogue = RuleCatalogue::shipped();
    QFile table(folder + QStringLiteral("verdicts.tsv"));
    QVERIFY(table.open(QIODevice::ReadOnly));
    int rows = 0;
    for (const auto& line : table.readAll().split('\n')) {
        const auto fields = QString::fromUtf8(line).split(QLatin1Char('\t'));
        if (fields.size() < 4 || !catalogue.find(fields[1].toStdString()))
            continue;
        QTest::newRow(qPrintable(fields[0] + QStringLiteral(": ") + fields[1]))
            << fields[0] << fields[1] << fields[2] << fields[3];
        ++rows;
    }
    QVERIFY(rows > 900);
}

void TestPublicDumps::verdictsEqualThoseOfTheIndependentEvaluator()
{
    QFETCH(QString, input);
    QFETCH(QString, rule);
    QFETCH(QString, verdict);
    QFETCH(QString, severity);
    static const auto catalogue = RuleCatalogue::shipped();
    const auto parts =
        QString(input).replace(QStringLiteral(", nginx"), QStringLiteral(" + nginx")).split(QStringLiteral(" + "));
    const auto store = storeOf(parts[0]);
    const auto subjects = subjectsOf(store, Correlation{});
    QVERIFY(!subjects.empty());
    const auto& tested = *catalogue.find(rule.toStdString());
    auto subject = subjectFor(tested, subjects);
    ValueMap k8s{{"present", true}};
    for (const auto& fact : parts.mid(1))
        addFact(fact, k8s, subject.variables);
    subject.variables.insert_or_assign("k8s", Value::map(k8s));
    if (rule == QLatin1String("HS-015")) // the evaluator took every namespace for a controller's
        subject.variables.insert_or_assign("nginx", Value::map({{"isIngressController", true}}));
    auto finding = evaluate(tested, subject);
    if (isDecidedByFiles(tested, finding, verdict))
        return;
    if (restsOnMissingObservations(rule) && finding.verdict == Verdict::Unknown) {
        QVERIFY(!finding.missing.empty());
        auto observations = nothingHappened();
        subject.variables.merge(observations);
        finding = evaluate(tested, subject);
    }
    const std::map<QString, Verdict> words{{QStringLiteral("fire"), Verdict::Fires},
        {QStringLiteral("clear"), Verdict::Clear}, {QStringLiteral("unknown"), Verdict::Unknown},
        {QStringLiteral("n/a"), Verdict::NotApplicable}};
    QVERIFY(words.contains(verdict));
    QCOMPARE(toString(finding.verdict), toString(words.at(verdict)));
    if (finding.verdict == Verdict::Fires)
        QCOMPARE(QString::fromUtf8(toString(finding.severity).data()), severity);
}

/// Real dumps of hosts nobody complained about, with the rules that may speak up and why they are right.
void TestPublicDumps::noFindingOfHealthyDumpsIsWrong_data()
{
    QTest::addColumn<QString>("dump");
    QTest::addColumn<QStringList>("allowed");
    QTest::newRow("node of a Kubernetes cluster")
        << QStringLiteral("hotsos-kubernetes/sos_commands/kernel/sysctl_-a") << QStringList{QStringLiteral("DR-003")};
    // 99-cloudimg-ipv6.conf takes back what 10-ipv6-privacy.conf sets; a container: values are missing
    QTest::newRow("container of rabbitmq") << QStringLiteral("hotsos-rabbitmq/sos_commands/kernel/sysctl_-a")
                                           << QStringList{QStringLiteral("DR-003"), QStringLiteral("DR-008")};
    QTest::newRow("Ubuntu 18.04") << QStringLiteral("jc-ubuntu-18.04/sysctl-a.out") << QStringList{};
    QTest::newRow("CentOS 7.7") << QStringLiteral("jc-centos-7.7/sysctl-a.out") << QStringList{};
}

void TestPublicDumps::noFindingOfHealthyDumpsIsWrong()
{
    QFETCH(QString, dump);
    QFETCH(QStringList, allowed);
    static const auto catalogue = RuleCatalogue::shipped();
    const auto store = storeOf(dump);
    QVERIFY(!store.parameters().empty());
    QStringList fired;
    for (const auto& finding : evaluateAll(catalogue, subjectsOf(store, Correlation{}))) {
        QVERIFY2(finding.verdict != Verdict::Error, (finding.rule + ": " + finding.errorText).c_str());
        if (finding.verdict == Verdict::Fires && !finding.isContext)
            fired.append(QString::fromStdString(finding.rule));
    }
    fired.removeDuplicates();
    QCOMPARE(fired, allowed);
}

QTEST_GUILESS_MAIN(TestPublicDumps)
#include "tst_publicdumps.moc"
