// SPDX-License-Identifier: Apache-2.0

package import InventoryModel

/// The first page of a segment: who it belongs to and where it stands in the journal. Written
/// twice, so that one damaged copy costs nothing. Layout and validity: Protocol/Journal.md.
package struct SegmentHeader: Equatable, Sendable {
  package static let magic: UInt64 = 0x4745_5346_444C_4F48  // "HOLDFSEG"
  package static let major: UInt16 = 1
  package static let minor: UInt16 = 0

  package let store: StoreUUID
  /// Number of the segment, from 1.
  package let segment: UInt64
  /// New at each start of the server and at each restore; from 1.
  package let epoch: UInt64
  /// Size of the file in bytes.
  package let segmentBytes: Int
  /// Sequence of the first batch written here.
  package let firstSequence: UInt64
  /// Position of the first record written here.
  package let firstPosition: Position
  /// Hash of the last batch of the segment before; 0 in segment 1.
  package let previousHash: UInt64
  /// 64 secret random bits: nobody can have bytes journalled that pass for a batch.
  package let salt: UInt64
  /// Timestamp of the last batch before this segment.
  package let logTime: Timestamp
  /// What every hash in this segment is taken under. Derived from all bytes of the header.
  package private(set) var seed: UInt64

  /// A header to be written: its seed is that of the page it will become.
  init(
    store: StoreUUID, segment: UInt64, epoch: UInt64, segmentBytes: Int, firstSequence: UInt64,
    firstPosition: Position, previousHash: UInt64, salt: UInt64, logTime: Timestamp
  ) {
    self.init(
      store: store, segment: segment, epoch: epoch, segmentBytes: segmentBytes,
      firstSequence: firstSequence, firstPosition: firstPosition, previousHash: previousHash,
      salt: salt, logTime: logTime, seed: 0)
    let bytes = JournalLimits.pageBytes
    seed = unsafe withUnsafeTemporaryAllocation(byteCount: bytes, alignment: 8) { page in
      unsafe Self.fill(page, self)
      return unsafe Self.seed(of: UnsafeRawBufferPointer(page))
    }
  }

  /// A header as read, with the seed of the page it was read from.
  init(
    store: StoreUUID, segment: UInt64, epoch: UInt64, segmentBytes: Int, firstSequence: UInt64,
    firstPosition: Position, previousHash: UInt64, salt: UInt64, logTime: Timestamp, seed: UInt64
  ) {
    self.store = store
    self.segment = segment
    self.epoch = epoch
    self.segmentBytes = segmentBytes
    self.firstSequence = firstSequence
    self.firstPosition = firstPosition
    self.previousHash = previousHash
    self.salt = salt
    self.logTime = logTime
    self.seed = seed
  }
}
