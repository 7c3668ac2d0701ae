// SPDX-License-Identifier: Apache-2.0

/// Little-endian loads and stores at checked places. The formats of this module are fixed fields in
/// raw pages; `unsafe` here and in the encoder and scanner is what keeps a record at a few
/// nanoseconds (arrays and spans cost three to seventy times as much).
extension UnsafeRawBufferPointer {
  /// The integer at `offset`, which lies wholly inside (checked in debug builds by the standard
  /// library; every caller has compared the length before).
  @inline(__always)
  func integer<T: FixedWidthInteger & BitwiseCopyable>(_ offset: Int, as: T.Type = T.self) -> T {
    T(littleEndian: unsafe loadUnaligned(fromByteOffset: offset, as: T.self))
  }

  /// Whether every byte is zero. O(count), 64 bytes a step.
  var isAllZero: Bool {
    var offset = 0
    var found = SIMD8<UInt64>(repeating: 0)
    while offset + 64 <= count {
      unsafe found |= loadUnaligned(fromByteOffset: offset, as: SIMD8<UInt64>.self)
      offset += 64
    }
    if found != SIMD8<UInt64>(repeating: 0) { return false }
    while offset < count {
      if unsafe self[offset] != 0 { return false }
      offset += 1
    }
    return true
  }

  /// The `count` bytes from `offset`, which lie wholly inside.
  @inline(__always)
  func part(_ offset: Int, _ count: Int) -> UnsafeRawBufferPointer {
    unsafe UnsafeRawBufferPointer(rebasing: self[offset..<offset + count])
  }
}

extension UnsafeMutableRawBufferPointer {
  /// Stores `value` at `offset`, little-endian; the caller has compared the length before.
  @inline(__always)
  func store<T: FixedWidthInteger & BitwiseCopyable>(_ value: T, at offset: Int) {
    unsafe storeBytes(of: value.littleEndian, toByteOffset: offset, as: T.self)
  }

  /// Sets the `count` bytes from `offset` to zero.
  @inline(__always)
  func zero(_ offset: Int, _ count: Int) {
    guard count > 0 else { return }
    unsafe UnsafeMutableRawBufferPointer(rebasing: self[offset..<offset + count])
      .initializeMemory(as: UInt8.self, repeating: 0)
  }
}
