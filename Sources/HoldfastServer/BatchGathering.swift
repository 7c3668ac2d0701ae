// SPDX-License-Identifier: Apache-2.0

internal import InventoryModel
internal import WireCodec

/// Replies to the commands of explicit batch frames: each batch is answered by one frame, when its
/// last command is answered, in the order of the request. Places are reused.
struct BatchGathering {
  private struct Gathering {
    let token: ConnectionToken
    let correlation: UInt64
    var replies: [BatchReply?]
    var missing: Int
  }

  private var gatherings: [Gathering] = []
  private var free: [Int32] = []

  /// A batch of `count` commands begins.
  ///
  /// - Returns: its place, to be given with each answer.
  mutating func begin(token: ConnectionToken, correlation: UInt64, count: Int) -> Int32 {
    let gathering = Gathering(
      token: token, correlation: correlation, replies: Array(repeating: nil, count: count),
      missing: count)
    if let place = free.popLast() {
      gatherings[Int(place)] = gathering
      return place
    }
    gatherings.append(gathering)
    return Int32(gatherings.count - 1)
  }

  /// The command at `index` of the batch at `place` is answered.
  ///
  /// - Returns: whether that was the last one; then `finish` gives the frame.
  mutating func answer(place: Int32, index: Int32, opcode: UInt16, reply: Reply) -> Bool {
    gatherings[Int(place)].replies[Int(index)] = BatchReply(opcode: opcode, reply: reply)
    gatherings[Int(place)].missing -= 1
    return gatherings[Int(place)].missing == 0
  }

  /// The finished batch at `place`; the place is free afterwards.
  mutating func finish(_ place: Int32) -> (
    token: ConnectionToken, correlation: UInt64, replies: [BatchReply]
  ) {
    let gathering = gatherings[Int(place)]
    invariant(gathering.missing == 0, "a batch is answered when all its commands are")
    gatherings[Int(place)].replies = []
    free.append(place)
    return (gathering.token, gathering.correlation, gathering.replies.compactMap(\.self))
  }
}
