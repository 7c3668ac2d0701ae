// SPDX-License-Identifier: Apache-2.0

internal import SystemIO

/// Reads one segment file past the page cache. Opened on first use, so that a long journal does not need
/// as many descriptors as it has segments.
final class JournalFileReader {
  private let path: String
  private var file: AppendFile?
  let byteCount: Int

  /// Syncs the file and takes its size.
  init(path: String) throws(SystemError) {
    self.path = path
    let file = try AppendFile(path: path, isNew: false)
    try file.sync()
    byteCount = try file.byteCount()
  }

  /// Fills `buffer` from `offset`.
  func read(at offset: Int, into buffer: UnsafeMutableRawBufferPointer) throws(SystemError) {
    if file == nil { file = try AppendFile(path: path, isNew: false) }
    try unsafe file?.read(at: offset, into: buffer)
    if offset + buffer.count >= byteCount { file = nil }
  }
}
