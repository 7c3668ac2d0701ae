// SPDX-License-Identifier: Apache-2.0

internal import InventoryModel
internal import WireCodec

/// Collects encoded frames for one connection lane, so that many replies cross over in one hop.
/// Confined to the commit lane.
final class ReplyOutbox {
  private var writer = ByteWriter()
  private var frames: [ReplyBatch.Frame] = []

  var isEmpty: Bool { frames.isEmpty }

  /// Adds one frame that answers `answers` requests; `body` writes what follows the header.
  func add(
    to token: ConnectionToken, opcode: UInt16, correlation: UInt64, answers: Int = 1,
    body: (inout ByteWriter) -> Void
  ) {
    let start = writer.beginFrame()
    body(&writer)
    writer.endFrame(start, opcode: opcode, correlation: correlation)
    frames.append(.init(token: token, end: writer.count, answers: answers))
  }

  /// Adds the reply to a command.
  func add(_ reply: Reply, opcode: UInt16, to token: ConnectionToken, correlation: UInt64) {
    add(to: token, opcode: opcode | Opcode.replyBit, correlation: correlation) {
      MessageCodec.encode(reply, into: &$0)
    }
  }

  /// Everything collected, and an empty outbox.
  func take() -> ReplyBatch {
    let batch = ReplyBatch(bytes: writer.array(), frames: frames)
    writer.clear()
    frames.removeAll(keepingCapacity: true)
    return batch
  }
}
