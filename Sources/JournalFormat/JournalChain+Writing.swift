// SPDX-License-Identifier: Apache-2.0

internal import InventoryModel

/// One write the caller owes: the first `byteCount` bytes of the region at `offset` of the segment.
package struct JournalWrite: Equatable, Sendable {
  package let header: BatchHeader
  /// Offset in the segment, a multiple of 4,096.
  package let offset: Int
  /// Bytes to write, a multiple of 4,096.
  package let byteCount: Int
  /// The end of the journal once the write is durable, and not before.
  package let next: JournalChain
}

/// When a segment must roll, and what may still be written before it does.
extension JournalChain {
  /// Whether a batch of commands of `batchBytes` (whole pages) fits here and leaves the pages
  /// kept for seals. `false`: write the roll seal, open the next segment, ask again.
  package func fits(batchBytes: Int) -> Bool {
    segment > 0 && ending != .seal(.roll)
      && segmentBytes - offset >= batchBytes + JournalLimits.sealPagesReserved
        * JournalLimits.pageBytes
  }

  /// Whether a seal for `cause` is due and fits. An idle seal is due only after commands; a
  /// shutdown seal unless one was written; a roll seal unless one stands last. After a roll seal
  /// nothing follows in the segment.
  package func wantsSeal(_ cause: SealCause) -> Bool {
    guard segment > 0, ending != .seal(.roll) else { return false }
    switch cause {
    case .idle: return ending == .commands && hasRoom(pages: 3)
    case .shutdown: return ending != .seal(.shutdown) && hasRoom(pages: 2)
    case .roll: return hasRoom(pages: 1)
    }
  }

  private func hasRoom(pages: Int) -> Bool {
    segmentBytes - offset >= pages * JournalLimits.pageBytes
  }

  /// The header of the segment that follows, which continues the journal from here. The caller
  /// writes it (`SegmentHeader.write`) at offset 0 of a blank segment, and goes on with
  /// `JournalChain(opened:)` when both copies are durable.
  ///
  /// - Parameters:
  ///   - epoch: the running server's; greater than that of any earlier start.
  ///   - salt: 64 fresh random bits.
  ///   - segmentBytes: size of the blank file.
  package func nextSegmentHeader(
    epoch: UInt64, salt: UInt64, segmentBytes: Int = JournalLimits.segmentBytesDefault
  ) -> SegmentHeader {
    invariant(epoch >= 1 && epoch >= self.epoch, "an epoch never goes back")
    invariant(
      JournalLimits.allowsSegment(bytes: segmentBytes),
      "a segment is whole pages within the limits")
    invariant(segment < JournalLimits.segmentNumberMax, "segment numbers have ten digits")
    return SegmentHeader(
      store: store, segment: segment + 1, epoch: epoch, segmentBytes: segmentBytes,
      firstSequence: nextSequence, firstPosition: nextPosition, previousHash: hash, salt: salt,
      logTime: timestamp)
  }

  /// The header of the next batch of `kind`, without its hash.
  func nextBatchHeader(
    _ kind: BatchKind, records: Int, payloadBytes: Int, payloadHash: UInt64, timestamp: Timestamp
  ) -> BatchHeader {
    invariant(timestamp >= self.timestamp, "log time never goes back")
    return BatchHeader(
      kind: kind, recordCount: records, payloadBytes: payloadBytes, sequence: nextSequence,
      firstPosition: nextPosition, timestamp: timestamp, durableUpTo: durableUpTo,
      previousHash: hash, payloadHash: payloadHash, segment: segment, epoch: epoch)
  }

  /// The end after the batch of `header` at the end of this chain.
  func following(_ header: BatchHeader) -> JournalChain {
    var next = self
    next.offset += header.byteCount
    next.nextSequence += 1
    next.nextPosition += UInt64(header.recordCount)
    next.hash = header.hash
    next.timestamp = header.timestamp
    switch header.kind {
    case .commands: next.ending = .commands
    case .seal(let cause): next.ending = .seal(cause)
    }
    return next
  }
}
