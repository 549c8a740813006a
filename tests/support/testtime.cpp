// SPDX-FileCopyrightText: The Halfshake authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "tests/support/testtime.h"

namespace halfshake::test {

EvidenceTime testStart()
{
    return EvidenceTime{std::chrono::seconds{1'795'408'140}};
}

} // namespace halfshake::test
