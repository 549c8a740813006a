// SPDX-FileCopyrightText: The Halfshake authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "models/base/text.h"
#include "models/rules/evidencevariables.h"
#include "models/rules/scalar.h"
#include "models/rules/sourcedvalue.h"

#include <chrono>
#include <utility>
#include <vector>

namespace halfshake {

ValueMap workloadVariables(const Workload& workload)
{
    ValueMap writes;
    ValueMap requested;
    for (const auto& write : workload.sysctlWrites) {
        const bool isRequest = write.container.empty();
        const auto name = isRequest ? write.key + " (securityContext.sysctls)"
                                    : "sysctl -w " + write.key + " in container " + write.container;
        const auto value = sourced(sysctlValue(write.value), name, write.place);
        writes.insert_or_assign(write.key, value);
        if (isRequest)
            requested.insert_or_assign(write.key, value);
    }
    ValueMap pod{{"kind", workload.kind}, {"name", workload.name}, {"sysctlWrites", Value::map(std::move(writes))},
        {"requestedSysctls", Value::map(std::move(requested))},
        {"hostNetwork", sourced(workload.isHostNetwork, "hostNetwork", workload.place)},
        {"isIngressController", workload.isIngressController}};
    if (const auto seconds = toInteger<std::int64_t>(workload.terminationGracePeriod);
        seconds && *seconds >= 0 && *seconds < 1'000'000'000)
        pod.emplace("terminationGracePeriod",
            sourced(Duration{std::chrono::seconds{*seconds}}, "terminationGracePeriodSeconds", workload.place));
    return {{"pod", Value::map(std::move(pod))}};
}

} // namespace halfshake
