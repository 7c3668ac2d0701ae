// SPDX-License-Identifier: Apache-2.0

internal import InventoryModel

extension Engine {
  /// Appends a reservation entry for a line and moves every sum it belongs to. The caller has made sure
  /// that the sums hold it (`canAppend`). O(1).
  mutating func append(_ quantity: Int64, _ event: SalesEvent, line: UInt32) {
    let slot = reservations.lines[line].reservation
    let stockItem = reservations.lines[line].stockItem
    touch(stockItem)
    if isJoint(reservations.lines[line].sku) { split(quantity, event, line: line) }
    if policies.hasCaps { countTaken(quantity, event, line: line) }
    reservations[slot].lastEntry = entries.append(
      Entry(
        quantity: quantity, position: position, previous: reservations[slot].lastEntry,
        reservation: slot, sku: reservations.lines[line].sku, event: event))
    let before = stockItems[stockItem].reserved
    let after = before + quantity
    stockItems[stockItem].reserved = after
    if (before == 0) != (after == 0) {
      stocks[reservations[slot].stock].unsettledCount += after == 0 ? -1 : 1
    }
    reservations.addToReserved(of: line, quantity, item: &stockItems[stockItem])
  }

  /// What is appended when `quantity` of a line is given up: nothing where nothing is recorded (6.1);
  /// of an order that waits to be processed, or a product that left the catalogue, no more than the
  /// line's entries hold.
  func returned(_ quantity: Int64, to line: UInt32) -> Int64 {
    let sku = reservations.lines[line].sku
    let slot = reservations.lines[line].reservation
    if reservations[slot].flags.contains(.isDeferred) || skus[sku].flags.contains(.isDeleted) {
      return min(quantity, max(-reservations.lines[line].reserved, 0))
    }
    return recordsEntries(sku) ? quantity : 0
  }

  /// Whether the reserved sum of a stock item can take `quantity` more.
  func canAppend(_ quantity: Int64, _ stockItem: UInt32) -> Bool {
    let (sum, overflow) = stockItems[stockItem].reserved.addingReportingOverflow(quantity)
    return !overflow && sum.magnitude <= Bounds.reservedMax.magnitude
  }

  /// Refuses when `count` more entries would be too many.
  func requireRoom(entries count: Int) throws(Refused) {
    if entries.count > options.entriesMax - count { throw .exhausted("entries") }
  }
}
