// SPDX-License-Identifier: Apache-2.0

internal import JournalFormat
internal import SystemIO

/// The journal of a data directory, to be read. Nothing is written, and nothing is locked: of a server
/// that runs, the end may look torn.
struct JournalDirectory {
  /// The segment files, by number.
  let files: [JournalSegmentFile]

  /// Lists the directory and takes the sizes of its segment files.
  init(path: String) throws(JournalUnreadable) {
    do throws(SystemError) {
      var files: [JournalSegmentFile] = []
      for name in try Directory.names(path) {
        guard let number = SegmentName.number(of: name) else { continue }
        files.append(try JournalDirectory.segment(number, Directory.path(path, name)))
      }
      self.files = files
    } catch {
      throw JournalUnreadable(reason: "\(error)")
    }
    // A directory without a journal is no sound journal: most likely the path is wrong.
    if files.isEmpty { throw JournalUnreadable(reason: "\(path) holds no journal") }
  }

  /// One segment; its file is open only while it is read, since a long journal has many.
  private static func segment(
    _ number: UInt64, _ path: String
  ) throws(SystemError) -> JournalSegmentFile {
    let byteCount = try AppendFile(reading: path).byteCount()
    let reader = SegmentReader(path: path, byteCount: byteCount)
    return unsafe JournalSegmentFile(number: number, byteCount: byteCount) { offset, buffer in
      unsafe try reader.read(at: offset, into: buffer)
    }
  }
}

/// Why there is no journal to read.
struct JournalUnreadable: Error {
  let reason: String

  var report: Report {
    Report(
      "Not readable: \(reason).", ["error": "unreadable", "reason": .text(reason)], status: .damaged
    )
  }
}

/// Reads one segment file from its first byte asked for to its last.
private final class SegmentReader {
  private let path: String
  private let byteCount: Int
  private var file: AppendFile?

  init(path: String, byteCount: Int) {
    self.path = path
    self.byteCount = byteCount
  }

  func read(at offset: Int, into buffer: UnsafeMutableRawBufferPointer) throws(SystemError) {
    if file == nil { file = try AppendFile(reading: path) }
    try unsafe file?.read(at: offset, into: buffer)
    if offset + buffer.count >= byteCount { file = nil }
  }
}
