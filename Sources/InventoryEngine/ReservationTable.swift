// SPDX-License-Identifier: Apache-2.0

internal import InventoryModel

/// A hold or an order.
struct Reservation {
  var id: String
  /// Digest of the command that made it: tells a repeat from another request for the same id.
  var digest: UInt64
  /// Log time of its making, in nanoseconds.
  var createdAt: Int64
  /// A hold's deadline, in nanoseconds; 0 for an order.
  var deadline: Int64 = 0
  /// Log time of its closing; meaningless while it is open.
  var closedAt: Int64 = 0
  /// The newest of its entries, or 0.
  var lastEntry: UInt64 = 0
  var firstLine: UInt32 = none
  var lastLine: UInt32 = none
  /// Number of the customer, or `none`.
  var customer: UInt32 = none
  /// Seconds the hold was made for; 0 for an order.
  var firstSeconds: UInt32 = 0
  /// What few reservations need, or `none`.
  var extra: UInt32 = none
  /// Number of the channel it was sold through, or `none`.
  var channel: UInt32 = none
  /// An open hold's place in the heap; for a closed reservation, the one closed before it.
  var before: UInt32 = none
  /// For a closed reservation, the one closed after it.
  var after: UInt32 = none
  var stock: UInt16
  /// Number of the source where an order is picked up, or `.max`.
  var pickup: UInt16 = .max
  var phase: ReservationPhase
  /// Where an order stands in the order system.
  var state: OrderState = .new
  var flags: Flags
  /// Grows with every reservation ever made.
  fileprivate(set) var serial: UInt64 = 0

  struct Flags: OptionSet {
    let rawValue: UInt16
    static let isVacant = Flags(rawValue: 1)
    static let isOrder = Flags(rawValue: 2)
    static let isReacquired = Flags(rawValue: 4)
    static let checksQuantityOnly = Flags(rawValue: 8)
    static let allowsBackorder = Flags(rawValue: 16)
    /// It stands in the list of closed reservations.
    static let isListed = Flags(rawValue: 32)
    /// Neither a hold nor an order: what appended entries name, or an order that failed.
    static let isObject = Flags(rawValue: 64)
    /// Nothing is reserved before it is processed (6.9).
    static let isDeferred = Flags(rawValue: 128)
    /// It was placed elsewhere, by rules that are not ours.
    static let isRecorded = Flags(rawValue: 256)
  }

  init(id: String, digest: UInt64, createdAt: Int64, stock: UInt16, isOrder: Bool) {
    self.id = id
    self.digest = digest
    self.createdAt = createdAt
    self.stock = stock
    phase = isOrder ? .open : .held
    flags = isOrder ? .isOrder : []
  }

  var isOrder: Bool { flags.contains(.isOrder) }
  var kind: EntryObject { flags.contains(.isObject) ? .other : isOrder ? .order : .hold }
  var isVacant: Bool { flags.contains(.isVacant) }

  static var vacant: Reservation {
    var record = Reservation(id: "", digest: 0, createdAt: 0, stock: 0, isOrder: false)
    record.flags = .isVacant
    return record
  }
}

/// What few reservations need.
struct ReservationExtra {
  /// The customer group, for reserving afresh.
  var group: Int32?
  /// What was granted, when the first answer said more than "everything".
  var grants: [GrantedLine] = []
}

/// One SKU of a reservation.
struct ReservationLine {
  /// What was held or ordered.
  var ordered: Int64
  /// Sum of its entries.
  var reserved: Int64 = 0
  var sku: UInt32
  /// The SKU's stock item in the reservation's stock.
  var stockItem: UInt32
  /// What happened to it since, or `none` when nothing did.
  var progress: UInt32 = none
  /// The line before it among those of the stock item with a non-zero sum; a ring.
  var previousClaim: UInt32 = none
  var nextClaim: UInt32 = none
  /// The reservation it belongs to.
  var reservation: UInt32
  /// The reservation's next line, or `none`.
  var next: UInt32 = none

  static let vacant = ReservationLine(ordered: 0, sku: none, stockItem: none, reservation: none)
}

/// All holds and orders with their lines. An id is looked up together with its kind, since ids of
/// different kinds do not clash.
struct ReservationTable: ~Copyable {
  private(set) var records = SlotTable<Reservation>()
  var lines = SlotTable<ReservationLine>()
  private(set) var progress = SlotTable<LineProgress>()
  private(set) var shipments = SlotTable<LineShipment>()
  private(set) var extras = SlotTable<ReservationExtra>()
  private var index = HashIndex()
  /// Reservations ever made.
  private(set) var serial: UInt64 = 0
  /// Closed reservations in the order of closing, to be tidied up when their time is over.
  private(set) var firstClosed: UInt32 = none
  private(set) var lastClosed: UInt32 = none

  /// Holds and orders known.
  var count: Int { records.count }
  /// Lines of these.
  var lineCount: Int { lines.count }

  subscript(_ slot: UInt32) -> Reservation {
    @inline(__always)
    unsafeAddress { unsafe records.address(of: slot) }
    @inline(__always)
    unsafeMutableAddress { unsafe records.mutableAddress(of: slot) }
  }

  static func hash(_ id: String, _ kind: EntryObject) -> UInt64 {
    switch kind {
    case .order: TextHash.exact(id, seed: 1)
    case .hold: TextHash.exact(id, seed: 2)
    case .other: TextHash.exact(id, seed: 3)
    }
  }

  static func hash(_ id: String, isOrder: Bool) -> UInt64 { hash(id, isOrder ? .order : .hold) }

  /// The reservation of that id and kind, or `none`. O(length).
  func find(_ id: String, _ kind: EntryObject, hash: UInt64) -> UInt32 {
    var probe = index.probe(hash)
    while let slot = index.next(&probe) {
      if records[slot].kind == kind, TextHash.exactlyEqual(records[slot].id, id) { return slot }
    }
    return none
  }

  /// The record of what entries of a stock name as their cause, or `none`. O(length).
  func findObject(_ id: String, _ stock: UInt16) -> UInt32 {
    var probe = index.probe(Self.hash(id, .other))
    while let slot = index.next(&probe) {
      if records[slot].kind == .other, records[slot].stock == stock,
        TextHash.exactlyEqual(records[slot].id, id)
      {
        return slot
      }
    }
    return none
  }

  /// Makes an order one of the things that entries name; its id is free for another order. The caller
  /// has made room under its new hash.
  mutating func turnIntoObject(_ order: UInt32) {
    index.remove(Self.hash(records[order].id, .order), order)
    records[order].flags = .isObject
    records[order].phase = .complete
    let isIndexed = index.insert(Self.hash(records[order].id, .other), order)
    invariant(isIndexed, "Room under another kind is made before an order changes it.")
  }

  /// The hold or order of that id, or `none`. O(length).
  func find(_ id: String, isOrder: Bool, hash: UInt64) -> UInt32 {
    find(id, isOrder ? .order : .hold, hash: hash)
  }

  /// Whether a reservation with that hash can be added. Changes nothing that can be seen.
  mutating func makeRoom(for hash: UInt64) -> Bool { index.makeRoom(for: hash) }

  mutating func add(_ record: Reservation, hash: UInt64) -> UInt32 {
    let slot = records.insert(record)
    serial += 1
    records[slot].serial = serial
    let isIndexed = index.insert(hash, slot)
    invariant(isIndexed, "Room for a new reservation is made before it is added.")
    return slot
  }

  /// Adds a line at the end of a reservation. O(1).
  mutating func addLine(_ line: ReservationLine, to slot: UInt32) -> UInt32 {
    let number = lines.insert(line)
    let last = records[slot].lastLine
    if last == none { records[slot].firstLine = number } else { lines[last].next = number }
    records[slot].lastLine = number
    return number
  }

  /// What happened to a line; all zero when nothing did.
  func progress(of line: UInt32) -> LineProgress {
    let slot = lines[line].progress
    return slot == none ? LineProgress() : progress[slot]
  }

  /// Changes what happened to a line.
  mutating func setProgress(of line: UInt32, _ change: (inout LineProgress) -> Void) {
    if lines[line].progress == none { lines[line].progress = progress.insert(LineProgress()) }
    change(&progress[lines[line].progress])
  }

  /// Notes that a source shipped some of a line. O(sources that shipped it).
  mutating func addShipment(of line: UInt32, source: UInt16, quantity: Int64) {
    setProgress(of: line) { _ in }
    let owner = lines[line].progress
    var slot = progress[owner].firstShipment
    while slot != none {
      if shipments[slot].source == source {
        shipments[slot].quantity += quantity
        return
      }
      slot = shipments[slot].next
    }
    let first = progress[owner].firstShipment
    progress[owner].firstShipment = shipments.insert(
      LineShipment(quantity: quantity, next: first, source: source))
  }

  /// Gives a reservation what few need.
  mutating func setExtra(of slot: UInt32, _ extra: ReservationExtra) {
    records[slot].extra = extras.insert(extra)
  }

  /// What few reservations need; nothing for most.
  func extra(of slot: UInt32) -> ReservationExtra? {
    let extra = records[slot].extra
    return extra == none ? nil : extras[extra]
  }

  /// Puts a reservation at the end of the list of closed ones.
  mutating func listAsClosed(_ slot: UInt32) {
    records[slot].before = lastClosed
    records[slot].after = none
    records[slot].flags.insert(.isListed)
    if lastClosed == none { firstClosed = slot } else { records[lastClosed].after = slot }
    lastClosed = slot
  }

  /// Takes a reservation out of the list of closed ones.
  mutating func unlist(_ slot: UInt32) {
    let before = records[slot].before
    let after = records[slot].after
    if before == none { firstClosed = after } else { records[before].after = after }
    if after == none { lastClosed = before } else { records[after].before = before }
    records[slot].before = none
    records[slot].after = none
    records[slot].flags.remove(.isListed)
  }

  /// Forgets a reservation, its lines and what happened to them. O(lines).
  mutating func remove(_ slot: UInt32) {
    index.remove(Self.hash(records[slot].id, records[slot].kind), slot)
    var line = records[slot].firstLine
    while line != none {
      let next = lines[line].next
      removeProgress(lines[line].progress)
      lines.remove(line, leaving: .vacant)
      line = next
    }
    if records[slot].extra != none {
      extras.remove(records[slot].extra, leaving: ReservationExtra())
    }
    records.remove(slot, leaving: .vacant)
  }

  private mutating func removeProgress(_ slot: UInt32) {
    if slot == none { return }
    var shipment = progress[slot].firstShipment
    while shipment != none {
      let next = shipments[shipment].next
      shipments.remove(shipment, leaving: LineShipment(quantity: 0, next: none, source: .max))
      shipment = next
    }
    progress.remove(slot, leaving: LineProgress())
  }
}
