// SPDX-License-Identifier: Apache-2.0

internal import Glibc

/// Memory that the disk takes as it is: aligned to 4,096 bytes, zeroed, at a place that never changes.
@safe package struct AlignedBuffer: ~Copyable {
  private let memory: UnsafeMutableRawBufferPointer

  /// Allocates `capacity` bytes, rounded up to whole pages. Stops the process when there is no memory.
  package init(capacity: Int) {
    let bytes = (max(capacity, 1) + 4_095) & ~4_095
    unsafe memory = UnsafeMutableRawBufferPointer.allocate(byteCount: bytes, alignment: 4_096)
    unsafe memory.initializeMemory(as: UInt8.self, repeating: 0)
  }

  deinit { unsafe memory.deallocate() }

  package var capacity: Int { unsafe memory.count }

  /// The memory itself; good as long as the buffer lives.
  package var mutableBytes: UnsafeMutableRawBufferPointer { unsafe memory }

  /// Lends the first `count` bytes to another lane.
  package func lend(_ count: Int) -> LentBytes {
    unsafe LentBytes(UnsafeRawBufferPointer(rebasing: memory[..<count]))
  }
}

/// Bytes of an `AlignedBuffer`, lent to another lane for one write.
///
/// `@unchecked Sendable` with this proof: the value carries an address only. The lender keeps the buffer
/// alive and leaves these bytes alone until the borrower says it is done, by a message from its lane to the
/// lender's; Dispatch orders the two, so reads by the borrower and later writes by the lender never overlap.
/// The commit lane has two buffers for exactly that reason.
@safe package struct LentBytes: @unchecked Sendable {
  let bytes: UnsafeRawBufferPointer

  init(_ bytes: UnsafeRawBufferPointer) { unsafe self.bytes = unsafe bytes }

  package var count: Int { unsafe bytes.count }
}
