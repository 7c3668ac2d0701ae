// SPDX-License-Identifier: Apache-2.0

internal import InventoryEngine
internal import InventoryModel
internal import JournalFormat
internal import Logging
internal import ServerCore
internal import SystemIO
internal import WireCodec

/// Owns the engine and the order of commands. Requests enter in batches, join the open journal batch,
/// wait for the disk, are applied in order, and leave as encoded frames.
///
/// The lane is entered once per turn of a connection lane and once per durable write; inside there
/// is no suspension. While one batch is on its way to the disk the next one fills: a batch closes
/// when the write before it returns, so there is no linger and no timer on the way of a command.
actor CommitLane {
  nonisolated let lane = LaneQueue(label: "holdfast.commit")
  nonisolated var unownedExecutor: UnownedSerialExecutor {
    unsafe lane.asUnownedSerialExecutor()
  }

  /// A command that waits for its batch, or for its batch to be durable.
  struct Pending {
    let token: ConnectionToken
    let correlation: UInt64
    let request: CommandRequest
    /// Its place in `gathering`; -1 for a command in a frame of its own.
    let gathering: Int32
    let index: Int32
  }

  /// Why the lane ended.
  enum StopReason: Sendable, Equatable {
    case drained
    case journalFailed(String)
  }

  var engine: Engine
  var pipeline: CommitPipeline
  var chain: JournalChain
  /// Where the chain stands once the write under way is durable.
  var chainAfterWrite: JournalChain?
  /// The batch that fills, and the one on its way to the disk: two buffers that change places.
  var openBatch: BatchBuffer
  var writtenBatch: BatchBuffer
  var pages = JournalPages()
  /// Monotonic time of the last batch; a log quiet for longer is sealed.
  var lastBatch: Int64 = 0
  /// Monotonic time of the next attempt to get a segment; none is due at `.max`.
  var retryAt: Int64 = .max
  var isDigestLogged = false

  var gathering = BatchGathering()
  var outboxes: [ReplyOutbox]
  var statistics = ServerStatistics()
  let journal: any CommitLog
  let identity: StoreIdentity
  let configuration: ServerConfiguration
  let log: Logger
  let connectionLanes: [ConnectionLane]
  private var ticker: LaneTimer?
  private var whenStopped: (@Sendable (StopReason) -> Void)?

  init(
    recovered: consuming RecoveredState, configuration: ServerConfiguration,
    connectionLanes: [ConnectionLane], log: Logger
  ) {
    identity = recovered.identity
    chain = recovered.chain
    pipeline = CommitPipeline(limits: configuration.limits, isSealed: recovered.chain.isSealed)
    engine = recovered.engine
    openBatch = BatchBuffer(segmentBytes: configuration.segmentBytes)
    writtenBatch = BatchBuffer(segmentBytes: configuration.segmentBytes)
    outboxes = connectionLanes.map { _ in ReplyOutbox() }
    self.connectionLanes = connectionLanes
    journal = recovered.journal
    self.configuration = configuration
    self.log = log
  }

  /// Starts the lane's clock; `whenStopped` is called once, at the end.
  func start(whenStopped: @escaping @Sendable (StopReason) -> Void) {
    self.whenStopped = whenStopped
    statistics.position = chain.nextPosition - 1
    if engine.capacities != configuration.capacities {
      submitOwn(.setCapacities(configuration.capacities))
      advance()
    }
    ticker = LaneTimer(lane: lane) { [self] in assumeIsolated { $0.tick() } }
    ticker?.repeatEvery(nanoseconds: CommitLane.tickNanoseconds)
  }

  /// Commits what waits, seals the journal and stops.
  func stop() {
    pipeline.stopRequested()
    advance()
  }

  /// The lane has ended: nothing is written any more.
  func ended(_ reason: StopReason) {
    ticker?.cancel()
    ticker = nil
    whenStopped?(reason)
    whenStopped = nil
  }

  /// Requests from a connection lane.
  func take(_ batch: RequestBatch) {
    var place: Int32 = -1
    var index: Int32 = 0
    var left = 0
    for request in batch.requests {
      switch request.work {
      case .batch(let count):
        place = gathering.begin(
          token: request.token, correlation: request.correlation, count: count)
        index = 0
        left = count
      case .command(let command):
        admit(
          Pending(
            token: request.token, correlation: request.correlation, request: command,
            gathering: left > 0 ? place : -1, index: index), bytes: batch.bytes)
      case .refused(let code, let opcode):
        respond(
          to: request.token, correlation: request.correlation, opcode: opcode,
          gathering: left > 0 ? place : -1, index: index,
          with: Reply(outcome: .refused(Refusal(code)), position: 0))
      case .query(let query, let opcode):
        answer(query, opcode: opcode, to: request)
      case .greeting:
        welcome(request)
      }
      if case .batch = request.work { continue }
      index += 1
      left -= left > 0 ? 1 : 0
    }
    advance()
    flush()
  }

  /// Lets a command join the open batch, or answers it at once: from memory when its id is known,
  /// with a refusal when there is no room. Such a refusal is not stored: nothing was decided.
  private func admit(_ pending: Pending, bytes: [UInt8]) {
    let request = pending.request
    if let reply = engine.stored(
      id: request.id, bodyDigest: request.digest, at: chain.timestamp)
    {
      return respond(to: pending, with: reply)
    }
    let code = pipeline.admission(
      queuedCommands: openBatch.pending.count, queuedBytes: openBatch.bytes)
    if let code { return refuse(pending, code) }
    if request.deadline != 0, request.deadline <= SystemClock.monotonicNanoseconds() {
      return refuse(pending, .overloaded)
    }
    if !openBatch.append(pending, bytes: bytes) { refuse(pending, .overloaded) }
  }
}
