// SPDX-FileCopyrightText: The Halfshake authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "models/incident/importplan.h"

#include "models/incident/definedlogformats.h"
#include "models/io/unpack.h"

#include <algorithm>
#include <chrono>
#include <filesystem>
#include <system_error>
#include <utility>

namespace halfshake {

namespace {

namespace fs = std::filesystem;

bool isHidden(const fs::path& path)
{
    const auto name = path.filename().string();
    return name.starts_with('.') && name != "." && name != "..";
}

/// The regular files below \a folder in name order.
std::vector<std::string> filesBelow(const fs::path& folder, JobContext& job)
{
    std::vector<std::string> files;
    std::error_code error;
    // links to folders are not followed: a link cycle would never end
    fs::recursive_directory_iterator it(folder, fs::directory_options::skip_permission_denied, error);
    for (; !error && it != fs::recursive_directory_iterator{}; it.increment(error)) {
        if (job.isCancelled())
            break;
        std::error_code statusError;
        if (isHidden(it->path())) {
            if (it->is_directory(statusError))
                it.disable_recursion_pending();
        } else if (it->is_regular_file(statusError)) {
            files.push_back(it->path().string());
        }
    }
    std::ranges::sort(files);
    return files;
}

ImportItem failedItem(const std::string& path, Diagnostic error)
{
    ImportItem item;
    item.path = path;
    item.error = std::move(error);
    return item;
}

std::optional<EvidenceTime> changeTime(const std::string& path)
{
    std::error_code error;
    const auto time = fs::last_write_time(path, error);
    if (error)
        return {};
    const auto sinceEpoch = std::chrono::clock_cast<std::chrono::system_clock>(time).time_since_epoch();
    return EvidenceTime{std::chrono::duration_cast<Duration>(sinceEpoch)};
}

void openFileInto(const std::string& path, std::vector<ImportItem>& items, JobContext& job)
{
    auto source = openFile(path);
    if (!source) {
        items.push_back(failedItem(path, source.error()));
        return;
    }
    auto unpacked = unpack(*source, job);
    if (!unpacked) {
        items.push_back(failedItem(path, unpacked.error()));
        return;
    }
    if (unpacked->members.empty()) {
        auto item = failedItem(path, {DiagnosticCode::ArchiveDamaged, {}, {}});
        item.diagnostics = unpacked->diagnostics;
        if (!item.diagnostics.entries().empty())
            item.error = item.diagnostics.entries().front();
        items.push_back(std::move(item));
        return;
    }
    const auto changedAt = changeTime(path);
    for (bool isFirst = true; auto& member : unpacked->members) {
        ImportItem item;
        item.path = member.member.empty() ? path : path + '!' + member.member;
        item.bytes = std::move(member.bytes);
        item.changedAt = changedAt;
        item.logFormats = definedLogFormats(*item.bytes, job);
        if (std::exchange(isFirst, false))
            item.diagnostics = unpacked->diagnostics;
        items.push_back(std::move(item));
    }
}

} // namespace

std::vector<ImportItem> openPaths(const std::vector<std::string>& paths, JobContext& job)
{
    std::vector<ImportItem> items;
    for (std::uint64_t done = 0; const auto& path : paths) {
        if (job.isCancelled())
            break;
        std::error_code error;
        if (fs::is_directory(path, error)) {
            const auto files = filesBelow(path, job);
            if (files.empty())
                items.push_back(failedItem(path, {DiagnosticCode::FileIsDirectoryWithoutFiles, {}, {}}));
            for (const auto& file : files)
                openFileInto(file, items, job);
        } else {
            openFileInto(path, items, job);
        }
        job.report({++done, paths.size()});
    }
    return items;
}

} // namespace halfshake
