// SPDX-FileCopyrightText: The Halfshake authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <string>
#include <string_view>

namespace halfshake {

/// What an exception's stack trace tells in a few words, collected line by line.
class StackTrace
{
public:
    /// Text of the entry, or a line that goes on with it.
    void addLine(std::string_view line);

    [[nodiscard]] const std::string& exception() const { return m_exception; } ///< The outermost class; "" for none.
    [[nodiscard]] const std::string& rootCause() const { return m_rootCause; } ///< After the last "Caused by:".
    [[nodiscard]] const std::string& ownFrame() const { return m_ownFrame; } ///< First frame that is no library's.

private:
    std::string m_exception;
    std::string m_rootCause;
    std::string m_ownFrame;
    bool m_isFrameOfCause = true; ///< The frame is of the cause that was named last.
};

/// The class name in \a text that ends in Exception, Error or Throwable and has a package; "" where there is none.
[[nodiscard]] std::string_view exceptionClassIn(std::string_view text);

} // namespace halfshake
