// SPDX-License-Identifier: Apache-2.0

internal import CLinux
internal import Glibc

/// Exclusive use of a data directory, for the life of the value: flock(2) on the file `lock` in it. The
/// kernel lets go when the process ends, however it ends.
package final class DirectoryLock: Sendable {
  private let descriptor: Int32

  /// Takes the lock.
  ///
  /// - Throws: `LockFailure` that names the process that has it, or the error.
  package init(directory: String) throws(LockFailure) {
    let path = Directory.path(directory, "lock")
    let (raw, error) = SystemCall.result {
      unsafe holdfast_open(path, O_RDWR | O_CREAT, 0o600, 0)
    }
    if error != 0 { throw .failed(SystemError("open", error, path: path)) }
    let (_, lockError) = SystemCall.result { flock(raw, LOCK_EX | LOCK_NB) }
    if lockError != 0 {
      let holder = DirectoryLock.holder(raw)
      _ = close(raw)
      throw lockError == EWOULDBLOCK
        ? .held(by: holder) : .failed(SystemError("flock", lockError, path: path))
    }
    descriptor = raw
    let text = Array("\(getpid())\n".utf8)
    _ = ftruncate(raw, 0)
    _ = unsafe text.withUnsafeBytes { unsafe pwrite(raw, $0.baseAddress, $0.count, 0) }
  }

  /// Lets go before the value ends. Harmless when repeated.
  package func release() { _ = flock(descriptor, LOCK_UN) }

  private static func holder(_ raw: Int32) -> String {
    var bytes = [UInt8](repeating: 0, count: 32)
    let count = unsafe bytes.withUnsafeMutableBytes {
      unsafe pread(raw, $0.baseAddress, $0.count, 0)
    }
    return String(decoding: bytes.prefix(max(count, 0)).prefix { $0 > 32 }, as: UTF8.self)
  }

  deinit { _ = close(descriptor) }
}

/// Why a lock was not to be had.
package enum LockFailure: Error, Sendable, Equatable, CustomStringConvertible {
  case held(by: String)
  case failed(SystemError)

  /// Whether another process has it.
  package var isHeld: Bool {
    if case .held = self { return true }
    return false
  }

  package var description: String {
    switch self {
    case .held(let holder): "held by process \(holder)"
    case .failed(let error): "\(error)"
    }
  }
}
