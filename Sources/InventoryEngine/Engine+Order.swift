// SPDX-License-Identifier: Apache-2.0

internal import InventoryModel

// What is open of an order, and when it is final (6.4 to 6.8).

extension Engine {
  /// The order of that id, or the refusal.
  func order(_ id: DocumentID) throws(Refused) -> UInt32 {
    let hash = ReservationTable.hash(id.text, isOrder: true)
    let slot = reservations.find(id.text, isOrder: true, hash: hash)
    if slot == none { throw Refused(.unknownOrder) }
    return slot
  }

  /// Still owed: neither given up, nor delivered, nor paid back before it was delivered.
  ///
  /// A refund of delivered goods leaves the rest owed (14), so only the loose part of the refunds
  /// counts here.
  func openQuantity(_ line: UInt32) -> Int64 {
    let progress = reservations.progress(of: line)
    let delivered =
      skus[reservations.lines[line].sku].isVirtual ? progress.invoiced : progress.shipped
    return max(
      reservations.lines[line].ordered - progress.canceled - delivered - progress.refundedLoose, 0)
  }

  /// What can be cancelled: neither shipped nor invoiced.
  func cancelableQuantity(_ line: UInt32) -> Int64 {
    let progress = reservations.progress(of: line)
    let bound = max(progress.shipped, progress.invoiced)
    let rest = reservations.lines[line].ordered - bound - progress.canceled
    return max(min(rest, openQuantity(line)), 0)
  }

  /// What can be billed.
  func invoiceableQuantity(_ line: UInt32) -> Int64 {
    let progress = reservations.progress(of: line)
    return max(
      reservations.lines[line].ordered - progress.canceled - progress.invoiced, 0)
  }

  /// What can be paid back.
  func refundableQuantity(_ line: UInt32) -> Int64 {
    let progress = reservations.progress(of: line)
    return max(progress.invoiced - progress.refunded, 0)
  }

  /// Finds the demands' lines in an order and refuses more than `open` of any.
  mutating func matchOpen(
    _ order: UInt32, _ open: (borrowing Engine, UInt32) -> Int64
  ) throws(Refused) {
    matchLines(of: order)
    for place in scratch.demands.indices {
      let demand = scratch.demands[place]
      let quantity = demand.line == none ? 0 : open(self, demand.line)
      if demand.quantity > quantity { throw .exceedsOpen(demand, quantity) }
    }
  }

  /// Whether the order has one of the phases, else the refusal.
  func requirePhase(_ order: UInt32, _ phases: ReservationPhase...) throws(Refused) {
    if !phases.contains(reservations[order].phase) { throw Refused(.orderState) }
  }

  /// Brings an order's phase up to date. An order that became final is tidied up later. O(lines).
  mutating func settle(_ order: UInt32) {
    var isOpen = false
    var isCanceled = true
    var isRefunded = true
    var line = reservations[order].firstLine
    while line != none {
      let ordered = reservations.lines[line].ordered
      let progress = reservations.progress(of: line)
      // A line without quantity only keeps entries of a SKU that was renamed.
      if ordered == 0 {
        line = reservations.lines[line].next
        continue
      }
      if openQuantity(line) > 0 { isOpen = true }
      if progress.canceled < ordered { isCanceled = false }
      if progress.canceled + progress.refunded < ordered { isRefunded = false }
      line = reservations.lines[line].next
    }
    if isOpen { return }
    if reservations[order].phase == .open {
      openOrderCount -= 1
      reservations[order].closedAt = now
      reservations.listAsClosed(order)
      forgetPickup(order)
    }
    reservations[order].phase = isCanceled ? .canceled : isRefunded ? .closed : .complete
    reservations[order].state = isCanceled ? .canceled : isRefunded ? .closed : .complete
  }

  /// Refuses when the reserved sums cannot take the demands, which give back.
  func requireRoomToGiveBack() throws(Refused) {
    try requireRoom(entries: scratch.demands.count)
    for place in scratch.demands.indices {
      let line = scratch.demands[place].line
      if line == none { continue }
      let quantity = scratch.demands[place].quantity
      if !canAppend(quantity, reservations.lines[line].stockItem) {
        throw .invalid("qty", sku: scratch.demands[place].name)
      }
    }
  }
}
