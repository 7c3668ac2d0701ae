// SPDX-License-Identifier: Apache-2.0

internal import InventoryModel

// 18.1: timed holds.

extension Engine {
  /// The hold of that id, or `none` when there is none or it is forgotten by now.
  func knownHold(_ id: DocumentID, hash: UInt64) -> UInt32 {
    let slot = reservations.find(id.text, isOrder: false, hash: hash)
    if slot == none || reservations[slot].phase == .held { return slot }
    return isWithinRetention(reservations[slot].closedAt) ? slot : none
  }

  /// The hold of that id, or `none` when there is none or it is forgotten by now.
  func knownHold(_ id: DocumentID) -> UInt32 {
    knownHold(id, hash: ReservationTable.hash(id.text, isOrder: false))
  }

  /// Reserves for a cart, with a deadline. O(lines).
  mutating func hold(_ hold: Hold, _ digest: UInt64) throws(Refused) -> Outcome {
    let hash = ReservationTable.hash(hold.id.text, isOrder: false)
    let known = knownHold(hold.id, hash: hash)
    if known != none, reservations[known].digest == digest { return firstResult(known) }
    try requireRoom(reservation: hash, customer: hold.request.customer)
    try requireWellFormed(hold.id, "hold")
    guard hold.seconds >= Limits.holdSecondsMin, hold.seconds <= Limits.holdSecondsMax else {
      throw .invalid("seconds")
    }
    let stock = try examine(hold.request)
    if known != none { throw Refused(.duplicateDocument) }
    try grant(hold.request, in: stock, isLimited: isLimited(hold.request.customer))

    let stale = reservations.find(hold.id.text, isOrder: false, hash: hash)
    if stale != none { forget(stale) }
    var record = Reservation(
      id: hold.id.text, digest: digest, createdAt: now, stock: stock, isOrder: false)
    let deadline = Timestamp(nanoseconds: now).adding(seconds: hold.seconds)
    record.deadline = deadline.nanoseconds
    record.firstSeconds = UInt32(hold.seconds)
    record.channel = scratch.channel
    if hold.request.quantityChecksOnly { record.flags.insert(.checksQuantityOnly) }
    if hold.request.allowsBackorder { record.flags.insert(.allowsBackorder) }
    if let customer = hold.request.customer {
      record.customer = customers.retain(customer)
      customers[record.customer].openHolds += 1
    }
    let lines = grantedLines()
    let slot = open(record, hash: hash, .holdCreated)
    if !lines.isEmpty || hold.request.group != nil {
      reservations.setExtra(
        of: slot, ReservationExtra(group: hold.request.group, grants: lines))
    }
    deadlines.insert(Deadline(moment: deadline.nanoseconds, position: position, hold: slot)) {
      moved, place in reservations[moved].before = place
    }
    return .reserved(Reserved(expiresAt: deadline, lines: lines))
  }

  /// Whether the customer has as many open holds as the store allows.
  private func isLimited(_ customer: CustomerID?) -> Bool {
    let most = store[.holdsPerCustomerMax]
    guard most > 0, let customer else { return false }
    let known = customers.find(customer)
    return known != none && Int64(customers[known].openHolds) >= most
  }

  /// Moves a hold's deadline later, up to the longest life it may have. O(log holds).
  mutating func extend(_ id: DocumentID, _ seconds: Int64) throws(Refused) -> Outcome {
    try requireWellFormed(id, "hold")
    guard seconds >= Limits.holdSecondsMin, seconds <= Limits.holdSecondsMax else {
      throw .invalid("seconds")
    }
    let hold = knownHold(id)
    if hold == none { throw Refused(.unknownHold) }
    switch reservations[hold].phase {
    case .held: break
    case .expired: throw Refused(.holdExpired)
    case .released, .converted, .open, .complete, .canceled, .closed: throw Refused(.holdClosed)
    }
    let life = max(Int64(reservations[hold].firstSeconds), store[.holdLifetimeSeconds])
    let latest = Timestamp(nanoseconds: reservations[hold].createdAt).adding(seconds: life)
    let wanted = Timestamp(nanoseconds: now).adding(seconds: seconds)
    let deadline = max(reservations[hold].deadline, min(wanted, latest).nanoseconds)
    if deadline != reservations[hold].deadline {
      reservations[hold].deadline = deadline
      deadlines.change(at: reservations[hold].before, to: deadline) { moved, place in
        reservations[moved].before = place
      }
    }
    return .extended(until: Timestamp(nanoseconds: deadline))
  }

  /// Ends a hold, whole or in part. O(lines).
  mutating func release(_ id: DocumentID, _ lines: OrderLines) throws(Refused) -> Outcome {
    try requireWellFormed(id, "hold")
    try gather(lines)
    let hold = knownHold(id)
    if hold == none { throw Refused(.unknownHold) }
    switch reservations[hold].phase {
    case .held: break
    case .expired: return .moved(Moved(lines: []))
    case .released, .converted, .open, .complete, .canceled, .closed: throw Refused(.holdClosed)
    }
    if lines.isEmpty { return releaseWhole(hold) }
    try matchHeld(hold)
    try requireRoom(entries: scratch.demands.count)
    for place in scratch.demands.indices {
      let demand = scratch.demands[place]
      let share = share(of: demand.quantity, in: demand.line)
      reservations.setProgress(of: demand.line) { $0.canceled += demand.quantity }
      if share > 0 { append(share, .holdReleased, line: demand.line) }
    }
    if isEmptied(hold) { closeHold(hold, as: .released) }
    return .moved(movedLines())
  }

  private mutating func releaseWhole(_ hold: UInt32) -> Outcome {
    gatherLines(of: hold) { engine, line in engine.heldQuantity(line) }
    giveBack(hold, .holdReleased)
    closeHold(hold, as: .released)
    return .moved(movedLines())
  }

  /// What a line of a hold still holds.
  func heldQuantity(_ line: UInt32) -> Int64 {
    reservations.lines[line].ordered - reservations.progress(of: line).canceled
  }

  /// Finds the lines of the demands in a hold and refuses what is more than held.
  mutating func matchHeld(_ hold: UInt32) throws(Refused) {
    matchLines(of: hold)
    for place in scratch.demands.indices {
      let demand = scratch.demands[place]
      let held = demand.line == none ? 0 : heldQuantity(demand.line)
      if demand.quantity > held { throw .exceedsOpen(demand, held) }
    }
  }

  /// The part of a line's entries that goes when `quantity` leaves the line of a hold: all that the
  /// rest does not need. 0 for a hold that was made while nothing was recorded.
  func share(of quantity: Int64, in line: UInt32) -> Int64 {
    let reserved = -reservations.lines[line].reserved
    return reserved - min(reserved, heldQuantity(line) - quantity)
  }

  /// Whether nothing is held any more. O(lines).
  func isEmptied(_ hold: UInt32) -> Bool {
    var line = reservations[hold].firstLine
    while line != none {
      if heldQuantity(line) > 0 { return false }
      line = reservations.lines[line].next
    }
    return true
  }

  /// The demands as quantities that moved without a source.
  func movedLines() -> Moved {
    Moved(
      lines: scratch.demands.map { demand in
        Moved.Line(SKU(skus[demand.sku].name), Quantity(raw: demand.quantity))
      })
  }
}

extension Refused {
  /// More than is open for a step.
  static func exceedsOpen(_ demand: Demand, _ open: Int64) -> Refused {
    Refused(
      Refusal(
        .exceedsOpenQuantity, sku: demand.name, available: Quantity(raw: max(open, 0)),
        requested: Quantity(raw: demand.quantity)))
  }
}
