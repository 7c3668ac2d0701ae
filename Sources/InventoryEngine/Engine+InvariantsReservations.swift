// SPDX-License-Identifier: Apache-2.0

internal import InventoryModel

extension Engine {
  func checkReservations(_ faults: inout [String]) {
    var references = Array(repeating: UInt32(0), count: Int(customers.slotCount))
    var openHolds = references
    for slot in 0..<reservations.records.slotCount where !reservations[slot].isVacant {
      let record = reservations[slot]
      let hash = ReservationTable.hash(record.id, record.kind)
      let isFound =
        record.kind == .other || reservations.find(record.id, record.kind, hash: hash) == slot
      if !isFound {
        faults.append("Reservation \(record.id) is not found by its id.")
      }
      if record.customer != none {
        references[Int(record.customer)] += 1
        if record.phase == .held { openHolds[Int(record.customer)] += 1 }
      }
      if record.phase == .held { checkHeld(slot, &faults) }
      checkLines(of: slot, &faults)
    }
    for customer in 0..<customers.slotCount {
      if customers[customer].references != references[Int(customer)]
        || customers[customer].openHolds != openHolds[Int(customer)]
      {
        faults.append("Customer \(customers[customer].id) is miscounted.")
      }
    }
  }

  private func checkHeld(_ slot: UInt32, _ faults: inout [String]) {
    let record = reservations[slot]
    guard Int(record.before) < deadlines.count, deadlines[record.before].hold == slot,
      deadlines[record.before].moment == record.deadline
    else {
      faults.append("Hold \(record.id) does not stand where it says in the heap.")
      return
    }
    if record.flags.contains(.isListed) {
      faults.append("Hold \(record.id) is open and listed as closed.")
    }
  }

  private func checkLines(of slot: UInt32, _ faults: inout [String]) {
    let record = reservations[slot]
    let isClosedHold = record.kind == .hold && record.phase != .held
    var line = record.firstLine
    while line != none {
      let ordered = reservations.lines[line].ordered
      let progress = reservations.progress(of: line)
      if reservations.lines[line].reservation != slot
        || stockItems[reservations.lines[line].stockItem].stock != record.stock
      {
        faults.append("A line of \(record.id) belongs elsewhere.")
      }
      let parts = [
        progress.canceled, progress.invoiced, progress.shipped, progress.refundedLoose,
        progress.refunded - progress.refundedLoose, progress.invoiced - progress.refunded,
      ]
      let isForeign = record.kind == .other || record.flags.contains(.isRecorded)
      if ordered < 0 || (!isForeign && parts.contains(where: { $0 < 0 }))
        || (!isForeign && progress.canceled + max(progress.shipped, progress.invoiced) > ordered)
      {
        faults.append("A line of \(record.id) moved more than was ordered.")
      }
      if isClosedHold, reservations.lines[line].reserved != 0 {
        faults.append("Hold \(record.id) is closed and still reserves.")
      }
      line = reservations.lines[line].next
    }
  }

  func checkClosed(_ faults: inout [String]) {
    var previous = none
    var slot = reservations.firstClosed
    var listed = 0
    while slot != none, listed <= reservations.count {
      listed += 1
      let record = reservations[slot]
      if record.before != previous || !record.flags.contains(.isListed) || record.isVacant
        || record.phase == .held || record.phase == .open
      {
        faults.append("The list of closed reservations is broken at \(record.id).")
        return
      }
      if previous != none, reservations[previous].closedAt > record.closedAt {
        faults.append("The list of closed reservations is out of order at \(record.id).")
      }
      previous = slot
      slot = record.after
    }
    var flagged = 0
    for slot in 0..<reservations.records.slotCount where !reservations[slot].isVacant {
      let record = reservations[slot]
      if record.flags.contains(.isListed) { flagged += 1 }
      if record.kind == .hold, record.phase != .held, !record.flags.contains(.isListed) {
        faults.append("Hold \(record.id) is closed and will never be forgotten.")
      }
    }
    if flagged != listed { faults.append("The list of closed reservations lost some.") }
  }

  /// The sums of lines must be those of their entries.
  func checkEntries(_ faults: inout [String]) {
    var sums: [Key: Int64] = [:]
    var id: UInt64 = 0
    var count = 0
    while let entry = entries.next(after: &id) {
      count += 1
      sums[Key(reservation: entry.reservation, sku: entry.sku), default: 0] += entry.quantity
      if reservations[entry.reservation].isVacant || entries.entry(id)?.position != entry.position {
        faults.append("Entry \(id) has no reservation or is not found.")
      }
    }
    if count != entries.count { faults.append("Entries are miscounted.") }
    for slot in 0..<reservations.records.slotCount where !reservations[slot].isVacant {
      var line = reservations[slot].firstLine
      while line != none {
        let key = Key(reservation: slot, sku: reservations.lines[line].sku)
        if sums[key, default: 0] != reservations.lines[line].reserved {
          faults.append("A line of \(reservations[slot].id) differs from its entries.")
        }
        sums[key] = nil
        line = reservations.lines[line].next
      }
    }
    if sums.count > 0 { faults.append("There are entries without a line.") }
  }

  // Looked up, never walked: the order of a dictionary plays no part.
  private struct Key: Hashable {
    var reservation: UInt32
    var sku: UInt32
  }
}
