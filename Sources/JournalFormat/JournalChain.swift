// SPDX-License-Identifier: Apache-2.0

package import InventoryModel

/// What stands last in the journal.
package enum JournalEnding: Equatable, Sendable {
  /// Nothing was ever written.
  case fresh
  /// A segment header without a batch: the segment was just opened.
  case opened
  /// A batch of commands. Nothing proves yet that it was durable.
  case commands
  case seal(SealCause)
}

/// The durable end of the journal: where the next batch goes and what it must continue. A value;
/// it moves on only when the caller takes `JournalWrite.next` after the write was reported durable,
/// so a batch can never be built on one that is not.
package struct JournalChain: Equatable, Sendable {
  package let store: StoreUUID
  /// Number of the segment in use; 0 when there is none yet.
  package let segment: UInt64
  package let epoch: UInt64
  package let segmentBytes: Int
  /// Seed of the segment in use.
  let seed: UInt64
  /// Where in the segment the next batch goes.
  package internal(set) var offset: Int
  package internal(set) var nextSequence: UInt64
  package internal(set) var nextPosition: Position
  /// Hash of the last batch; 0 when there is none.
  package internal(set) var hash: UInt64
  /// Log time of the last batch: no later batch may be earlier.
  package internal(set) var timestamp: Timestamp
  package internal(set) var ending: JournalEnding

  /// The end of a journal nobody has written to.
  package static func fresh(store: StoreUUID) -> JournalChain {
    JournalChain(fresh: store)
  }

  private init(fresh store: StoreUUID) {
    self.store = store
    segment = 0
    epoch = 0
    segmentBytes = 0
    seed = 0
    offset = 0
    nextSequence = 1
    nextPosition = 1
    hash = 0
    timestamp = .zero
    ending = .fresh
  }

  /// The end right after the segment of `header` was opened.
  package init(opened header: SegmentHeader) {
    store = header.store
    segment = header.segment
    epoch = header.epoch
    segmentBytes = header.segmentBytes
    seed = header.seed
    offset = JournalLimits.segmentHeaderBytes
    nextSequence = header.firstSequence
    nextPosition = header.firstPosition
    hash = header.previousHash
    timestamp = header.logTime
    ending = .opened
  }

  /// The last batch known durable; what the next batch states.
  package var durableUpTo: UInt64 { nextSequence - 1 }

  /// Whether everything written is provably durable: nothing stands after the last seal or header.
  package var isSealed: Bool { ending != .commands }

  /// What a snapshot of the state up to here records.
  package var checkpoint: JournalCheckpoint {
    JournalCheckpoint(
      segment: segment, nextSequence: nextSequence, nextPosition: nextPosition, hash: hash)
  }
}

/// A place in the journal at which reading may start: the end of a batch a snapshot covers.
package struct JournalCheckpoint: Equatable, Sendable {
  package let segment: UInt64
  package let nextSequence: UInt64
  package let nextPosition: Position
  package let hash: UInt64

  package init(segment: UInt64, nextSequence: UInt64, nextPosition: Position, hash: UInt64) {
    self.segment = segment
    self.nextSequence = nextSequence
    self.nextPosition = nextPosition
    self.hash = hash
  }
}
