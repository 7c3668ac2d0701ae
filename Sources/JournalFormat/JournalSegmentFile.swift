// SPDX-License-Identifier: Apache-2.0

/// One segment file as the scanner sees it: a number from its name, a size, and a way to read.
/// The scanner does no input or output itself; whoever made this does.
@safe package struct JournalSegmentFile {
  /// The number in the file's name.
  package let number: UInt64
  /// Size of the file.
  package let byteCount: Int
  /// Fills the whole buffer from the offset. Offset and count are multiples of 4,096 and end
  /// within the file; the buffer is 4,096-aligned. Throws when the bytes cannot be had.
  package let read: (_ offset: Int, _ buffer: UnsafeMutableRawBufferPointer) throws -> Void

  package init(
    number: UInt64, byteCount: Int,
    read: @escaping (_ offset: Int, _ buffer: UnsafeMutableRawBufferPointer) throws -> Void
  ) {
    self.number = number
    self.byteCount = byteCount
    unsafe self.read = unsafe read
  }

  /// A file held in memory.
  package init(number: UInt64, bytes: [UInt8]) {
    unsafe self.init(number: number, byteCount: bytes.count) { offset, buffer in
      unsafe bytes.withUnsafeBytes { unsafe buffer.copyMemory(from: $0.part(offset, buffer.count)) }
    }
  }
}
