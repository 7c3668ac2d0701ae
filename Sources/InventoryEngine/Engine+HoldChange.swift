// SPDX-License-Identifier: Apache-2.0

internal import InventoryModel

extension Engine {
  /// Replaces the lines of an open hold, all or nothing; what it holds counts as available to it (18.1).
  /// O(lines of both).
  mutating func changeHold(_ id: DocumentID, _ lines: OrderLines) throws(Refused) -> Outcome {
    try requireWellFormed(id, "hold")
    try gather(lines)
    if lines.isEmpty { throw Refused(.emptyInput) }
    let hold = knownHold(id)
    if hold == none { throw Refused(.unknownHold) }
    switch reservations[hold].phase {
    case .held: break
    case .expired: throw Refused(.holdExpired)
    case .released, .converted, .open, .complete, .canceled, .closed: throw Refused(.holdClosed)
    }
    try refuseComposites()
    matchLines(of: hold)
    scratch.channel = reservations[hold].channel
    scratch.hold = hold
    try requireRoom(entries: 2 * scratch.demands.count + heldLines(of: hold))
    lend(hold, isBack: false)
    let result = Result { () throws(Refused) in
      try grant(request(of: hold), in: reservations[hold].stock, isLimited: false)
    }
    lend(hold, isBack: true)
    try result.get()

    let granted = grantedLines()
    shrink(hold)
    grow(hold)
    let group = reservations.extra(of: hold)?.group
    reservations.setExtra(of: hold, ReservationExtra(group: group, grants: granted))
    return .reserved(
      Reserved(expiresAt: Timestamp(nanoseconds: reservations[hold].deadline), lines: granted))
  }

  private func heldLines(of hold: UInt32) -> Int {
    var count = 0
    var line = reservations[hold].firstLine
    while line != none {
      count += 1
      line = reservations.lines[line].next
    }
    return count
  }

  /// Takes the hold's own entries out of the sums while its new lines are judged, and puts them back.
  private mutating func lend(_ hold: UInt32, isBack: Bool) {
    var line = reservations[hold].firstLine
    while line != none {
      let stockItem = reservations.lines[line].stockItem
      let reserved = reservations.lines[line].reserved
      let waiting = waiting(of: line)
      stockItems[stockItem].reserved += isBack ? reserved : -reserved
      stockItems[stockItem].backordered += isBack ? waiting : -waiting
      line = reservations.lines[line].next
    }
  }

  /// Gives back what the new lines do not hold any more.
  private mutating func shrink(_ hold: UInt32) {
    var line = reservations[hold].firstLine
    while line != none {
      let place = scratch.place(of: reservations.lines[line].sku)
      let wanted = place.map { scratch.demands[$0].granted } ?? 0
      let kept = min(wanted, -reservations.lines[line].reserved)
      let surplus = -reservations.lines[line].reserved - kept
      if surplus > 0 { append(surplus, .holdReleased, line: line) }
      reservations.lines[line].ordered = wanted
      if reservations.progress(of: line).canceled != 0 {
        reservations.setProgress(of: line) { $0.canceled = 0 }
      }
      line = reservations.lines[line].next
    }
  }

  /// Takes what the new lines hold more than the old ones.
  private mutating func grow(_ hold: UInt32) {
    let appends = store.isOn(.canSubtract)
    for place in scratch.demands.indices {
      let demand = scratch.demands[place]
      if demand.granted == 0 { continue }
      var line = demand.line
      if line == none {
        line = reservations.addLine(
          ReservationLine(
            ordered: demand.granted, sku: demand.sku, stockItem: demand.stockItem,
            reservation: hold),
          to: hold)
      }
      let more = demand.granted + reservations.lines[line].reserved
      if more > 0, appends, demand.isManaged { append(-more, .holdCreated, line: line) }
    }
  }
}
