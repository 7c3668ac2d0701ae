// SPDX-License-Identifier: Apache-2.0

internal import CLinux
internal import Glibc

/// A system call that failed: which, why, and on what.
package struct SystemError: Error, Equatable, Sendable, CustomStringConvertible {
  /// The call, as in its manual page.
  package let call: String
  /// The error number, read at once after the call.
  package let number: Int32
  /// The file, where there is one.
  package let path: String?

  package init(_ call: String, _ number: Int32, path: String? = nil) {
    self.call = call
    self.number = number
    self.path = path
  }

  /// Whether there is no room: ENOSPC, EDQUOT or EFBIG.
  package var isNoSpace: Bool { number == ENOSPC || number == EDQUOT || number == EFBIG }

  /// Whether somebody else has the address: EADDRINUSE.
  package var isAddressInUse: Bool { number == EADDRINUSE }

  /// "fdatasync journal-0000000001.hfj: No space left on device (ENOSPC)".
  package var description: String {
    let reason = unsafe String(cString: strerror(number))
    let name = unsafe String(cString: holdfast_errno_name(number))
    return "\(call)\(path.map { " " + $0 } ?? ""): \(reason) (\(name))"
  }
}

/// The one place where system calls are made to return values.
enum SystemCall {
  /// Repeats a call that a signal interrupted, and gives its result or its error number. EBADF and
  /// EFAULT are bugs of ours, and stop the process before they do harm.
  @inline(__always)
  static func result<Number: SignedInteger & FixedWidthInteger>(_ call: () -> Number) -> (
    value: Number, error: Int32
  ) {
    while true {
      let value = call()
      if value >= 0 { return (value, 0) }
      let number = errno
      if number == EINTR { continue }
      if number == EBADF || number == EFAULT {
        fatalError("system call on a descriptor or address that is not ours (errno \(number))")
      }
      return (value, number)
    }
  }

  /// As `result`, for calls whose failure is an error.
  @discardableResult
  @inline(__always)
  static func run<Number: SignedInteger & FixedWidthInteger>(
    _ name: String, path: String? = nil, _ call: () -> Number
  ) throws(SystemError) -> Number {
    let (value, error) = result(call)
    if error != 0 { throw SystemError(name, error, path: path) }
    return value
  }
}
