// SPDX-FileCopyrightText: The Halfshake authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <cstdint>
#include <string>
#include <vector>

namespace halfshake::test {

/// One try of a request at one upstream address, in the words nginx writes into its lists.
struct UpstreamTry
{
    std::string address;
    std::string status;
    std::string seconds;
    std::string length = "0";
};

/// Tries by upstream group: a second group is an internal redirect. An empty group reached no peer.
using UpstreamGroups = std::vector<std::vector<UpstreamTry>>;

/// What an access-log line is made of.
struct AccessEntry
{
    std::string clientAddress = "10.20.1.5";
    std::string time = "23/Nov/2026:04:29:43 +0000";
    std::string request = "GET /api/cart HTTP/1.1";
    std::string status = "200";
    std::string userAgent = "curl/7.88.1";
    std::string requestTime = "0.004";
    std::string upstreamName = "default-order-api-8080";
    UpstreamGroups groups = {};
    std::string requestId = "1c8c66829a90105ef065f2e6514d2290";
};

/// The line in today's format of ingress-nginx, without a newline.
[[nodiscard]] std::string upstreamInfoLine(const AccessEntry& entry);

/// The line in nginx's combined format, without a newline.
[[nodiscard]] std::string combinedLine(const AccessEntry& entry);

/// What a line of nginx's error log is made of.
struct ErrorLogEntry
{
    std::string time = "2026/11/23 04:29:43";
    std::string level = "error";
    std::uint64_t connection = 7;
    std::string message = "connect() failed (111: Connection refused) while connecting to upstream";
    std::string request = "GET /api/cart HTTP/1.1";
    std::string upstream = "http://10.244.1.11:8080/api/cart";
};

[[nodiscard]] std::string errorLogLine(const ErrorLogEntry& entry);

/// Every line with its newline.
[[nodiscard]] std::string joinedLines(const std::vector<std::string>& lines);

} // namespace halfshake::test
