// SPDX-FileCopyrightText: The Halfshake authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "models/rules/expression.h"
#include "models/rules/rulecatalogue.h"
#include "models/rules/texttemplate.h"
#include "tests/fuzz/check.h"

#include <cstdint>
#include <string>

using namespace halfshake;

namespace {

ValueMap variables()
{
    return {{"t", true}, {"i", 42}, {"d", 0.5}, {"s", std::string("1024\t65535")}, {"u", Value::unknown("u")},
        {"e", Value::error("e")}, {"p", *PortSet::parseList("80,30000-32767")}, {"w", Duration{31'000'000'000}},
        {"v", Version{6, 5, 0}}, {"l", Value::list({1, 2, Value::unknown("x"), std::string("a")})},
        {"m", Value::map({{"a", 1}, {"b", Value::list({3})}})}};
}

void checkExpression(std::string_view text)
{
    const auto expression = Expression::parse(text);
    if (!expression) {
        FUZZ_CHECK(expression.error().line >= 1 && expression.error().column >= 1);
        FUZZ_CHECK(!expression.error().text.empty());
        return;
    }
    FUZZ_CHECK(expression->text() == text);
    static_cast<void>(expression->names());
    static_cast<void>(expression->path());
    const auto first = expression->evaluate(variables());
    FUZZ_CHECK(toString(first.value) == toString(expression->evaluate(variables()).value));
    FUZZ_CHECK(first.steps.size() <= 64);
    for (const auto& used : first.used)
        FUZZ_CHECK(used.origin() != nullptr);
}

} // namespace

/// The first byte chooses what the rest is: an expression, a text with places, or a rule file.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
    if (size == 0)
        return 0;
    const std::string_view text{reinterpret_cast<const char*>(data) + 1, size - 1};
    if (data[0] == 'r') {
        RuleCatalogue catalogue;
        catalogue.add(text, "fuzz.yaml");
        FUZZ_CHECK(!catalogue.rules().empty() || !catalogue.errors().empty() || text.contains("rules"));
    } else if (data[0] == 't') {
        if (const auto place = TextTemplate::parse(text))
            static_cast<void>(place->fill(variables()));
    } else {
        checkExpression(text);
    }
    return 0;
}
