// SPDX-License-Identifier: Apache-2.0

internal import Glibc

/// A descriptor with one owner, who closes it exactly once.
package struct FileDescriptor: ~Copyable {
  package let rawValue: Int32

  /// Takes over a descriptor that nobody else closes.
  package init(adopting rawValue: Int32) { self.rawValue = rawValue }

  /// Gives the descriptor up without closing it.
  package consuming func release() -> Int32 {
    let value = rawValue
    discard self
    return value
  }

  deinit {
    // Not repeated on EINTR: Linux has closed the descriptor by then.
    _ = close(rawValue)
  }
}
