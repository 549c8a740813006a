// SPDX-FileCopyrightText: The Halfshake authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QAbstractScrollArea>

#include <cstddef>
#include <cstdint>
#include <vector>

namespace halfshake {

/// Bytes as a hex dump: offset, sixteen bytes (eight where there is no room), the same as text. One range of them is
/// marked.
class BytesView : public QAbstractScrollArea
{
    Q_OBJECT

public:
    explicit BytesView(QWidget* parent = nullptr);

    void setBytes(std::vector<std::byte> bytes);
    void mark(std::uint32_t offset, std::uint32_t length); ///< Scrolls to it; length 0 marks nothing.
    [[nodiscard]] std::uint32_t markedOffset() const { return m_markedOffset; }
    [[nodiscard]] std::uint32_t markedLength() const { return m_markedLength; }
    [[nodiscard]] QRect byteRect(std::uint32_t offset) const; ///< Of the hexadecimal digits, in the viewport.

Q_SIGNALS:
    void byteActivated(std::uint32_t offset);

protected:
    void paintEvent(QPaintEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;
    void mousePressEvent(QMouseEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;
    void changeEvent(QEvent* event) override;
    void scrollContentsBy(int dx, int dy) override;

private:
    [[nodiscard]] int characterWidth() const;
    [[nodiscard]] int lineHeight() const;
    [[nodiscard]] int lineCount() const;
    [[nodiscard]] int hexColumn(int byte) const; ///< In characters.
    [[nodiscard]] int textColumn(int byte) const;
    void paintLine(QPainter& painter, int line, int y) const;
    void updateScrollBars();
    void useFixedFont();

    std::vector<std::byte> m_bytes;
    int m_bytesPerLine = 16;
    std::uint32_t m_markedOffset = 0;
    std::uint32_t m_markedLength = 0;
};

} // namespace halfshake
