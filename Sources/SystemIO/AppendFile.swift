// SPDX-License-Identifier: Apache-2.0

internal import CLinux
internal import Glibc

/// A file written at known places, where a write that returns is durable.
///
/// With direct I/O (O_DIRECT and O_DSYNC) the page cache has no part in it: after a failed sync the
/// cache would show bytes that the disk does not have. File systems without direct I/O get a write and
/// fdatasync(2), and the caller says so in its log. A failure is final: every later call fails with the same
/// error, and nothing is retried.
package struct AppendFile: ~Copyable {
  private let descriptor: FileDescriptor
  private let path: String
  private var failure: SystemError?
  /// Whether the page cache is passed by.
  package let isDirect: Bool

  /// Opens a file for reading only; writing to it fails. open(2).
  package init(reading path: String) throws(SystemError) {
    try self.init(path: path, flags: O_RDONLY, isNew: false)
  }

  /// Opens a file for reading and writing; `isNew` creates it, and fails if it is there. open(2).
  package init(path: String, isNew: Bool) throws(SystemError) {
    try self.init(path: path, flags: O_RDWR, isNew: isNew)
  }

  private init(path: String, flags mode: Int32, isNew: Bool) throws(SystemError) {
    self.path = path
    let flags = mode | (isNew ? O_CREAT | O_EXCL : 0)
    let direct = SystemCall.result { unsafe holdfast_open(path, flags, 0o600, 1) }
    if direct.error == 0 {
      descriptor = FileDescriptor(adopting: direct.value)
      isDirect = true
      return
    }
    if direct.error != EINVAL { throw SystemError("open", direct.error, path: path) }
    // The attempt may have created the file before the flag was refused.
    let plain = mode | (isNew ? O_CREAT : 0)
    descriptor = FileDescriptor(
      adopting: try SystemCall.run("open", path: path) {
        unsafe holdfast_open(path, plain, 0o600, 0)
      })
    isDirect = false
  }

  /// Writes lent bytes durably at `offset`; both are multiples of 4,096. pwrite(2).
  package mutating func write(_ bytes: LentBytes, at offset: Int) throws(SystemError) {
    try unsafe write(bytes.bytes, at: offset)
  }

  /// Writes `bytes` durably at `offset`; address, length and offset are multiples of 4,096.
  package mutating func write(
    _ bytes: UnsafeRawBufferPointer, at offset: Int
  ) throws(SystemError) {
    if let failure { throw failure }
    do throws(SystemError) {
      var done = 0
      while done < bytes.count {
        let rest = unsafe UnsafeRawBufferPointer(rebasing: bytes[done...])
        let count = try SystemCall.run("pwrite", path: path) {
          unsafe pwrite(descriptor.rawValue, rest.baseAddress, rest.count, offset + done)
        }
        if count == 0 { throw SystemError("pwrite", EIO, path: path) }
        done += count
      }
      if !isDirect {
        try SystemCall.run("fdatasync", path: path) { fdatasync(descriptor.rawValue) }
      }
    } catch {
      failure = error
      throw error
    }
  }

  /// Fills `buffer` from `offset`; address, length and offset are multiples of 4,096. pread(2).
  package func read(
    at offset: Int, into buffer: UnsafeMutableRawBufferPointer
  ) throws(SystemError) {
    var done = 0
    while done < buffer.count {
      let rest = unsafe UnsafeMutableRawBufferPointer(rebasing: buffer[done...])
      let count = try SystemCall.run("pread", path: path) {
        unsafe pread(descriptor.rawValue, rest.baseAddress, rest.count, offset + done)
      }
      if count == 0 { throw SystemError("pread", EIO, path: path) }
      done += count
    }
  }

  /// Writes zeros durably from `start` to `end`, both multiples of 4,096, in pieces of 1 MiB.
  package mutating func zero(from start: Int, to end: Int) throws(SystemError) {
    let zeros = AlignedBuffer(capacity: min(max(end - start, 4_096), 1 << 20))
    var offset = start
    while offset < end {
      let count = min(end - offset, zeros.capacity)
      try write(zeros.lend(count), at: offset)
      offset += count
    }
  }

  /// Makes a new file `bytes` long, all zeros, all durable: no later write changes its size or finds the
  /// disk full. posix_fallocate(3), then zeros, then fsync(2).
  package mutating func zeroFill(to bytes: Int) throws(SystemError) {
    if let failure { throw failure }
    let error = posix_fallocate(descriptor.rawValue, 0, bytes)
    if error != 0 { throw SystemError("posix_fallocate", error, path: path) }
    try zero(from: 0, to: bytes)
    try sync()
  }

  /// fsync(2).
  package func sync() throws(SystemError) {
    try SystemCall.run("fsync", path: path) { fsync(descriptor.rawValue) }
  }

  /// The size of the file. fstat(2).
  package func byteCount() throws(SystemError) -> Int {
    var info = stat()
    try SystemCall.run("fstat", path: path) { unsafe fstat(descriptor.rawValue, &info) }
    return Int(info.st_size)
  }
}
