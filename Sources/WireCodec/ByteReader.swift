// SPDX-License-Identifier: Apache-2.0

internal import InventoryModel

/// Takes fields off the front of a message. Never reads past the end: every length is compared with what is
/// left before it is used.
@safe struct ByteReader {
  private let bytes: UnsafeRawBufferPointer
  private var offset = 0

  init(_ bytes: UnsafeRawBufferPointer) { unsafe self.bytes = unsafe bytes }

  /// Bytes not taken yet.
  var remaining: Int { unsafe bytes.count - offset }

  @inline(__always)
  mutating func integer<Number: FixedWidthInteger & BitwiseCopyable>(
    _: Number.Type = Number.self
  ) throws(WireFault) -> Number {
    guard remaining >= MemoryLayout<Number>.size else { throw .truncated }
    defer { offset += MemoryLayout<Number>.size }
    return unsafe bytes.little(offset)
  }

  mutating func flag() throws(WireFault) -> Bool {
    let value: UInt8 = try integer()
    if value > 1 { throw .unknownValue(Int(value)) }
    return value == 1
  }

  mutating func quantity() throws(WireFault) -> Quantity {
    Quantity(tenThousandths: try integer())
  }

  mutating func text() throws(WireFault) -> String {
    let length = Int(try integer(UInt16.self))
    if length > Limits.textBytesMax { throw .tooLong(length) }
    let utf8 = unsafe try part(length)
    guard let text = unsafe String(validating: utf8, as: UTF8.self) else { throw .notUTF8 }
    return text
  }

  /// A u16 count that is at most `most` and, at `least` bytes each, fits what is left.
  mutating func count(most: Int = Limits.linesMax, eachAtLeast least: Int) throws(WireFault) -> Int
  {
    let count = Int(try integer(UInt16.self))
    if count > most { throw .tooLong(count) }
    if count * least > remaining { throw .truncated }
    return count
  }

  /// The next `count` bytes.
  mutating func part(_ count: Int) throws(WireFault) -> UnsafeRawBufferPointer {
    guard count <= remaining else { throw .truncated }
    defer { offset += count }
    return unsafe UnsafeRawBufferPointer(rebasing: bytes[offset..<offset + count])
  }

  /// What is left, all of it.
  mutating func rest() -> UnsafeRawBufferPointer {
    defer { offset = unsafe bytes.count }
    return unsafe UnsafeRawBufferPointer(rebasing: bytes[offset...])
  }

  /// The message ends here.
  func end() throws(WireFault) {
    if remaining > 0 { throw .trailingBytes(remaining) }
  }
}
