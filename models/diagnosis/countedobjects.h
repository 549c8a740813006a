// SPDX-FileCopyrightText: The Halfshake authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "models/base/objectref.h"

#include <cstddef>
#include <map>
#include <string>
#include <vector>

namespace halfshake {

/// What the numbers that cause expressions see have counted, by the name of the number: "explained.reused".
using CountedObjects = std::map<std::string, std::vector<ObjectRef>>;

/// More do not convince anybody further.
inline constexpr std::size_t mostCountedObjects = 50;

/// One more thing that \a name counted.
inline void addCounted(CountedObjects& counted, const std::string& name, ObjectRef object)
{
    auto& objects = counted[name];
    if (object.isValid() && objects.size() < mostCountedObjects)
        objects.push_back(object);
}

} // namespace halfshake
