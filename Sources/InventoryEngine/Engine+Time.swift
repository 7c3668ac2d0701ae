// SPDX-License-Identifier: Apache-2.0

internal import InventoryModel

// Log time passes with every command: due holds expire, and what nobody can ask for any more is
// given back a little at a time.

extension Engine {
  /// Closed reservations tidied up per command. More than a command can close, so that tidying keeps
  /// up in the long run.
  private static let tidiedMax = 4

  /// Lets log time pass to `moment`, before a command is decided.
  mutating func pass(to moment: Int64, _ position: Position) {
    now = max(now, moment)
    self.position = position
    while let first = deadlines.first, first.moment <= now { expire(first.hold) }
    for _ in 0..<Self.tidiedMax {
      let slot = reservations.firstClosed
      if slot == none || isWithinRetention(reservations[slot].closedAt) { break }
      tidy(slot)
    }
  }

  /// Whether something of log time `moment` is still remembered.
  func isWithinRetention(_ moment: Int64) -> Bool {
    let span = Timestamp.zero.adding(seconds: options.retentionSeconds).nanoseconds
    return now.subtractingReportingOverflow(moment).partialValue < span
  }

  private mutating func expire(_ hold: UInt32) {
    giveBack(hold, .holdExpired)
    closeHold(hold, as: .expired)
  }

  /// Gives back all that a hold still reserves: exactly the sum of its entries, whatever the settings
  /// are by now, so that no hold leaves anything behind.
  mutating func giveBack(_ hold: UInt32, _ event: SalesEvent) {
    var line = reservations[hold].firstLine
    while line != none {
      let reserved = reservations.lines[line].reserved
      if reserved != 0 { append(-reserved, event, line: line) }
      line = reservations.lines[line].next
    }
  }

  /// Ends an open hold that reserves nothing any more.
  mutating func closeHold(_ hold: UInt32, as phase: ReservationPhase) {
    deadlines.remove(at: reservations[hold].before) { moved, place in
      reservations[moved].before = place
    }
    reservations[hold].phase = phase
    reservations[hold].closedAt = now
    let customer = reservations[hold].customer
    if customer != none { customers[customer].openHolds -= 1 }
    reservations.listAsClosed(hold)
  }

  /// Forgets a closed hold, or the entries of a final order that sum to 0. Sums stay as they are.
  private mutating func tidy(_ slot: UInt32) {
    if !reservations[slot].isOrder { return forget(slot) }
    reservations.unlist(slot)
    if isSettled(slot) { removeEntries(of: slot) }
  }

  /// Forgets a closed hold and its entries. O(entries + lines).
  mutating func forget(_ hold: UInt32) {
    invariant(isSettled(hold), "A closed hold reserves nothing.")
    reservations.unlist(hold)
    removeEntries(of: hold)
    let customer = reservations[hold].customer
    if customer != none {
      customers[customer].reservations.removeAll { $0 == hold }
      customers.release(customer)
    }
    reservations.remove(hold)
  }

  /// Whether the entries of every line sum to 0. O(lines).
  func isSettled(_ slot: UInt32) -> Bool {
    var line = reservations[slot].firstLine
    while line != none {
      if reservations.lines[line].reserved != 0 { return false }
      line = reservations.lines[line].next
    }
    return true
  }

  /// Removes the entries of a reservation that `isGone` picks, and closes the chain around them.
  /// Returns how many. The caller keeps the sums in step. O(entries of the reservation).
  @discardableResult
  mutating func removeEntries(
    of slot: UInt32, where isGone: (Entry) -> Bool = { _ in true }
  ) -> UInt64 {
    var removed: UInt64 = 0
    var kept: UInt64 = 0
    var id = reservations[slot].lastEntry
    while let entry = entries.entry(id) {
      if isGone(entry) {
        entries.remove(id)
        removed += 1
        if kept == 0 {
          reservations[slot].lastEntry = entry.previous
        } else {
          entries.setPrevious(of: kept, to: entry.previous)
        }
      } else {
        kept = id
      }
      id = entry.previous
    }
    return removed
  }
}
