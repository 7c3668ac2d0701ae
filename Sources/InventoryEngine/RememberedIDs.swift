// SPDX-License-Identifier: Apache-2.0

internal import InventoryModel

/// What is kept under a command id.
struct RememberedID {
  var id: CommandID
  /// Digest of the command's body.
  var digest: UInt64
  var position: Position
  /// Log time of the decision, in nanoseconds.
  var decidedAt: Int64
  var outcome: Outcome
}

/// The answers of the last `retention` of log time by command id, first in, first out.
///
/// Whether an id is still known is decided by its age alone; the purge, a few ids a command, only
/// gives memory back.
struct RememberedIDs: ~Copyable {
  private var queue = ChunkedQueue<RememberedID>()
  private var index = HashIndex()
  private var capacity: Int
  private var retention: Int64

  init(capacity: Int, retentionSeconds: Int64) {
    self.capacity = capacity
    self.retention = Timestamp.zero.adding(seconds: retentionSeconds).nanoseconds
  }

  /// Changes the limits; ids that are past their time by the new one are no longer known.
  mutating func limit(capacity: Int, retentionSeconds: Int64) {
    self.capacity = capacity
    retention = Timestamp.zero.adding(seconds: retentionSeconds).nanoseconds
  }

  /// Ids kept, some of them perhaps past their time.
  var count: Int { queue.count }
  /// Running numbers of the ids kept.
  var numbers: Range<UInt64> { queue.head..<queue.tail }

  subscript(_ number: UInt64) -> RememberedID { queue[number] }

  /// The running number of an id that is known at `now`. O(1) expected.
  @inline(__always)
  func find(_ id: CommandID, at now: Int64) -> UInt64? {
    guard let number = locate(id), isKnown(number, at: now) else { return nil }
    return number
  }

  /// Whether there is room for one more at `now`, after giving back what is past its time.
  mutating func makeRoom(for id: CommandID, at now: Int64) -> Bool {
    purge(at: now)
    return queue.count < capacity && index.makeRoom(for: Self.hash(id))
  }

  /// Remembers an answer. O(1).
  mutating func add(_ answer: RememberedID) {
    let hash = Self.hash(answer.id)
    // Past its time, yet not purged: the new answer takes its place in the index.
    if let old = locate(answer.id) { index.remove(hash, UInt32(truncatingIfNeeded: old)) }
    let number = queue.append(answer)
    let isIndexed = index.insert(hash, UInt32(truncatingIfNeeded: number))
    invariant(isIndexed, "Room for a new command id is made before it is added.")
  }

  /// Whether the answer of that running number is within its time.
  func isCurrent(_ number: UInt64, at now: Int64) -> Bool { isKnown(number, at: now) }

  /// Whether the id of that running number is found under it: not so once it was used again.
  func isIndexed(_ number: UInt64) -> Bool { locate(queue[number].id) == number }

  private mutating func purge(at now: Int64) {
    var left = 4
    while left > 0, queue.count > 0, !isKnown(queue.head, at: now) {
      let number = queue.head
      let gone = queue.removeFirst()
      index.remove(Self.hash(gone.id), UInt32(truncatingIfNeeded: number))
      left -= 1
    }
  }

  private func isKnown(_ number: UInt64, at now: Int64) -> Bool {
    now.subtractingReportingOverflow(queue[number].decidedAt).partialValue < retention
  }

  private func locate(_ id: CommandID) -> UInt64? {
    var probe = index.probe(Self.hash(id))
    while let slot = index.next(&probe) {
      let number = queue.head + UInt64(slot &- UInt32(truncatingIfNeeded: queue.head))
      if queue[number].id == id { return number }
    }
    return nil
  }

  private static func hash(_ id: CommandID) -> UInt64 {
    TextHash.fold(TextHash.fold(id.low) ^ id.high)
  }
}
