// SPDX-License-Identifier: Apache-2.0

internal import InventoryModel
internal import JournalFormat
internal import SystemIO
internal import WireCodec

/// One journal batch in the making: the commands in order, and their records in memory the disk can
/// take as it is. Two of them take turns.
struct BatchBuffer: ~Copyable {
  private var memory: AlignedBuffer
  private var encoder: JournalEncoder
  private var earliestDeadline = Int64.max
  private(set) var pending: [CommitLane.Pending] = []

  init(segmentBytes: Int) {
    memory = AlignedBuffer(capacity: JournalLimits.batchBytesMax)
    encoder = unsafe JournalEncoder(into: memory.mutableBytes, segmentBytes: segmentBytes)
  }

  var isEmpty: Bool { pending.isEmpty }
  /// Bytes of the batch as it stands.
  var bytes: Int { encoder.batchBytes }

  /// Adds a command and its record.
  ///
  /// - Returns: whether there was room.
  mutating func append(_ command: CommitLane.Pending, bytes: [UInt8]) -> Bool {
    let request = command.request
    let step = unsafe bytes.withUnsafeBytes { all in
      unsafe encoder.append(
        opcode: request.opcode, id: request.id,
        body: UnsafeRawBufferPointer(rebasing: all[request.body]))
    }
    guard case .appended = step else { return false }
    if request.deadline != 0 { earliestDeadline = min(earliestDeadline, request.deadline) }
    pending.append(command)
    return true
  }

  /// Removes the commands whose deadline is not after `now`.
  mutating func removeExpired(now: Int64) -> [CommitLane.Pending] {
    if earliestDeadline > now { return [] }
    let all = takeAll()
    var expired: [CommitLane.Pending] = []
    var writer = ByteWriter()
    for command in all {
      let request = command.request
      if request.deadline != 0, request.deadline <= now {
        expired.append(command)
        continue
      }
      // The encoding of a command is canonical, so this gives the bytes that were received.
      writer.clear()
      MessageCodec.encode(request.command, id: request.id, into: &writer)
      _ = unsafe encoder.append(opcode: request.opcode, wireBody: writer.bytes)
      if request.deadline != 0 { earliestDeadline = min(earliestDeadline, request.deadline) }
      pending.append(command)
    }
    return expired
  }

  /// Completes the batch at the end of `chain`.
  mutating func finish(at chain: JournalChain, timestamp: Timestamp) -> JournalWrite {
    encoder.finish(at: chain, timestamp: timestamp)
  }

  /// The first `count` bytes, for the journal to write while this batch is left alone.
  func lend(_ count: Int) -> LentBytes { memory.lend(count) }

  /// Forgets the batch and keeps the memory.
  ///
  /// - Returns: the commands it held.
  mutating func takeAll() -> [CommitLane.Pending] {
    let all = pending
    pending = []
    pending.reserveCapacity(all.count)
    earliestDeadline = .max
    encoder.clear()
    return all
  }
}
