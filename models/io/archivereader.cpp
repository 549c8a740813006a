// SPDX-FileCopyrightText: The Halfshake authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "models/io/archivereader.h"

#include "models/base/text.h"

#include <archive.h>
#include <archive_entry.h>

#include <algorithm>
#include <cerrno>
#include <clocale>
#include <cstdio>
#include <utility>

namespace halfshake {

namespace {

constexpr std::size_t packedBlockSize = std::size_t{128} << 10;
/// libarchive may ask to try again after a damaged header; it need not get anywhere.
constexpr int headersTried = 100;

/// libarchive converts names by the locale of the thread and complains where it cannot.
class Utf8Locale
{
public:
    Utf8Locale()
        : m_locale(::newlocale(LC_CTYPE_MASK, "C.UTF-8", nullptr))
        , m_before(::uselocale(m_locale)) // with no locale, a query
    {
    }
    ~Utf8Locale()
    {
        ::uselocale(m_before);
        if (m_locale != nullptr)
            ::freelocale(m_locale);
    }
    Utf8Locale(const Utf8Locale&) = delete;
    Utf8Locale& operator=(const Utf8Locale&) = delete;
    Utf8Locale(Utf8Locale&&) = delete;
    Utf8Locale& operator=(Utf8Locale&&) = delete;

private:
    locale_t m_locale;
    locale_t m_before;
};

int enable(archive* handle, ArchiveKind kind)
{
    switch (kind) {
    case ArchiveKind::Zstd:
        return archive_read_support_filter_zstd(handle);
    case ArchiveKind::Xz:
        return archive_read_support_filter_xz(handle);
    case ArchiveKind::Bzip2:
        return archive_read_support_filter_bzip2(handle);
    case ArchiveKind::Lz4:
        return archive_read_support_filter_lz4(handle);
    case ArchiveKind::Tar:
        return archive_read_support_format_tar(handle);
    case ArchiveKind::Zip:
        return archive_read_support_format_zip(handle);
    case ArchiveKind::SevenZip:
        return archive_read_support_format_7zip(handle);
    case ArchiveKind::None:
    case ArchiveKind::Gzip:
        break;
    }
    return ARCHIVE_FATAL;
}

/// The formats that take anything are for what comes out of a compression, never for a file as it is.
int enableBareBytes(archive* handle)
{
    return std::min(archive_read_support_format_raw(handle), archive_read_support_format_empty(handle));
}

std::string pathOf(archive_entry* entry)
{
    if (const char* path = archive_entry_pathname_utf8(entry); path != nullptr)
        return toValidUtf8(path);
    const char* path = archive_entry_pathname(entry);
    return path != nullptr ? toValidUtf8(path) : std::string{};
}

ArchiveMember::Type typeOf(archive_entry* entry)
{
    if (archive_entry_is_data_encrypted(entry) == 1)
        return ArchiveMember::Type::Encrypted;
    const bool isHardLink = archive_entry_hardlink(entry) != nullptr && archive_entry_size(entry) == 0;
    if (isHardLink || archive_entry_filetype(entry) == AE_IFLNK)
        return ArchiveMember::Type::Link;
    return archive_entry_filetype(entry) == AE_IFREG ? ArchiveMember::Type::File : ArchiveMember::Type::Other;
}

} // namespace

void ArchiveReader::Close::operator()(archive* handle) const noexcept
{
    archive_read_free(handle);
}

ArchiveReader::ArchiveReader(ByteStream& stream, ArchiveKind kind)
    : m_stream(stream), m_packed(packedBlockSize), m_archive(archive_read_new())
{
    open(kind);
}

void ArchiveReader::open(ArchiveKind kind)
{
    archive* handle = m_archive.get();
    if (handle == nullptr) {
        note("out of memory");
        m_isBroken = true;
        return;
    }
    archive_read_set_callback_data(handle, this);
    archive_read_set_read_callback(handle, onRead);
    archive_read_set_skip_callback(handle, onSkip);
    if (m_stream.seekableSize())
        archive_read_set_seek_callback(handle, onSeek);
    // anything but OK here means that libarchive would run a program of the user's PATH instead
    const bool isReady = enable(handle, kind) == ARCHIVE_OK
        && (!isCompression(kind) || enableBareBytes(handle) == ARCHIVE_OK) && archive_read_open1(handle) == ARCHIVE_OK;
    // libarchive looks closer than at the magic number, and takes the bytes as they are where it does not like them
    const bool isFiltered = archive_filter_code(handle, 0) != ARCHIVE_FILTER_NONE;
    if (isReady && isFiltered == isCompression(kind))
        return;
    note(isReady ? "damaged header" : archive_error_string(handle));
    m_isBroken = true;
}

std::optional<ArchiveMember> ArchiveReader::nextMember()
{
    const Utf8Locale locale;
    for (int i = 0; !m_isBroken && i < headersTried; ++i) {
        archive_entry* entry = nullptr;
        const int status = archive_read_next_header(m_archive.get(), &entry);
        if (status == ARCHIVE_EOF)
            return {};
        if (status != ARCHIVE_OK)
            note(archive_error_string(m_archive.get()));
        if (status == ARCHIVE_OK || status == ARCHIVE_WARN)
            return ArchiveMember{.path = pathOf(entry), .type = typeOf(entry)};
        m_isBroken = status == ARCHIVE_FATAL;
    }
    m_isBroken = true;
    return {};
}

std::optional<ArchiveBlock> ArchiveReader::nextBlock()
{
    if (m_isBroken)
        return {};
    const void* bytes = nullptr;
    std::size_t size = 0;
    la_int64_t offset = 0;
    const int status = archive_read_data_block(m_archive.get(), &bytes, &size, &offset);
    if (status == ARCHIVE_EOF)
        return {};
    if (status != ARCHIVE_OK)
        note(archive_error_string(m_archive.get()));
    m_isBroken = status == ARCHIVE_FATAL;
    if (status != ARCHIVE_OK && status != ARCHIVE_WARN)
        return {};
    return ArchiveBlock{
        .offset = static_cast<std::uint64_t>(std::max<la_int64_t>(offset, 0)),
        .bytes = {static_cast<const std::byte*>(bytes), bytes != nullptr ? size : 0},
    };
}

std::string ArchiveReader::takeDamage()
{
    return std::exchange(m_damage, {});
}

std::uint64_t ArchiveReader::packedPosition() const
{
    return static_cast<std::uint64_t>(std::max<la_int64_t>(archive_filter_bytes(m_archive.get(), -1), 0));
}

void ArchiveReader::note(const char* complaint)
{
    if (m_damage.empty() && !m_streamFailure)
        m_damage = complaint != nullptr ? toValidUtf8(complaint) : std::string{"damaged"};
}

std::ptrdiff_t ArchiveReader::readPacked(const void** block)
{
    const auto count = m_stream.read(m_packed);
    if (!count) {
        m_streamFailure = count.error();
        archive_set_error(m_archive.get(), EIO, "the packed bytes cannot be read");
        return -1;
    }
    *block = m_packed.data();
    return static_cast<std::ptrdiff_t>(*count);
}

std::int64_t ArchiveReader::seekPacked(std::int64_t offset, int whence)
{
    std::int64_t base = 0;
    if (whence == SEEK_CUR)
        base = static_cast<std::int64_t>(m_stream.position());
    else if (whence == SEEK_END)
        base = static_cast<std::int64_t>(m_stream.seekableSize().value_or(0));
    std::int64_t target = 0;
    if (__builtin_add_overflow(base, offset, &target) || target < 0)
        return ARCHIVE_FATAL;
    m_stream.seek(static_cast<std::uint64_t>(target));
    return target;
}

std::ptrdiff_t ArchiveReader::onRead(archive* /*handle*/, void* self, const void** block)
{
    return static_cast<ArchiveReader*>(self)->readPacked(block);
}

std::int64_t ArchiveReader::onSkip(archive* /*handle*/, void* self, std::int64_t request)
{
    auto& stream = static_cast<ArchiveReader*>(self)->m_stream;
    const auto size = stream.seekableSize();
    if (!size || request <= 0 || stream.position() >= *size)
        return 0;
    const auto skipped = std::min(static_cast<std::uint64_t>(request), *size - stream.position());
    stream.seek(stream.position() + skipped);
    return static_cast<std::int64_t>(skipped);
}

std::int64_t ArchiveReader::onSeek(archive* /*handle*/, void* self, std::int64_t offset, int whence)
{
    return static_cast<ArchiveReader*>(self)->seekPacked(offset, whence);
}

} // namespace halfshake
