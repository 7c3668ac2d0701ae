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
