// SPDX-FileCopyrightText: The Halfshake authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "models/parameters/sysctlwrites.h"

#include <QTest>

#include <format>

using namespace halfshake;

using CommandLine = std::vector<std::string>;

Q_DECLARE_METATYPE(CommandLine)

namespace {

/// "key=value;key=value" of what the command line sets.
std::string writesOf(const CommandLine& commandLine, const ShellVariables& variables = {})
{
    std::string result;
    for (const auto& write : sysctlAssignments({commandLine.begin(), commandLine.end()}, variables))
        result += std::format("{}={};", write.key, write.value);
    return result;
}

std::string writesOfScript(std::string script)
{
    return writesOf({"/bin/sh", "-c", std::move(script)});
}

} // namespace

class TestSysctlWrites : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void everyWayToWriteOneIsFound_data();
    void everyWayToWriteOneIsFound();
    void whatOnlyReadsOrShowsIsNoWrite_data();
    void whatOnlyReadsOrShowsIsNoWrite();
    void aCommandLineWithoutAShellIsUnderstood();
    void variablesAreFilledInWhereTheyAreKnown();
    void aVariableThatDoublesItselfStaysSmall_data();
    void aVariableThatDoublesItselfStaysSmall();
    void theOffsetLeadsToTheAssignment();
    void anyTextIsAccepted_data();
    void anyTextIsAccepted();
};

void TestSysctlWrites::everyWayToWriteOneIsFound_data()
{
    QTest::addColumn<QByteArray>("script");
    QTest::addColumn<QByteArray>("expected");
    const auto range = QByteArray("net.ipv4.ip_local_port_range=1024 65535;");
    const auto row = [](const char* name, const char* script, const QByteArray& expected) {
        QTest::newRow(name) << QByteArray(script) << expected;
    };
    row("quoted value", R"(sysctl -w net.ipv4.ip_local_port_range="1024 65535")", range);
    row("single quotes", "sysctl -w net.ipv4.ip_local_port_range='1024 65535'", range);
    row("quoted whole", R"(sysctl -w "net.ipv4.ip_local_port_range=1024 65535")", range);
    row("escaped blank", R"(sysctl -w net.ipv4.ip_local_port_range=1024\ 65535)", range);
    row("without -w", R"(sysctl net.ipv4.ip_local_port_range="1024 65535")", range);
    row("options together", R"(sysctl -qw net.ipv4.ip_local_port_range="1024 65535" >/dev/null 2>&1 || true)", range);
    row("full path", R"(/usr/sbin/sysctl -e -w net.ipv4.ip_local_port_range="1024 65535")", range);
    row("slashes", R"(sysctl -w net/ipv4/ip_local_port_range="1024 65535")", range);
    row("busybox", R"(busybox sysctl -w net.ipv4.ip_local_port_range="1024 65535")", range);
    row("sudo", R"(sudo sysctl -w net.ipv4.ip_local_port_range="1024 65535")", range);
    row("host's namespace", R"(nsenter -t 1 -n -- sysctl -w net.ipv4.ip_local_port_range="1024 65535")", range);
    row("continued line", "sysctl -w \\\n  net.ipv4.ip_local_port_range=\"1024 65535\"", range);
    row("in a condition", R"(if [ -w /proc/sys ]; then sysctl -w net.ipv4.ip_local_port_range="1024 65535"; fi)",
        range);
    row("script in a script", R"(bash -c "sysctl -w net.ipv4.ip_local_port_range='1024 65535'")", range);
    row("echo", R"(echo "1024 65535" > /proc/sys/net/ipv4/ip_local_port_range)", range);
    row("echo without quotes", "echo 1024 65535 >/proc/sys/net/ipv4/ip_local_port_range", range);
    row("echo -n appended", R"(echo -n '1024 65535' >> /proc/sys/net/ipv4/ip_local_port_range)", range);
    row("tee", R"(echo "1024 65535" | sudo tee /proc/sys/net/ipv4/ip_local_port_range >/dev/null)", range);
    row("printf", R"(printf "1024 65535\n" > /proc/sys/net/ipv4/ip_local_port_range)", range);
    row("here document", "sysctl -p - <<EOF\n# ours\nnet.ipv4.ip_local_port_range = 1024 65535\nEOF\n", range);
    row("several on one line", "sysctl -w net.core.somaxconn=65535 vm.swappiness=1 ; sysctl -w kernel.core_uses_pid=0",
        "net.core.somaxconn=65535;vm.swappiness=1;kernel.core_uses_pid=0;");
    row("several lines",
        "mount -o remount,rw /proc/sys\nsysctl -w net.core.somaxconn=65535\r\n# sysctl -w vm.swappiness=9\n"
        "sysctl -w vm.swappiness=1 # why not\n",
        "net.core.somaxconn=65535;vm.swappiness=1;");
    row("and", "sysctl -w net.core.somaxconn=1&&sysctl -w vm.swappiness=2", "net.core.somaxconn=1;vm.swappiness=2;");
}

void TestSysctlWrites::everyWayToWriteOneIsFound()
{
    QFETCH(QByteArray, script);
    QFETCH(QByteArray, expected);
    QCOMPARE(writesOfScript(script.toStdString()), expected.toStdString());
}

void TestSysctlWrites::whatOnlyReadsOrShowsIsNoWrite_data()
{
    QTest::addColumn<QByteArray>("script");
    QTest::newRow("read") << QByteArray("sysctl -n net.core.somaxconn");
    QTest::newRow("all") << QByteArray("sysctl -a | grep net.ipv4");
    QTest::newRow("shown") << QByteArray("echo sysctl -w net.core.somaxconn=1");
    QTest::newRow("searched") << QByteArray("grep 'sysctl -w net.core.somaxconn=1' /etc/rc.local");
    QTest::newRow("file to be applied later")
        << QByteArray("cat > /etc/sysctl.d/9.conf <<EOF\nnet.core.somaxconn = 1\nEOF\n");
    QTest::newRow("commented") << QByteArray("# sysctl -w net.core.somaxconn=1");
    QTest::newRow("read a file") << QByteArray("cat /proc/sys/net/core/somaxconn");
    QTest::newRow("other file") << QByteArray("echo 5 > /proc/irq/1/smp_affinity");
}

void TestSysctlWrites::whatOnlyReadsOrShowsIsNoWrite()
{
    QFETCH(QByteArray, script);
    QCOMPARE(writesOfScript(script.toStdString()), "");
}

void TestSysctlWrites::aCommandLineWithoutAShellIsUnderstood()
{
    QCOMPARE(writesOf({"sysctl", "-w", "net.ipv4.ip_local_port_range=1024 65535", "vm.swappiness=1"}),
        "net.ipv4.ip_local_port_range=1024 65535;vm.swappiness=1;");
    QCOMPARE(writesOf({"nsenter", "-t", "1", "-n", "--", "/sbin/sysctl", "-w", "vm.swappiness=1"}), "vm.swappiness=1;");
    QCOMPARE(writesOf({"sysctl -w vm.swappiness=1 && exec nginx"}), "vm.swappiness=1;");
    QCOMPARE(writesOf({"/nginx-ingress-controller", "--configmap=a/b.c=d"}), "");
    QCOMPARE(writesOf({}), "");
}

void TestSysctlWrites::variablesAreFilledInWhereTheyAreKnown()
{
    const ShellVariables environment{{"BACKLOG", "65535"}};
    const auto writes = [&](std::string script) { return writesOf({"sh", "-c", std::move(script)}, environment); };
    QCOMPARE(writes("sysctl -w net.core.somaxconn=$BACKLOG"), "net.core.somaxconn=65535;");
    QCOMPARE(writes("sysctl -w net.core.somaxconn=\"${BACKLOG}\""), "net.core.somaxconn=65535;");
    QCOMPARE(writes("sysctl -w net.core.somaxconn=${OTHER:-128}"), "net.core.somaxconn=128;");
    QCOMPARE(writes("RANGE='1024 65535'; sysctl -w net.ipv4.ip_local_port_range=\"$RANGE\""),
        "net.ipv4.ip_local_port_range=1024 65535;");
    QCOMPARE(writes("sysctl -w net.core.somaxconn='$BACKLOG'"), "net.core.somaxconn=$BACKLOG;");
    QCOMPARE(writes("sysctl -w net.core.somaxconn=$UNKNOWN"), "net.core.somaxconn=$UNKNOWN;");
}

void TestSysctlWrites::aVariableThatDoublesItselfStaysSmall_data()
{
    QTest::addColumn<QByteArray>("line");
    QTest::newRow("plain") << QByteArray("A=$A$A\n");
    QTest::newRow("braces") << QByteArray("A=${A}${A:-x}\n");
    QTest::newRow("as Kubernetes writes it") << QByteArray("A=$(A)$(A)\n");
}

void TestSysctlWrites::aVariableThatDoublesItselfStaysSmall()
{
    QFETCH(QByteArray, line);
    std::string script = "A=0123456789\n";
    for (int i = 0; i < 64; ++i)
        script += line.toStdString();
    const auto writes = sysctlAssignments({"sh", "-c", script + "sysctl -w vm.swappiness=$A"}, {});
    QCOMPARE(writes.size(), std::size_t{1});
    QVERIFY(writes[0].value.size() <= 20'000);
}

void TestSysctlWrites::theOffsetLeadsToTheAssignment()
{
    const std::string script = "true\nsysctl -w vm.swappiness=1 net.core.somaxconn=2\n";
    const auto writes = sysctlAssignments({"sh", "-c", script}, {});
    QCOMPARE(writes.size(), std::size_t{2});
    QCOMPARE(writes[1].argument, std::size_t{2});
    QCOMPARE(writes[1].offset, script.find("net.core"));
    QCOMPARE(writes[1].writtenKey, "net.core.somaxconn");
}

void TestSysctlWrites::anyTextIsAccepted_data()
{
    QTest::addColumn<QByteArray>("script");
    for (const char* const script :
        {"sysctl 'never closed", "sysctl \"never closed", "sysctl $(", "sysctl ${", "sysctl `", "sysctl \\",
            "sysctl <<", "sysctl <<EOF", "sysctl >", "sysctl |", "sysctl ;;;&&||((", "sysctl $", "sysctl \"$",
            "sysctl <<EOF\n", "sysctl <<A <<B\nA\n", "case sysctl in a) ;; esac", "sysctl 2>&1 &>x >|y"})
        QTest::newRow(script) << QByteArray(script);
}

void TestSysctlWrites::anyTextIsAccepted()
{
    QFETCH(QByteArray, script);
    QCOMPARE(writesOfScript(script.toStdString() + " "), "");
}

QTEST_GUILESS_MAIN(TestSysctlWrites)
#include "tst_sysctlwrites.moc"
