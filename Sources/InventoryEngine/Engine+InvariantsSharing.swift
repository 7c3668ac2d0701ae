// SPDX-License-Identifier: Apache-2.0

internal import InventoryModel

extension Engine {
  /// What waits must add up, sharing must be known, and nothing may wait for goods that are free.
  func checkSharing(_ faults: inout [String]) {
    var waiting = 0
    for sku in 0..<UInt32(skus.count) {
      var isShared = false
      var item = skus[sku].firstItem
      while item != none {
        if sources[sourceItems[item].source].stocks.count > 1 { isShared = true }
        item = sourceItems[item].next
      }
      let name = skus[sku].name
      if isShared != skus[sku].flags.contains(.isShared) {
        faults.append("\(name) does not know whether it is shared.")
      }
      waiting += checkWaiting(of: sku, &faults)
      var supply = skus[sku].firstSupply
      while supply != none {
        if supplies[supply].sku != sku || !supplies[supply].isOpen {
          faults.append("The supplies of \(name) are entangled.")
        }
        supply = supplies[supply].next
      }
    }
    if waiting != waitingPromises.count { faults.append("Waiting promises are left behind.") }
    if !touched.isEmpty { faults.append("What a command touched was not published.") }
    checkCustomers(&faults)
  }

  private func checkWaiting(of sku: UInt32, _ faults: inout [String]) -> Int {
    let name = skus[sku].name
    var sums: [UInt32: Int64] = [:]
    var count = 0
    var place = skus[sku].firstWaiting
    while place != none {
      count += 1
      let line = waitingPromises[place].line
      let quantity = waitingPromises[place].quantity
      let stockItem = reservations.lines[line].stockItem
      sums[stockItem, default: 0] += quantity
      if quantity <= 0 || quantity > -reservations.lines[line].reserved {
        faults.append("A promise of \(name) waits for more than it is.")
      }
      if jointPhysical(stockItem) > 0 { faults.append("A promise of \(name) waits in vain.") }
      place = waitingPromises[place].next
    }
    if count > 0, !isJoint(sku) { faults.append("\(name) is not shared, and a promise waits.") }
    var stockItem = skus[sku].firstStockItem
    while stockItem != none {
      if stockItems[stockItem].touched != 0 { faults.append("\(name) is still marked as touched.") }
      if stockItems[stockItem].backordered != sums[stockItem, default: 0] {
        faults.append("What waits of \(name) does not add up.")
      }
      stockItem = stockItems[stockItem].next
    }
    return count
  }

  private func checkCustomers(_ faults: inout [String]) {
    for slot in 0..<reservations.records.slotCount where !reservations[slot].isVacant {
      let customer = reservations[slot].customer
      if customer != none, !customers[customer].reservations.contains(slot) {
        faults.append("Customer \(customers[customer].id) does not know a reservation.")
      }
    }
    for customer in 0..<customers.slotCount
    where customers[customer].reservations.count != Int(customers[customer].references) {
      faults.append("Customer \(customers[customer].id) knows too many reservations.")
    }
  }
}
