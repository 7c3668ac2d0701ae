// SPDX-License-Identifier: Apache-2.0

internal import InventoryModel
internal import WireCodec

/// Tells one call from another, for cancellation. It has no state; its identity is all.
final class CallTicket: Sendable {}

/// What a call comes back with.
enum CallResult: Sendable {
  case reply(Reply)
  case replies([Reply])
  case answer(Answer)
  case pong
}

/// One call on its way.
struct ClientCall: Sendable {
  let ticket: CallTicket
  let opcode: UInt16
  /// The encoded body; the same at every attempt.
  let body: [UInt8]
  /// The command behind it, for the caller to ask after; `nil` for questions.
  let commandID: CommandID?
  /// Commands of a batch; 1 otherwise.
  let weight: Int
  /// Monotonic nanoseconds after which the caller waits no more.
  let deadline: Int64
  let resume: @Sendable (Result<CallResult, ClientError>) -> Void
  /// Whether it was ever handed to a socket: from then on its outcome is unknown until answered.
  var wasSent = false
  /// The connection it is in flight on.
  var link: Int?
  var attempts = 0

  /// The error of a call that ends without an answer.
  func failure(_ reason: String) -> ClientError {
    if !wasSent { return .notSent(reason: reason) }
    return commandID.map { .outcomeUnknown($0, reason: reason) } ?? .notAnswered(reason: reason)
  }

  /// Reads the answer.
  func decode(_ header: FrameHeader, _ body: UnsafeRawBufferPointer) throws(WireFault)
    -> CallResult
  {
    guard header.opcode == opcode | Opcode.replyBit, let kind = Opcode(rawValue: opcode) else {
      throw .unknownOpcode(header.opcode)
    }
    switch kind.family {
    case .command: return .reply(try unsafe MessageCodec.decodeReply(body))
    case .batch:
      let replies = try unsafe MessageCodec.decodeBatchReply(body)
      if replies.count != weight { throw .inconsistent }
      return .replies(replies)
    case .query: return .answer(try unsafe MessageCodec.decodeAnswer(body))
    case .ping: return .pong
    case .greeting, .serverOnly: throw .unknownOpcode(header.opcode)
    }
  }
}
