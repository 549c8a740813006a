// SPDX-FileCopyrightText: The Halfshake authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "tests/parameters/readparameters.h"

#include <QDir>
#include <QDirIterator>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QTest>

#include <format>
#include <set>

using namespace halfshake;
using namespace halfshake::test;

namespace {

const QString evidenceRoot = QStringLiteral(HALFSHAKE_EVIDENCE);

QString publicFile(const QByteArray& name)
{
    return evidenceRoot + QStringLiteral("/public/parameters/") + QString::fromUtf8(name);
}

std::shared_ptr<const ParameterFile> readFile(const QString& path, EvidenceId id = evidence)
{
    const auto file = readText(contentOf(path), id);
    return file ? *file : nullptr;
}

/// "1024 65535" of "1024<tab>65535": the table compares with single blanks.
QByteArray normalised(std::string_view value)
{
    return QByteArray(value.data(), static_cast<qsizetype>(value.size())).simplified();
}

std::set<int> truePorts()
{
    QFile file(evidenceRoot + QStringLiteral("/incidents/k8s/nodeports-truth.json"));
    if (!file.open(QIODevice::ReadOnly))
        return {};
    std::set<int> ports;
    const auto truth = QJsonDocument::fromJson(file.readAll()).object();
    for (const auto& port : truth[QStringLiteral("nodeports")].toArray())
        ports.insert(port.toInt());
    return ports;
}

/// The files of all incidents whose path matches.
QStringList incidentFiles(const QString& folder)
{
    QStringList files;
    QDirIterator it(evidenceRoot + QStringLiteral("/incidents"), QDir::Files, QDirIterator::Subdirectories);
    while (it.hasNext()) {
        if (const auto path = it.next(); path.contains(QLatin1Char('/') + folder + QLatin1Char('/')))
            files << path;
    }
    files.sort();
    return files;
}

} // namespace

class TestParameterCorpus : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void publicFilesHaveTheValuesOfTheTable_data();
    void publicFilesHaveTheValuesOfTheTable();
    void bsdDumpsAreRefused();
    void dumpsOfManyHostsHaveASectionForEach_data();
    void dumpsOfManyHostsHaveASectionForEach();
    void nodePortsEqualTheTruthInEveryForm_data();
    void nodePortsEqualTheTruthInEveryForm();
    void allFormsTogetherCountEveryNodePortOnce();
    void theIngressWorkloadWritesThePortRange();
    void thePublishedPatchWritesThePortRange();
    void incidentDumpsAreReadLineByLine();
    void onlyTheHostsDumpIsOfTheInitialNamespace();
    void nginxConfigurationsHaveTheDirectivesThatStandInThem();
    void settingsOfTheClusterAreFound();
    void countersOfIncidentsAreReadLineByLine();
    void trackedConnectionsAreCountedAsTheLinesSay();
    void aFullAcceptQueueIsSeen();
    void tomcatsSettingsAreFound();
    void logsAndCapturesAreLeftAlone();
};

void TestParameterCorpus::publicFilesHaveTheValuesOfTheTable_data()
{
    QTest::addColumn<QList<QByteArray>>("columns");
    const auto rows = QByteArray::fromStdString(contentOf(publicFile("oracle.tsv"))).trimmed().split('\n');
    QVERIFY(rows.size() > 30);
    for (const auto& row : rows.sliced(1)) {
        const auto columns = row.split('\t');
        if (!columns[1].startsWith("bsd"))
            QTest::newRow(columns[0].constData()) << columns;
    }
}

void TestParameterCorpus::publicFilesHaveTheValuesOfTheTable()
{
    QFETCH(QList<QByteArray>, columns);
    const auto file = readFile(publicFile(columns[0]));
    QVERIFY(file);
    QVERIFY(file->kind
        == (columns[1].startsWith("sysctl-a") ? ParameterFileKind::SysctlDump
                                              : ParameterFileKind::SysctlConfiguration));
    std::set<std::string> keys;
    qsizetype readable = 0;
    qsizetype denied = 0;
    for (const auto& parameter : file->parameters) {
        if (parameter.isReadable)
            keys.insert(parameter.key);
        ++(parameter.isReadable ? readable : denied);
    }
    QCOMPARE(readable, columns[2].toLongLong());
    QCOMPARE(static_cast<qsizetype>(keys.size()), columns[3].toLongLong());
    QCOMPARE(denied, columns[4].toLongLong());
    static constexpr const char* checkedKeys[] = {"net.ipv4.ip_local_port_range", "net.ipv4.tcp_tw_reuse",
        "net.ipv4.tcp_synack_retries", "net.core.somaxconn", "net.netfilter.nf_conntrack_max"};
    const ParameterStore store{{file}, {}};
    for (qsizetype i = 0; i < 5; ++i) {
        const auto* const found = store.find(evidence, checkedKeys[i]);
        QCOMPARE(found ? normalised(found->value) : QByteArray("-"), columns[5 + i]);
    }
    if (columns[1].startsWith("sysctl-a"))
        QCOMPARE(file->isComplete, columns[4] == "0" && columns[8] != "-");
}

void TestParameterCorpus::bsdDumpsAreRefused()
{
    const auto file = readText(contentOf(publicFile("jc-freebsd12/sysctl-a.out")));
    QVERIFY(!file);
    QCOMPARE(file.error().code, DiagnosticCode::ParameterDumpNotLinux);
    QCOMPARE(file.error().arguments, std::vector<std::string>{"FreeBSD"});
}

void TestParameterCorpus::dumpsOfManyHostsHaveASectionForEach_data()
{
    QTest::addColumn<QByteArray>("name");
    for (const char* const style : {"ansible", "pdsh", "tail"})
        QTest::newRow(style) << QByteArray("derived/multi-host-") + style + "-style.txt";
}

void TestParameterCorpus::dumpsOfManyHostsHaveASectionForEach()
{
    QFETCH(QByteArray, name);
    const auto file = readFile(publicFile(name));
    QVERIFY(file);
    // the file holds the dump of the Kubernetes node, then that of another host
    const auto single = readFile(publicFile("hotsos-kubernetes/sos_commands/kernel/sysctl_-a"), EvidenceId{1});
    QCOMPARE(file->sections.size(), std::size_t{2});
    QCOMPARE(file->sections[0].host, "node-kubernetes");
    QCOMPARE(file->sections[1].host, "node-openstack");
    QCOMPARE(file->parameters.back().host, "node-openstack");
    QCOMPARE(file->sections[0].parameterCount, single->parameters.size());
    for (std::size_t i = 0; i < single->parameters.size(); ++i) {
        QCOMPARE(file->parameters[i].key, single->parameters[i].key);
        QCOMPARE(file->parameters[i].value, single->parameters[i].value);
    }
}

void TestParameterCorpus::nodePortsEqualTheTruthInEveryForm_data()
{
    QTest::addColumn<QString>("name");
    for (const char* const name : {"services.json", "services.yaml", "services-wide.txt"})
        QTest::newRow(name) << QString::fromLatin1(name);
}

void TestParameterCorpus::nodePortsEqualTheTruthInEveryForm()
{
    QFETCH(QString, name);
    const auto text = contentOf(evidenceRoot + QStringLiteral("/incidents/k8s/") + name);
    const auto file = readText(text);
    QVERIFY(file);
    QVERIFY((*file)->listsServices);
    QVERIFY((*file)->diagnostics.isEmpty());
    std::set<int> ports;
    const auto lines = QByteArray::fromStdString(text).split('\n');
    for (const auto& port : (*file)->nodePorts) {
        ports.insert(port.port);
        // the place leads to the line that holds the number, and to the byte where it stands
        const auto number = QByteArray::number(port.port);
        QVERIFY(lines[static_cast<qsizetype>(port.place.line - 1)].contains(number));
        QVERIFY(text.substr(static_cast<std::size_t>(port.place.byteOffset), 16).contains(number.toStdString()));
    }
    QVERIFY(!ports.empty());
    QCOMPARE(ports, truePorts());
}

void TestParameterCorpus::allFormsTogetherCountEveryNodePortOnce()
{
    std::vector<std::shared_ptr<const ParameterFile>> files;
    for (const char* const name : {"services-wide.txt", "services.json", "services.yaml"})
        files.push_back(readFile(evidenceRoot + QStringLiteral("/incidents/k8s/") + QString::fromLatin1(name),
            EvidenceId{static_cast<std::uint32_t>(files.size())}));
    const ParameterStore store{files, {}};
    QCOMPARE(store.nodePorts().size(), truePorts().size());
    QCOMPARE(store.nodePortSet("TCP").size(), static_cast<std::uint32_t>(truePorts().size()));
}

void TestParameterCorpus::theIngressWorkloadWritesThePortRange()
{
    const auto path = evidenceRoot + QStringLiteral("/incidents/k8s/ingress-daemonset.yaml");
    const auto file = readFile(path);
    QVERIFY(file);
    QCOMPARE(file->workloads.size(), std::size_t{1});
    const auto& workload = file->workloads[0];
    QCOMPARE(workload.kind, "DaemonSet");
    QCOMPARE(workload.name, "kube-system/nginx-ingress-controller");
    QVERIFY(workload.isHostNetwork);
    QCOMPARE(workload.sysctlWrites.size(), std::size_t{3});
    const auto lines = QByteArray::fromStdString(contentOf(path)).split('\n');
    for (const auto& write : workload.sysctlWrites) {
        QVERIFY(write.isInitContainer);
        QCOMPARE(write.container, "init-sysctl");
        QVERIFY(lines[static_cast<qsizetype>(write.place.line - 1)].contains(write.key.c_str()));
    }
    QCOMPARE(workload.sysctlWrites[1].key, "net.ipv4.ip_local_port_range");
    QCOMPARE(workload.sysctlWrites[1].value, "1024 65535");
}

void TestParameterCorpus::thePublishedPatchWritesThePortRange()
{
    const auto file = readFile(publicFile("k8s/ingress-nginx-sysctl-patch.json"));
    QVERIFY(file);
    QCOMPARE(file->workloads.at(0).sysctlWrites.size(), std::size_t{2});
    QCOMPARE(file->workloads[0].sysctlWrites[0].value, "32768");
    QCOMPARE(file->workloads[0].sysctlWrites[1].value, "1024 65000");
}

void TestParameterCorpus::incidentDumpsAreReadLineByLine()
{
    const auto paths = incidentFiles(QStringLiteral("sysctl"));
    QVERIFY(paths.size() > 40);
    for (const auto& path : paths) {
        const auto text = contentOf(path);
        const auto file = readText(text);
        QVERIFY2(file && (*file)->kind == ParameterFileKind::SysctlDump, qPrintable(path));
        const auto lines = QByteArray::fromStdString(text).split('\n');
        QCOMPARE(static_cast<qsizetype>((*file)->parameters.size()), lines.size() - 1);
        for (const auto& parameter : (*file)->parameters) {
            const auto& line = lines[static_cast<qsizetype>(parameter.place.line - 1)];
            const auto equals = line.indexOf(" = ");
            QCOMPARE(QByteArray::fromStdString(parameter.key), line.first(equals));
            QCOMPARE(QByteArray::fromStdString(parameter.value), line.sliced(equals + 3).trimmed());
        }
        QVERIFY((*file)->isComplete);
        QVERIFY((*file)->diagnostics.isEmpty());
        QCOMPARE((*file)->host, "vm");
    }
}

void TestParameterCorpus::onlyTheHostsDumpIsOfTheInitialNamespace()
{
    for (const auto& path : incidentFiles(QStringLiteral("sysctl")))
        QCOMPARE(readFile(path)->isInitialNamespace, path.endsWith(QStringLiteral("/host.txt")));
}

void TestParameterCorpus::nginxConfigurationsHaveTheDirectivesThatStandInThem()
{
    const auto paths = incidentFiles(QStringLiteral("config"));
    QVERIFY(paths.size() >= 18);
    for (const auto& path : paths) {
        const auto text = contentOf(path);
        const auto file = readText(text);
        QVERIFY2(file && (*file)->kind == ParameterFileKind::NginxConfiguration, qPrintable(path));
        QVERIFY2((*file)->diagnostics.isEmpty(), qPrintable(path));
        for (const char* const name : {"proxy_connect_timeout", "proxy_next_upstream", "keepalive_timeout"}) {
            // at the http level the directive stands behind a blank and before its value
            const auto begin = text.find(std::string{" "} + name + ' ');
            QVERIFY(begin != std::string::npos);
            const auto start = begin + 2 + std::strlen(name);
            QCOMPARE(valueOf(**file, name), text.substr(start, text.find(';', start) - start));
        }
        const auto format = text.find("log_format upstreaminfo '") + std::strlen("log_format upstreaminfo '");
        QCOMPARE(valueOf(**file, "log_format/upstreaminfo"), text.substr(format, text.find("';", format) - format));
    }
}

void TestParameterCorpus::settingsOfTheClusterAreFound()
{
    const auto k8s = evidenceRoot + QStringLiteral("/incidents/k8s/");
    const auto proxy = readFile(k8s + QStringLiteral("kube-proxy-config.yaml"));
    QCOMPARE(valueOf(*proxy, "kube-proxy/mode"), "ipvs");
    QCOMPARE(valueOf(*proxy, "kube-proxy/conntrack.maxPerCore"), "65536");
    const auto ingress = readFile(k8s + QStringLiteral("ingress-configmap.yaml"));
    QCOMPARE(valueOf(*ingress, "ingress-nginx/proxy-connect-timeout"), "40");
    QCOMPARE(ingress->parameters.size(), std::size_t{18});
    const auto nodes = readFile(k8s + QStringLiteral("nodes.txt"));
    QCOMPARE(valueOf(*nodes, "node/cn-lab.192.168.1.22/kubeletVersion"), "v1.22.15-aliyun.1");
    QCOMPARE(valueOf(*nodes, "node/cn-lab.192.168.1.22/kernelVersion"), "4.19.91-26.al7.x86_64");
    QCOMPARE(nodes->kernelVersion, "");
    const auto deployment = readFile(publicFile("k8s/ingress-nginx-baremetal-deploy.yaml"));
    QVERIFY(deployment->nodePorts.empty());
    QVERIFY(deployment->diagnostics.isEmpty());
}

void TestParameterCorpus::countersOfIncidentsAreReadLineByLine()
{
    const auto paths = incidentFiles(QStringLiteral("nstat"));
    QVERIFY(paths.size() > 60);
    for (const auto& path : paths) {
        const auto text = contentOf(path);
        const auto file = readText(text);
        QVERIFY2(file && (*file)->kind == ParameterFileKind::KernelCounters, qPrintable(path));
        const auto lines = QByteArray::fromStdString(text).trimmed().split('\n');
        QCOMPARE(static_cast<qsizetype>((*file)->parameters.size()), lines.size() - 1);
        for (const auto& parameter : (*file)->parameters) {
            const auto line = lines[static_cast<qsizetype>(parameter.place.line - 1)].simplified().split(' ');
            QCOMPARE(QByteArray::fromStdString(parameter.key).replace('/', ""), line[0]);
            QCOMPARE(QByteArray::fromStdString(parameter.value), line[1]);
        }
        QVERIFY((*file)->diagnostics.isEmpty());
    }
}

void TestParameterCorpus::trackedConnectionsAreCountedAsTheLinesSay()
{
    int tables = 0;
    for (const auto& path : incidentFiles(QStringLiteral("ss"))) {
        const auto text = QByteArray::fromStdString(contentOf(path));
        if (!path.contains(QStringLiteral("conntrack")) || !text.contains("src="))
            continue;
        const auto file = readFile(path);
        QVERIFY2(file && file->kind == ParameterFileKind::ConntrackTable, qPrintable(path));
        const auto unanswered = std::ranges::count_if(text.split('\n'),
            [](const QByteArray& line) { return line.contains(" SYN_SENT ") && line.contains("[UNREPLIED]"); });
        const auto expected = unanswered == 0 ? std::string{"<absent>"} : std::to_string(unanswered);
        QCOMPARE(valueOf(*file, "conntrack/tcp/SYN_SENT/UNREPLIED"), expected);
        ++tables;
    }
    QVERIFY(tables > 20);
}

void TestParameterCorpus::aFullAcceptQueueIsSeen()
{
    int full = 0;
    for (const auto& path : incidentFiles(QStringLiteral("ss"))) {
        if (path.contains(QStringLiteral("conntrack")))
            continue;
        const auto file = readFile(path);
        QVERIFY2(file && file->kind == ParameterFileKind::SocketTables, qPrintable(path));
        for (const auto& parameter : file->parameters) {
            const auto queue = parameter.key.find("/Recv-Q");
            if (queue == std::string::npos || parameter.value == "0")
                continue;
            const auto limit = valueOf(*file, parameter.key.substr(0, queue) + "/Send-Q");
            if (std::stoi(parameter.value) > std::stoi(limit)) {
                QVERIFY(path.contains(QStringLiteral("S2-accept-queue/ss/pod-b-mid")));
                ++full;
            }
        }
    }
    QCOMPARE(full, 1);
}

void TestParameterCorpus::tomcatsSettingsAreFound()
{
    const auto file = readFile(evidenceRoot + QStringLiteral("/incidents/k8s/server.xml"));
    QVERIFY(file);
    QCOMPARE(valueOf(*file, "server.xml/Connector@connectionTimeout"), "20000");
    QCOMPARE(lineOf(*file, "server.xml/Connector@connectionTimeout"), 12u);
    QCOMPARE(valueOf(*file, "server.xml/Executor@maxThreads"), "400");
}

void TestParameterCorpus::logsAndCapturesAreLeftAlone()
{
    int files = 0;
    for (const char* const folder :
        {"/public/logs", "/public/pcap", "/proxy-log-variants", "/handshakes", "/incidents"}) {
        QDirIterator it(evidenceRoot + QString::fromLatin1(folder), QDir::Files, QDirIterator::Subdirectories);
        while (it.hasNext()) {
            const auto path = it.next();
            static constexpr const char* ours[] = {"/sysctl/", "/k8s/", "/config/", "/ss/", "/nstat/", "nginx.conf"};
            if (std::ranges::any_of(ours, [&](const char* part) { return path.contains(QLatin1String(part)); }))
                continue;
            QFile file(path);
            QVERIFY(file.open(QIODevice::ReadOnly));
            const auto head = file.read(512 << 10).toStdString();
            const auto probe = probeParameterFile({head, static_cast<std::uint64_t>(file.size())});
            const bool isKernelLog = path.contains(QLatin1String("dmesg")) || path.contains(QLatin1String("kern"));
            const bool isOurs = isKernelLog && probe.kind == ParameterFileKind::KernelMessages;
            QVERIFY2(probe.result.confidence == 0 || isOurs,
                qPrintable(path + QLatin1Char(' ') + QString::fromStdString(probe.result.reason)));
            ++files;
        }
    }
    QVERIFY(files > 300);
}

QTEST_GUILESS_MAIN(TestParameterCorpus)
#include "tst_parametercorpus.moc"
