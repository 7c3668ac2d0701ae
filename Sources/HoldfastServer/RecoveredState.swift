// SPDX-License-Identifier: Apache-2.0

internal import InventoryEngine
internal import JournalFormat
internal import SystemIO

/// Which store this is and which start of it.
struct StoreIdentity: Sendable, Equatable {
  /// Random, made with the store; the same for ever.
  let store: StoreUUID
  /// Counts the starts: every start writes under a new epoch.
  let epoch: UInt64
}

/// What a server begins with: the engine as the journal left it, and where the journal goes on.
struct RecoveredState: ~Copyable {
  var engine: Engine
  let chain: JournalChain
  let identity: StoreIdentity
  let journal: any CommitLog
}

extension RecoveredState {
  /// A fresh engine that keeps nothing.
  static func ephemeral(_ configuration: ServerConfiguration) -> RecoveredState {
    let (low, high) = SystemRandom.words128()
    let fresh = JournalChain.fresh(store: StoreUUID(low: low, high: high))
    let header = fresh.nextSegmentHeader(
      epoch: 1, salt: 1, segmentBytes: configuration.segmentBytes)
    return RecoveredState(
      engine: Engine(), chain: JournalChain(opened: header),
      identity: StoreIdentity(store: fresh.store, epoch: 1), journal: EphemeralLog())
  }
}
