// SPDX-License-Identifier: Apache-2.0

internal import InventoryModel

/// A growing row of bytes that encoders append to. The memory is kept between uses, so a writer in use costs
/// no allocation for a message.
@safe package struct ByteWriter: ~Copyable {
  private var memory: UnsafeMutableRawBufferPointer
  /// Bytes written.
  package private(set) var count = 0

  package init(capacity: Int = 4_096) {
    unsafe memory = .allocate(byteCount: max(capacity, 64), alignment: 16)
  }

  deinit { unsafe memory.deallocate() }

  /// What was written; good until the next write.
  package var bytes: UnsafeRawBufferPointer {
    unsafe UnsafeRawBufferPointer(rebasing: memory[..<count])
  }

  /// A copy of what was written.
  package func array() -> [UInt8] { unsafe Array(bytes) }

  /// Forgets what was written and keeps the memory, unless it grew beyond `keeping` bytes.
  package mutating func clear(keeping: Int = 1 << 20) {
    count = 0
    if unsafe memory.count > keeping {
      unsafe memory.deallocate()
      unsafe memory = .allocate(byteCount: 4_096, alignment: 16)
    }
  }

  /// Appends bytes as they are.
  package mutating func append(_ bytes: UnsafeRawBufferPointer) {
    guard let source = bytes.baseAddress else { return }
    reserve(bytes.count)
    unsafe (memory.baseAddress.unsafelyUnwrapped + count).copyMemory(
      from: source, byteCount: bytes.count)
    count += bytes.count
  }

  /// Appends an integer, little-endian.
  @inline(__always)
  mutating func append<Number: FixedWidthInteger & BitwiseCopyable>(_ value: Number) {
    reserve(MemoryLayout<Number>.size)
    unsafe memory.put(value, count)
    count += MemoryLayout<Number>.size
  }

  @inline(__always)
  mutating func append(_ flag: Bool) { append(flag ? 1 as UInt8 : 0) }

  @inline(__always)
  mutating func append(_ quantity: Quantity) { append(quantity.tenThousandths) }

  /// A u16 length and UTF-8. Longer texts than the format allows are cut by nobody: they are a bug of
  /// the caller, whose names come from people, and are refused by every decoder.
  mutating func append(_ text: String) {
    var text = text
    let length = text.utf8.count
    append(UInt16(truncatingIfNeeded: min(length, Int(UInt16.max))))
    text.withUTF8 { utf8 in
      let kept = UnsafeRawBufferPointer(utf8)
      unsafe append(UnsafeRawBufferPointer(rebasing: kept[..<min(length, Int(UInt16.max))]))
    }
  }

  @inline(__always)
  private mutating func reserve(_ more: Int) {
    if unsafe memory.count - count < more { grow(more) }
  }

  private mutating func grow(_ more: Int) {
    var capacity = unsafe memory.count
    while capacity - count < more { capacity *= 2 }
    let larger = UnsafeMutableRawBufferPointer.allocate(byteCount: capacity, alignment: 16)
    unsafe larger.copyMemory(from: bytes)
    unsafe memory.deallocate()
    unsafe memory = larger
  }

  /// Leaves room for a header. The body is what is written until `endFrame`.
  ///
  /// - Returns: where the frame starts, for `endFrame`.
  package mutating func beginFrame() -> Int {
    let start = count
    reserve(FrameHeader.byteCount)
    count += FrameHeader.byteCount
    return start
  }

  /// Completes the frame that began at `start`: length and checksums.
  package mutating func endFrame(
    _ start: Int, opcode: UInt16, correlation: UInt64, deadlineMilliseconds: UInt32 = 0
  ) {
    var header = FrameHeader(
      opcode: opcode, correlation: correlation, deadlineMilliseconds: deadlineMilliseconds)
    header.frameBytes = UInt32(count - start)
    let frame = unsafe UnsafeMutableRawBufferPointer(rebasing: memory[start..<count])
    header.bodyChecksum = unsafe Checksum.crc32c(
      UnsafeRawBufferPointer(rebasing: frame[FrameHeader.byteCount...]))
    unsafe header.write(to: frame)
  }

  /// Overwrites the u32 at `offset`, which was written before.
  mutating func patch(_ value: UInt32, at offset: Int) { unsafe memory.put(value, offset) }
}
