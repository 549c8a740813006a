// SPDX-FileCopyrightText: The Halfshake authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace halfshake::test {

enum class Container : std::uint8_t { Tar, Zip, SevenZip };
enum class Compression : std::uint8_t { Gzip, Zstd, Xz, Bzip2, Lz4 };

/// What goes into an archive: a file, unless it is said to be something else.
struct PackedFile
{
    enum class Type : std::uint8_t { File, Directory, SymbolicLink, HardLink, Device };

    std::string path;
    std::string bytes{}; ///< Of a link: its target.
    Type type = Type::File;
};

/// An archive made by libarchive; a zip with a password is encrypted. Throws std::runtime_error.
[[nodiscard]] std::string packed(
    Container container, const std::vector<PackedFile>& files, const std::string& password = {});
/// One compressed stream, made by libarchive. Throws std::runtime_error.
[[nodiscard]] std::string compressed(Compression compression, std::string_view bytes);

} // namespace halfshake::test
