// SPDX-License-Identifier: Apache-2.0

package import InventoryModel

/// The order in which the commit lane does things, without the things: when a batch is built, when
/// a seal is written, when a segment is fetched, when to stop. At most one batch is between write
/// and sync at any time; that is what makes a torn tail decidable (Protocol/Journal.md).
///
/// ```
/// idle ──work──▶ writing ──durable──▶ idle ──quiet──▶ sealing ──durable──▶ idle (sealed)
///   └──segment full──▶ fetching ──ready──▶ idle          any ──write failed──▶ failed
/// ```
package struct CommitPipeline: ~Copyable {
  /// - `idle`: nothing between write and sync. Work starts at once; there is no linger.
  /// - `writing`: one batch is on its way to the disk.
  /// - `sealing`: a seal is on its way to the disk.
  /// - `fetching`: the segment is full and the next one is not there yet.
  /// - `failed`: a write or sync failed. Final: nothing is ever written again (fail-stop).
  /// - `stopped`: drained and sealed.
  package enum State: Sendable, Equatable {
    case idle
    case writing
    case sealing
    case fetching
    case failed
    case stopped
  }

  package private(set) var state = State.idle
  /// Whether everything durable is covered by a seal.
  package private(set) var isSealed: Bool
  /// Whether the server stops.
  package private(set) var isStopping = false
  /// Whether the last thing in the log is the seal of an orderly end.
  private var isClosed = false
  private var isClosingSeal = false
  private var isStorageFull = false
  private let queuedCommandsMax: Int
  private let queuedBytesMax: Int

  package init(limits: ServerLimits, isSealed: Bool) {
    queuedCommandsMax = limits.queuedCommandsMax
    queuedBytesMax = limits.queuedBytesMax
    self.isSealed = isSealed
  }

  /// Whether a request may join the queue, which holds `commands` and `bytes` already.
  ///
  /// - Returns: `nil` for yes, else the refusal; none of them is stored, nothing was decided.
  package func admission(queuedCommands commands: Int, queuedBytes bytes: Int) -> RefusalCode? {
    switch state {
    case .failed, .stopped: return .notLeader
    case .idle, .writing, .sealing, .fetching: break
    }
    if isStopping { return .notLeader }
    if isStorageFull { return .storageFull }
    return commands >= queuedCommandsMax || bytes >= queuedBytesMax ? .overloaded : nil
  }

  /// What the lane is to do next.
  package enum Step: Sendable, Equatable {
    case nothing
    /// Build a batch from the queue and write it; then call `batchStarted`, or `segmentFull`.
    case buildBatch
    /// Write a seal; then call `sealStarted`.
    case writeSeal
    /// Everything is drained and sealed; then call `finished`.
    case finish
  }

  /// The next step, given whether commands wait and whether the log has been quiet for a while.
  package func nextStep(hasQueued: Bool, isQuiet: Bool) -> Step {
    switch state {
    case .idle:
      if hasQueued { return .buildBatch }
      // An orderly end has a seal of its own, also behind an idle one: it says that nothing followed.
      if isStopping { return isClosed ? .finish : .writeSeal }
      return !isSealed && isQuiet ? .writeSeal : .nothing
    case .writing, .sealing, .fetching, .failed, .stopped:
      return .nothing
    }
  }

  /// A batch went to the journal lane.
  package mutating func batchStarted() {
    invariant(state == .idle, "one batch at a time is between write and sync")
    state = .writing
    isSealed = false
  }

  /// The log is sealed as it stands.
  package mutating func sealNotNeeded() {
    isSealed = true
    isClosed = isStopping
  }

  /// A seal went to the journal lane.
  package mutating func sealStarted() {
    invariant(state == .idle, "a seal is written when no batch is under way")
    state = .sealing
    isClosingSeal = isStopping
  }

  /// The batch or seal under way is durable.
  package mutating func journalSynced() {
    switch state {
    case .writing: state = .idle
    case .sealing:
      state = .idle
      isSealed = true
      isClosed = isClosingSeal
    case .failed: break
    case .idle, .fetching, .stopped: broken("only what is under way becomes durable")
    }
  }

  /// The segment has no room and the next one is not ready.
  package mutating func segmentFull() {
    invariant(state == .idle, "a segment is left between batches")
    state = .fetching
  }

  /// The next segment is in place.
  package mutating func segmentReady() {
    isStorageFull = false
    if state == .fetching { state = .idle }
  }

  /// The next segment cannot be had for want of space: new commands are refused, reads go on.
  package mutating func storageFull() { isStorageFull = true }

  /// A write or sync failed. Final.
  package mutating func writeFailed() { state = .failed }

  /// The server stops: nothing new is admitted, what is queued is committed and sealed.
  package mutating func stopRequested() { isStopping = true }

  /// Drained and sealed.
  package mutating func finished() {
    invariant(state == .idle && isClosed, "a pipeline stops between batches, sealed")
    state = .stopped
  }

  /// Whether new commands are admitted as far as storage is concerned; what readiness shows.
  package var isAccepting: Bool {
    switch state {
    case .failed, .stopped: false
    case .idle, .writing, .sealing, .fetching: !isStopping && !isStorageFull
    }
  }
}
