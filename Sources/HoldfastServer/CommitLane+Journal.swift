// SPDX-License-Identifier: Apache-2.0

internal import InventoryEngine
internal import InventoryModel
internal import JournalFormat
internal import Logging
internal import ServerCore
internal import SystemIO
internal import WireCodec

/// The way of a batch: closed, written, durable, applied. The pipeline decides, this performs.
extension CommitLane {
  /// How often the lane looks at its clock: for due holds, quiet and retries.
  static let tickNanoseconds: Int64 = 100_000_000
  /// A log without a batch for this long is sealed.
  static let quietNanoseconds: Int64 = 200_000_000
  /// Pause between attempts to get a segment when there is no space.
  static let retryNanoseconds: Int64 = 1_000_000_000

  /// Performs steps until there is nothing to do but wait.
  func advance() {
    let isQuiet = SystemClock.monotonicNanoseconds() - lastBatch >= CommitLane.quietNanoseconds
    switch pipeline.nextStep(hasQueued: !openBatch.isEmpty, isQuiet: isQuiet) {
    case .nothing: break
    case .buildBatch: writeBatch()
    case .writeSeal: writeSeal()
    case .finish:
      pipeline.finished()
      ended(.drained)
    }
  }

  /// The time of the next batch: the clock's, but never before the last one's.
  private var nextTimestamp: Timestamp {
    max(chain.timestamp, Timestamp(nanoseconds: SystemClock.wallNanoseconds()))
  }

  private func writeBatch() {
    refuseExpired()
    if openBatch.isEmpty { return advance() }
    guard chain.fits(batchBytes: openBatch.bytes) else { return roll() }
    swap(&openBatch, &writtenBatch)
    let write = writtenBatch.finish(at: chain, timestamp: nextTimestamp)
    chainAfterWrite = write.next
    statistics.largestBatch = max(statistics.largestBatch, UInt64(writtenBatch.pending.count))
    lastBatch = SystemClock.monotonicNanoseconds()
    pipeline.batchStarted()
    append(writtenBatch.lend(write.byteCount), offset: write.offset)
  }

  private func writeSeal() {
    if pipeline.isStopping, !isDigestLogged {
      // The last command of an orderly end states what replay must arrive at.
      isDigestLogged = true
      submitOwn(.digest(engine.digest()))
      return advance()
    }
    let cause: SealCause = pipeline.isStopping ? .shutdown : .idle
    guard chain.wantsSeal(cause) else {
      pipeline.sealNotNeeded()
      return advance()
    }
    let write = pages.seal(cause, at: chain, timestamp: nextTimestamp)
    chainAfterWrite = write.next
    pipeline.sealStarted()
    append(pages.lendSeal(), offset: write.offset)
  }

  /// Lets a command of the server's own join the open batch.
  func submitOwn(_ command: Command) {
    var writer = ByteWriter()
    MessageCodec.encode(command, id: .none, into: &writer)
    let bytes = writer.array()
    let request = CommandRequest(
      command: command, id: .none, opcode: Opcode(command).rawValue, digest: 0, deadline: 0,
      body: CommandID.byteCount..<bytes.count)
    let pending = Pending(
      token: .none, correlation: 0, request: request, gathering: -1, index: 0)
    _ = openBatch.append(pending, bytes: bytes)
  }

  /// Leaves a full segment. Nothing is written unless the next one is there.
  private func roll() {
    if pipeline.state == .idle { pipeline.segmentFull() }
    var end = chain
    var offset = 0
    if chain.wantsSeal(.roll) {
      let write = pages.seal(.roll, at: chain, timestamp: nextTimestamp)
      end = write.next
      offset = write.offset
    } else {
      pages.clearSeal()
    }
    let header = end.nextSegmentHeader(
      epoch: identity.epoch, salt: SystemRandom.next64(), segmentBytes: configuration.segmentBytes)
    pages.write(header)
    journal.roll(seal: pages.lendSeal(), offset: offset, header: pages.lendHeader()) {
      [self] outcome in
      lane.async { self.assumeIsolated { $0.rolled(to: header, outcome) } }
    }
  }

  private func rolled(to header: SegmentHeader, _ outcome: AppendOutcome) {
    switch outcome {
    case .durable:
      chain = JournalChain(opened: header)
      pipeline.segmentReady()
      retryAt = .max
      log.debug("journal segment opened", metadata: ["segment": "\(header.segment)"])
      advance()
    case .noSpace:
      pipeline.storageFull()
      retryAt = SystemClock.monotonicNanoseconds() + CommitLane.retryNanoseconds
      log.error("no space for another journal segment: commands are refused until there is")
      for pending in openBatch.takeAll() { refuse(pending, .storageFull) }
    case .failed:
      journalFailed(outcome)
    }
    flush()
  }

  /// A write or sync failed: what is on the disk is unknown, so nothing is ever written again. What is
  /// under way is not answered; its callers ask again after the restart, with the same ids.
  private func journalFailed(_ outcome: AppendOutcome) {
    pipeline.writeFailed()
    let reason =
      if case .failed(let reason) = outcome { reason } else { "the journal broke its contract" }
    log.critical("journal write failed, stopping", metadata: ["reason": "\(reason)"])
    ended(.journalFailed(reason))
  }

  /// The lane's clock: lets due holds expire, seals a quiet log, tries again for space.
  func tick() {
    let now = SystemClock.monotonicNanoseconds()
    if pipeline.state == .fetching, now >= retryAt {
      retryAt = .max
      roll()
    }
    let isDue = engine.nextDeadline.map { $0 <= nextTimestamp } ?? false
    if isDue, pipeline.isAccepting, openBatch.isEmpty { submitOwn(.pulse) }
    advance()
    flush()
  }

  private func append(_ bytes: LentBytes, offset: Int) {
    statistics.journalBytes += UInt64(bytes.count)
    journal.append(bytes, offset: offset) { [self] outcome in
      lane.async { self.assumeIsolated { $0.appended(outcome) } }
    }
  }

  /// The write under way ended.
  private func appended(_ outcome: AppendOutcome) {
    guard case .durable(let nanoseconds) = outcome, let durable = chainAfterWrite else {
      return journalFailed(outcome)
    }
    statistics.journalSyncs += 1
    statistics.journalSyncNanoseconds += UInt64(nanoseconds)
    let first = chain.nextPosition
    chain = durable
    chainAfterWrite = nil
    let wasBatch = pipeline.state == .writing
    pipeline.journalSynced()
    guard wasBatch else { return advance() }
    let batch = writtenBatch.takeAll()
    // The next batch is on its way to the disk while this one is applied and answered. A seal waits:
    // what it says must include this batch.
    if !openBatch.isEmpty { advance() }
    apply(batch, from: first, at: durable.timestamp)
    advance()
    flush()
  }

  private func apply(_ batch: [Pending], from first: Position, at timestamp: Timestamp) {
    var position = first
    for pending in batch {
      let request = pending.request
      let reply = engine.apply(
        request.command, id: request.id, bodyDigest: request.digest, position: position,
        timestamp: timestamp)
      respond(to: pending, with: reply)
      position += 1
    }
    statistics.position = position - 1
  }

  /// Commands whose deadline passed while they waited are refused before they are logged.
  private func refuseExpired() {
    let now = SystemClock.monotonicNanoseconds()
    for pending in openBatch.removeExpired(now: now) { refuse(pending, .overloaded) }
  }
}
