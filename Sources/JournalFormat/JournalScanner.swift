// SPDX-License-Identifier: Apache-2.0

internal import InventoryModel

/// One answer of the scanner.
package enum JournalScanStep {
  /// A verified batch that follows the checkpoint; seals too. Good until the next call.
  case batch(JournalBatch)
  /// The whole journal was read; the same answer ever after.
  case end(JournalVerdict)
}

/// Reads a journal in order, in bounded memory (one maximal batch), and ends in a verdict. Bytes in,
/// values out: it asks the given files for bytes and changes nothing.
///
///     var scanner = JournalScanner(files: files, store: uuid)
///     while case .batch(var batch) = scanner.next() {
///       while let record = batch.next() { apply(record) }
///     }
///
/// What was yielded counts only when the verdict is not `corrupt`.
package struct JournalScanner: ~Copyable {
  private enum Phase {
    /// Before the first segment header.
    case beginning
    /// Inside the segment at `index`; the next batch is looked for at the end of `chain`.
    case reading
    case finished(JournalVerdict)
  }

  /// The segments from the first one wanted on, by number.
  let files: [JournalSegmentFile]
  /// The store the files must belong to; `nil` takes the first header's word.
  let store: StoreUUID?
  let checkpoint: JournalCheckpoint?
  var window: ScanWindow
  /// The file being read.
  var index = 0
  /// Everything before here is verified.
  var chain: JournalChain
  var blemishes = JournalBlemishes()
  private var phase = Phase.beginning

  /// - Parameters:
  ///   - files: every segment file of the directory, in any order. None: a fresh journal.
  ///   - store: the UUID the files must carry, where it is known.
  ///   - checkpoint: where a snapshot ends; batches before it are verified but not yielded, and
  ///     segments before its segment are not looked at. That of a fresh journal asks for nothing.
  package init(
    files: [JournalSegmentFile], store: StoreUUID? = nil, from checkpoint: JournalCheckpoint? = nil
  ) {
    let checkpoint = checkpoint?.segment == 0 ? nil : checkpoint
    let first = checkpoint?.segment ?? 1
    self.files = files.filter { $0.number >= first }.sorted { $0.number < $1.number }
    self.store = store
    self.checkpoint = checkpoint
    let largest = self.files.reduce(0) { max($0, $1.byteCount) }
    let needed = max(JournalLimits.segmentHeaderBytes, JournalLimits.wholePages(largest))
    window = ScanWindow(capacity: min(needed, JournalLimits.batchBytesMax))
    chain = JournalChain.fresh(store: store ?? StoreUUID(low: 0, high: 0))
  }

  /// The next batch, or the verdict.
  package mutating func next() -> JournalScanStep {
    while true {
      do throws(JournalCorruption) {
        switch phase {
        case .finished(let verdict):
          return .end(verdict)
        case .beginning:
          phase = try begin()
        case .reading:
          guard let batch = try nextBatch() else {
            phase = try leaveSegment()
            continue
          }
          chain = chain.following(batch.header)
          try checkCheckpoint()
          if batch.header.sequence >= checkpoint?.nextSequence ?? 1 { return .batch(batch) }
        }
      } catch {
        phase = .finished(.corrupt(error))
      }
    }
  }

  /// Reads what is left and gives the verdict; batches are verified and passed over.
  package mutating func verdict() -> JournalVerdict {
    while true {
      if case .end(let verdict) = next() { return verdict }
    }
  }

  private mutating func begin() throws(JournalCorruption) -> Phase {
    try checkNumbers()
    guard let header = try readHeader(0) else {
      if checkpoint != nil { throw damage(.checkpointMissing) }
      try checkBlank(from: 0)
      return .finished(.clean(sealed: true, end))
    }
    if checkpoint == nil, !header.continues(chain) {
      throw damage(.doesNotContinue, segment: header.segment, offset: 0)
    }
    enter(header)
    try checkCheckpoint()
    return .reading
  }

  /// Decides what the first place without a valid batch means (Protocol/Journal.md, Reading).
  private mutating func leaveSegment() throws(JournalCorruption) -> Phase {
    let remains = try remainsAfterEnd()
    let tear = JournalTear(
      segment: chain.segment, offset: chain.offset, sequence: chain.nextSequence,
      bytesDiscarded: remains - chain.offset)
    if index + 1 < files.count, let header = try readHeader(index + 1) {
      guard header.continues(chain) else {
        if header.firstSequence > chain.nextSequence {
          throw damage(.batchLost(nextSegmentBegins: header.firstSequence))
        }
        throw damage(.doesNotContinue, segment: header.segment, offset: 0)
      }
      noteRemains(tear)
      index += 1
      enter(header)
      return .reading
    }
    try checkBlank(from: index + 1)
    if let checkpoint, chain.nextSequence < checkpoint.nextSequence {
      throw damage(.checkpointMissing)
    }
    if chain.ending == .seal(.roll), index + 1 == files.count {
      throw damage(.missingSegment, segment: chain.segment + 1, offset: 0)
    }
    let isClosed = chain.ending == .seal(.roll) || chain.ending == .seal(.shutdown)
    if tear.bytesDiscarded > 0, !isClosed { return .finished(.torn(tear, end)) }
    noteRemains(tear)
    return .finished(.clean(sealed: chain.isSealed, end))
  }

  private mutating func noteRemains(_ tear: JournalTear) {
    guard tear.bytesDiscarded > 0 else { return }
    blemishes.note(.afterEnd, segment: tear.segment, offset: tear.offset)
  }

  private var end: JournalEnd {
    JournalEnd(chain: chain, blemishes: blemishes, hasBlankSegment: hasBlankSegment)
  }

  private var hasBlankSegment: Bool {
    chain.segment == 0 ? !files.isEmpty : index + 1 < files.count
  }

  /// Turns to the first batch of the segment at `index`.
  private mutating func enter(_ header: SegmentHeader) {
    chain = JournalChain(opened: header)
    window.open(files[index])
  }

  private func checkCheckpoint() throws(JournalCorruption) {
    guard let checkpoint else { return }
    if chain.nextSequence == checkpoint.nextSequence,
      chain.checkpoint.nextPosition != checkpoint.nextPosition || chain.hash != checkpoint.hash
    {
      throw damage(.checkpointDisagrees)
    }
    if chain.ending == .opened, chain.segment == checkpoint.segment,
      chain.nextSequence > checkpoint.nextSequence
    {
      throw damage(.checkpointMissing)
    }
  }

  /// The damage at the end of what is verified, unless a place is given.
  func damage(
    _ reason: JournalDamage, segment: UInt64? = nil, offset: Int? = nil
  ) -> JournalCorruption {
    JournalCorruption(
      segment: segment ?? max(chain.segment, 1), offset: offset ?? chain.offset,
      sequence: chain.nextSequence, position: chain.nextPosition, reason: reason)
  }
}

extension SegmentHeader {
  /// Whether this segment begins exactly where the journal ends.
  func continues(_ chain: JournalChain) -> Bool {
    firstSequence == chain.nextSequence && firstPosition == chain.nextPosition
      && previousHash == chain.hash && logTime == chain.timestamp && epoch >= chain.epoch
      && segment == chain.segment + 1
  }
}
