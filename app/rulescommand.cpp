// SPDX-FileCopyrightText: The Halfshake authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/rulescommand.h"

#include "app/exitstatus.h"
#include "models/rules/ruleengine.h"
#include "models/rules/userrules.h"

#include <QCoreApplication>
#include <QFile>

#include <algorithm>
#include <array>
#include <memory>
#include <set>

namespace halfshake {

namespace {

constexpr qint64 largestFile = qint64{1} << 20;

QString tr(const char* text)
{
    return QCoreApplication::translate("RulesCommand", text);
}

QString toQString(std::string_view text)
{
    return QString::fromUtf8(text.data(), static_cast<qsizetype>(text.size()));
}

/// "file:line:column: rule: text"
QString errorLine(const CatalogueError& error)
{
    auto line = toQString(error.file);
    if (error.line > 0)
        line += QStringLiteral(":%1:%2").arg(error.line).arg(error.column);
    if (!error.rule.empty())
        line += QStringLiteral(": ") + toQString(error.rule);
    return line + QStringLiteral(": ") + toQString(error.text) + u'\n';
}

class RuleTester
{
public:
    explicit RuleTester(RulesCommandResult& result) : m_result(result) { }

    void test(const QString& path)
    {
        QFile file(path);
        if (!file.open(QIODevice::ReadOnly) || file.size() > largestFile) {
            const auto why = file.isOpen() ? tr("the file is too large") : file.errorString();
            return fail(exitstatus::someUnreadable, QStringLiteral("%1: %2\n").arg(path, why));
        }
        RuleCatalogue catalogue;
        catalogue.add(file.read(largestFile).toStdString(), path.toStdString());
        for (const auto& error : catalogue.errors())
            fail(exitstatus::someUnreadable, errorLine(error));
        for (const auto& rule : catalogue.rules())
            test(rule);
    }

    void finish() { m_result.output += tr("%1 cases of %2 rules, %3 wrong\n").arg(m_cases).arg(m_rules).arg(m_wrong); }

private:
    void test(const Rule& rule)
    {
        ++m_rules;
        std::set<Verdict> seen;
        for (const auto& ruleCase : rule.cases) {
            seen.insert(ruleCase.expected);
            test(rule, ruleCase);
        }
        for (const auto verdict : {Verdict::Fires, Verdict::Clear, Verdict::Unknown}) {
            if (!seen.contains(verdict))
                fail(exitstatus::failuresFound,
                    tr("%1: no case that is %2\n").arg(toQString(rule.id), toQString(toString(verdict))));
        }
    }

    void test(const Rule& rule, const RuleCase& ruleCase)
    {
        const auto& variables = *std::get<std::shared_ptr<const ValueMap>>(ruleCase.variables.variant());
        const auto finding = evaluate(rule, {.kind = rule.subject, .label = {}, .variables = variables});
        ++m_cases;
        if (finding.verdict == ruleCase.expected)
            return;
        ++m_wrong;
        fail(exitstatus::failuresFound,
            tr("%1, case '%2': %3, expected %4\n")
                .arg(toQString(rule.id), toQString(ruleCase.name), toQString(toString(finding.verdict)),
                    toQString(toString(ruleCase.expected))));
        for (const auto& missing : finding.missing)
            m_result.output += tr("    missing: %1\n").arg(toQString(missing.name));
        if (!finding.errorText.empty())
            m_result.output += tr("    error: %1\n").arg(toQString(finding.errorText));
        for (const auto& step : finding.steps)
            m_result.output += QStringLiteral("    %1 = %2\n").arg(toQString(step.expression), toQString(step.result));
    }

    void fail(int status, const QString& line)
    {
        m_result.exitStatus = std::max(m_result.exitStatus, status);
        m_result.output += line;
    }

    RulesCommandResult& m_result;
    int m_rules = 0;
    int m_cases = 0;
    int m_wrong = 0;
};

QString subjectName(RuleSubject subject)
{
    static constexpr std::array names{"node", "networkNamespace", "manifest", "proxy", "path", "hosts", "cluster",
        "configuration", "application", "chain"};
    return QString::fromLatin1(names.at(static_cast<std::size_t>(subject)));
}

} // namespace

RulesCommandResult listRules()
{
    RulesCommandResult result;
    const auto folder = userRuleFolder();
    const auto catalogue = rulesWith(folder);
    for (const auto& rule : catalogue.rules()) {
        const auto severity = rule.isContext ? QStringLiteral("context") : toQString(toString(rule.severity));
        result.output += QStringLiteral("%1 %2 %3 %4\n")
                             .arg(toQString(rule.id), -9)
                             .arg(severity, -8)
                             .arg(subjectName(rule.subject), -17)
                             .arg(toQString(rule.title));
    }
    for (const auto& error : catalogue.errors())
        result.output += errorLine(error);
    if (!catalogue.errors().empty())
        result.exitStatus = exitstatus::someUnreadable;
    return result;
}

RulesCommandResult testRules(const QStringList& files)
{
    RulesCommandResult result;
    RuleTester tester(result);
    for (const auto& file : files)
        tester.test(file);
    tester.finish();
    return result;
}

} // namespace halfshake
