// SPDX-License-Identifier: Apache-2.0

internal import InventoryModel
internal import WireCodec

/// Which connection asked: its lane, its place there, and the generation of that place, so that an
/// answer never reaches a later connection in the same place.
struct ConnectionToken: Sendable, Equatable {
  let lane: UInt16
  let slot: UInt32
  let generation: UInt32
}

/// One decoded request on its way from a connection lane to the commit lane.
struct Request: Sendable {
  let token: ConnectionToken
  let correlation: UInt64
  let work: Work

  enum Work: Sendable {
    case command(CommandRequest)
    case query(Query, opcode: UInt16)
    /// The next `count` requests belong to one batch frame.
    case batch(count: Int)
    /// A command of a batch frame that could not be decoded; it is answered in its place.
    case refused(RefusalCode, opcode: UInt16)
    case greeting
  }
}

/// A command with all that the journal and the engine need.
struct CommandRequest: Sendable {
  let command: Command
  let id: CommandID
  let opcode: UInt16
  let digest: UInt64
  /// Monotonic nanoseconds after which it must not be begun; 0 is none.
  let deadline: Int64
  /// Where its body, after the id, lies in `RequestBatch.bytes`.
  let body: Range<Int>
}

/// What a connection lane read in one turn, for one hop to the commit lane.
struct RequestBatch: Sendable {
  var requests: [Request] = []
  var bytes: [UInt8] = []

  var isEmpty: Bool { requests.isEmpty }
}

/// Encoded frames on their way back, for one hop to a connection lane.
struct ReplyBatch: Sendable {
  var bytes: [UInt8] = []
  var frames: [Frame] = []

  /// One frame and whom it is for; it ends where the next begins.
  struct Frame: Sendable {
    let token: ConnectionToken
    let end: Int
    /// How many requests it answers.
    let answers: Int
  }
}

/// What became of a connection, for the statistics.
enum ConnectionChange: Sendable {
  case accepted
  case refused
  case closed
}
