// SPDX-License-Identifier: Apache-2.0

internal import InventoryModel

/// A hold's deadline as the heap orders it. Deadlines that are equal are taken in the order in which
/// the holds were made, so that every replay expires the same holds in the same order.
struct Deadline {
  var moment: Int64
  /// The position of the command that made the hold: one hold a command, so never equal.
  var position: Position
  /// Number of the hold.
  var hold: UInt32

  @inline(__always)
  func precedes(_ other: Deadline) -> Bool {
    moment != other.moment ? moment < other.moment : position < other.position
  }
}

/// Deadlines of the open holds, the earliest first: a heap with four children a node, which is half
/// as deep as a binary one. The hold knows its place in the heap: whoever moves a deadline reports the
/// new place through `moved`.
struct DeadlineHeap: ~Copyable {
  private var items = ChunkedArray<Deadline>()

  /// Open holds.
  var count: Int { items.count }
  /// The earliest deadline.
  var first: Deadline? { items.count == 0 ? nil : items[0] }

  subscript(_ place: UInt32) -> Deadline { items[place] }

  /// Adds a deadline. O(log count), O(1) when it is the latest.
  mutating func insert(_ deadline: Deadline, moved: (UInt32, UInt32) -> Void) {
    items.append(deadline)
    rise(deadline, from: items.count - 1, moved)
  }

  /// Removes the deadline at `place`. O(log count).
  mutating func remove(at place: UInt32, moved: (UInt32, UInt32) -> Void) {
    let last = items.removeLast()
    if Int(place) == items.count { return }
    settle(last, at: Int(place), moved)
  }

  /// Changes the deadline at `place`. O(log count).
  mutating func change(at place: UInt32, to moment: Int64, moved: (UInt32, UInt32) -> Void) {
    var deadline = items[place]
    deadline.moment = moment
    settle(deadline, at: Int(place), moved)
  }

  /// Whether every deadline comes after its parent.
  var isOrdered: Bool {
    for place in 0..<items.count where place > 0 {
      if items[place].precedes(items[(place - 1) / 4]) { return false }
    }
    return true
  }

  private mutating func settle(
    _ deadline: Deadline, at place: Int, _ moved: (UInt32, UInt32) -> Void
  ) {
    if place > 0, deadline.precedes(items[(place - 1) / 4]) {
      rise(deadline, from: place, moved)
    } else {
      sink(deadline, from: place, moved)
    }
  }

  private mutating func rise(
    _ deadline: Deadline, from place: Int, _ moved: (UInt32, UInt32) -> Void
  ) {
    var place = place
    while place > 0 {
      let parent = (place - 1) / 4
      guard deadline.precedes(items[parent]) else { break }
      items[place] = items[parent]
      moved(items[place].hold, UInt32(place))
      place = parent
    }
    items[place] = deadline
    moved(deadline.hold, UInt32(place))
  }

  private mutating func sink(
    _ deadline: Deadline, from place: Int, _ moved: (UInt32, UInt32) -> Void
  ) {
    var place = place
    while true {
      let first = 4 * place + 1
      if first >= items.count { break }
      var earliest = first
      for child in first..<min(first + 4, items.count)
      where items[child].precedes(items[earliest]) { earliest = child }
      guard items[earliest].precedes(deadline) else { break }
      items[place] = items[earliest]
      moved(items[place].hold, UInt32(place))
      place = earliest
    }
    items[place] = deadline
    moved(deadline.hold, UInt32(place))
  }
}
