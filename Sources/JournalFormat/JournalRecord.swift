// SPDX-License-Identifier: Apache-2.0

package import InventoryModel

/// One command as journalled. `body` points into the buffer of the scanner that yielded it and is
/// good until the scanner is asked for the next batch.
@safe package struct JournalRecord {
  package let position: Position
  package let timestamp: Timestamp
  package let opcode: UInt16
  package let flags: UInt16
  package let id: CommandID
  /// The command body after the id, in wire encoding.
  package let body: UnsafeRawBufferPointer
  /// The whole command body of a frame: the 16 bytes of the id, then `body`.
  package let wireBody: UnsafeRawBufferPointer
}

/// Walks the records of one payload. Never reads outside it, whatever the lengths say.
@safe struct RecordWalk {
  private let payload: UnsafeRawBufferPointer
  private let count: Int
  private var offset = 0

  init(_ payload: UnsafeRawBufferPointer) {
    unsafe self.payload = unsafe payload
    count = payload.count
  }

  var isAtEnd: Bool { offset == count }

  /// The next record's bytes, without its padding; `nil` when its length does not fit.
  mutating func next() -> UnsafeRawBufferPointer? {
    let remaining = count - offset
    guard remaining >= JournalLimits.recordHeaderBytes else { return nil }
    let length = unsafe Int(payload.integer(offset, as: UInt32.self))
    let bytes = JournalLimits.recordHeaderBytes + length
    let padded = (bytes + 7) & ~7
    guard padded <= remaining else { return nil }
    defer { offset += padded }
    return unsafe payload.part(offset, bytes)
  }
}

/// A verified batch. Good until the scanner is asked for the next one.
@safe package struct JournalBatch {
  package let header: BatchHeader
  /// Offset of the batch in its segment.
  package let offset: Int
  private let payload: UnsafeRawBufferPointer
  private var walk: RecordWalk
  private var index: UInt64 = 0

  init(header: BatchHeader, offset: Int, payload: UnsafeRawBufferPointer) {
    self.header = header
    self.offset = offset
    unsafe self.payload = unsafe payload
    walk = unsafe RecordWalk(payload)
  }

  /// The next record in the order of positions; `nil` after the last (at once in a seal).
  package mutating func next() -> JournalRecord? {
    guard !walk.isAtEnd, let bytes = unsafe walk.next() else { return nil }
    defer { index += 1 }
    return unsafe JournalRecord(
      position: header.firstPosition + index, timestamp: header.timestamp,
      opcode: bytes.integer(4), flags: bytes.integer(6),
      id: CommandID(low: bytes.integer(8), high: bytes.integer(16)),
      body: bytes.part(
        JournalLimits.recordHeaderBytes, bytes.count - JournalLimits.recordHeaderBytes),
      wireBody: bytes.part(8, bytes.count - 8))
  }

  /// The index of the first record whose length lies; `nil` when the records fill the payload.
  var firstUnsoundRecord: Int? {
    var check = unsafe RecordWalk(payload)
    for index in 0..<header.recordCount where unsafe check.next() == nil { return index }
    return check.isAtEnd ? nil : header.recordCount
  }
}
