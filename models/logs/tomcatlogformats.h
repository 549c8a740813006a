// SPDX-FileCopyrightText: The Halfshake authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "models/logs/logformatdefinition.h"

#include <string_view>
#include <vector>

namespace halfshake {

/// The patterns of the access log valves in a Tomcat server.xml, and of server.tomcat.accesslog.pattern in the
/// properties of a Spring Boot application, in nginx's words. Text that is none of these has none.
[[nodiscard]] std::vector<LogFormatDefinition> tomcatLogFormatsIn(std::string_view configuration);

} // namespace halfshake
