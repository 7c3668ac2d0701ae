// SPDX-License-Identifier: Apache-2.0

internal import InventoryEngine
internal import InventoryModel
internal import JournalFormat
internal import Operations
internal import ServerCore
internal import SystemIO
internal import WireCodec

/// What leaves the commit lane.
extension CommitLane {
  /// Answers a command that will not enter the log.
  func refuse(_ pending: Pending, _ code: RefusalCode) {
    respond(to: pending, with: Reply(outcome: .refused(Refusal(code)), position: 0))
  }

  /// Answers a command.
  func respond(to pending: Pending, with reply: Reply) {
    respond(
      to: pending.token, correlation: pending.correlation, opcode: pending.request.opcode,
      gathering: pending.gathering, index: pending.index, with: reply)
  }

  func respond(
    to token: ConnectionToken, correlation: UInt64, opcode: UInt16, gathering place: Int32,
    index: Int32, with reply: Reply
  ) {
    statistics.count(opcode: opcode, reply: reply)
    // The server's own commands have nobody to answer.
    if token == .none { return }
    if place < 0 {
      outboxes[Int(token.lane)].add(reply, opcode: opcode, to: token, correlation: correlation)
    } else if gathering.answer(place: place, index: index, opcode: opcode, reply: reply) {
      let batch = gathering.finish(place)
      outboxes[Int(batch.token.lane)].add(
        to: batch.token, opcode: Opcode.batch.rawValue | Opcode.replyBit,
        correlation: batch.correlation, answers: batch.replies.count
      ) { MessageCodec.encode(batch: batch.replies, into: &$0) }
    }
  }

  /// Answers a query from the applied state: durable, and never older than what was acknowledged.
  func answer(_ query: Query, opcode: UInt16, to request: Request) {
    statistics.queries += 1
    let answer = engine.answer(query)
    outboxes[Int(request.token.lane)].add(
      to: request.token, opcode: opcode | Opcode.replyBit, correlation: request.correlation
    ) { MessageCodec.encode(answer, into: &$0) }
  }

  /// Answers a greeting.
  func welcome(_ request: Request) {
    let limits = configuration.limits
    let welcome = Welcome(
      version: .current, frameBytesMax: UInt32(Limits.frameBytesMax),
      inFlightMax: UInt32(limits.inFlightMax), batchCommandsMax: UInt32(Limits.batchCommandsMax),
      retentionSeconds: UInt32(clamping: configuration.capacities.retentionSeconds),
      storeLow: identity.store.low, storeHigh: identity.store.high, epoch: identity.epoch,
      position: chain.nextPosition - 1, serverName: configuration.name)
    outboxes[Int(request.token.lane)].add(
      to: request.token, opcode: Opcode.hello.rawValue | Opcode.replyBit,
      correlation: request.correlation
    ) { MessageCodec.encode(welcome, into: &$0) }
  }

  /// Hands everything collected to the connection lanes: one hop a lane.
  func flush() {
    for index in outboxes.indices where !outboxes[index].isEmpty {
      let batch = outboxes[index].take()
      let target = connectionLanes[index]
      target.lane.async { target.assumeIsolated { $0.deliver(batch) } }
    }
  }
}

extension ConnectionToken {
  /// Nobody: the server's own commands.
  static let none = ConnectionToken(lane: .max, slot: 0, generation: 0)
}

extension CommitLane {
  /// The lane's numbers, for the operations plane.
  func snapshot() -> OperationsSnapshot {
    statistics.queuedCommands = UInt64(openBatch.pending.count + writtenBatch.pending.count)
    return OperationsSnapshot(
      statistics: statistics, status: engine.status, isAccepting: pipeline.isAccepting,
      isSealed: pipeline.isSealed)
  }

  /// A connection of a lane was accepted, refused or closed.
  func connectionsChanged(_ change: ConnectionChange) {
    switch change {
    case .accepted:
      statistics.connectionsAccepted += 1
      statistics.connectionsOpen += 1
    case .refused: statistics.connectionsRefused += 1
    case .closed: statistics.connectionsOpen -= 1
    }
  }
}
