// SPDX-FileCopyrightText: The Halfshake authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "tests/support/archivebuilder.h"

#include <archive.h>
#include <archive_entry.h>
#include <locale.h>

#include <memory>
#include <stdexcept>

namespace halfshake::test {

namespace {

/// Writes an archive into a string. Names are UTF-8 whatever the locale.
class Writer
{
public:
    Writer()
        : m_locale(::newlocale(LC_CTYPE_MASK, "C.UTF-8", nullptr))
        , m_before(::uselocale(m_locale))
        , m_archive(archive_write_new(), archive_write_free)
    {
    }
    ~Writer()
    {
        ::uselocale(m_before);
        ::freelocale(m_locale);
    }
    Writer(const Writer&) = delete;
    Writer& operator=(const Writer&) = delete;

    [[nodiscard]] archive* handle() { return m_archive.get(); }
    void check(int status)
    {
        if (status != ARCHIVE_OK)
            throw std::runtime_error(archive_error_string(handle()));
    }
    void open()
    {
        check(archive_write_set_bytes_per_block(handle(), 0));
        check(archive_write_open2(handle(), &m_bytes, nullptr, onWrite, nullptr, nullptr));
    }
    void add(const PackedFile& file)
    {
        const std::unique_ptr<archive_entry, void (*)(archive_entry*)> entry{archive_entry_new(), archive_entry_free};
        archive_entry_set_pathname(entry.get(), file.path.c_str());
        archive_entry_set_perm(entry.get(), 0644);
        describe(entry.get(), file);
        check(archive_write_header(handle(), entry.get()));
        if (file.type == PackedFile::Type::File
            && archive_write_data(handle(), file.bytes.data(), file.bytes.size()) < 0)
            throw std::runtime_error(archive_error_string(handle()));
    }
    [[nodiscard]] std::string finish()
    {
        check(archive_write_close(handle()));
        return std::move(m_bytes);
    }

private:
    static void describe(archive_entry* entry, const PackedFile& file)
    {
        archive_entry_set_filetype(entry, AE_IFREG);
        archive_entry_set_size(entry, 0);
        switch (file.type) {
        case PackedFile::Type::File:
            archive_entry_set_size(entry, static_cast<la_int64_t>(file.bytes.size()));
            break;
        case PackedFile::Type::Directory:
            archive_entry_set_filetype(entry, AE_IFDIR);
            break;
        case PackedFile::Type::SymbolicLink:
            archive_entry_set_filetype(entry, AE_IFLNK);
            archive_entry_set_symlink(entry, file.bytes.c_str());
            break;
        case PackedFile::Type::HardLink:
            archive_entry_set_hardlink(entry, file.bytes.c_str());
            break;
        case PackedFile::Type::Device:
            archive_entry_set_filetype(entry, AE_IFCHR);
            break;
        }
    }
    static la_ssize_t onWrite(archive* /*handle*/, void* bytes, const void* block, std::size_t size)
    {
        static_cast<std::string*>(bytes)->append(static_cast<const char*>(block), size);
        return static_cast<la_ssize_t>(size);
    }

    locale_t m_locale;
    locale_t m_before;
    std::string m_bytes;
    std::unique_ptr<archive, int (*)(archive*)> m_archive;
};

} // namespace

std::string packed(Container container, const std::vector<PackedFile>& files, const std::string& password)
{
    Writer writer;
    switch (container) {
    case Container::Tar:
        writer.check(archive_write_set_format_pax_restricted(writer.handle()));
        break;
    case Container::Zip:
        writer.check(archive_write_set_format_zip(writer.handle()));
        break;
    case Container::SevenZip:
        writer.check(archive_write_set_format_7zip(writer.handle()));
        break;
    }
    if (!password.empty()) {
        writer.check(archive_write_set_options(writer.handle(), "zip:encryption=traditional"));
        writer.check(archive_write_set_passphrase(writer.handle(), password.c_str()));
    }
    writer.open();
    for (const auto& file : files)
        writer.add(file);
    return writer.finish();
}

std::string compressed(Compression compression, std::string_view bytes)
{
    // libarchive 3.7.4 crashes where it should write this: a frame descriptor and the end mark, by lz4(1)
    if (compression == Compression::Lz4 && bytes.empty())
        return {"\x04\x22\x4D\x18\x64\x40\xA7\x00\x00\x00\x00\x05\x5D\xCC\x02", 15};
    constexpr int filters[] = {
        ARCHIVE_FILTER_GZIP, ARCHIVE_FILTER_ZSTD, ARCHIVE_FILTER_XZ, ARCHIVE_FILTER_BZIP2, ARCHIVE_FILTER_LZ4};
    Writer writer;
    writer.check(archive_write_add_filter(writer.handle(), filters[static_cast<std::size_t>(compression)]));
    writer.check(archive_write_set_format_raw(writer.handle()));
    writer.open();
    writer.add({.path = "data", .bytes = std::string{bytes}});
    return writer.finish();
}

} // namespace halfshake::test
