// SPDX-License-Identifier: Apache-2.0

internal import InventoryModel

extension Engine {
  func checkSKUs(_ faults: inout [String]) {
    var previous: UInt32 = none
    var count = 0
    var items = 0
    var itemsAt = Array(repeating: 0, count: sources.count)
    var unsettled = Array(repeating: 0, count: stocks.count)
    var place = skus.order.start
    while let sku = skus.order.next(&place) {
      count += 1
      if previous != none, !TextHash.foldedPrecedes(skus[previous].name, skus[sku].name) {
        faults.append("SKU \(skus[sku].name) is out of order.")
      }
      previous = sku
      if skus.find(skus[sku].name) != sku {
        faults.append("SKU \(skus[sku].name) is not found by its name.")
      }
      var item = skus[sku].firstItem
      while item != none {
        items += 1
        itemsAt[Int(sourceItems[item].source)] += 1
        let quantity = sourceItems[item].quantity
        if quantity < 0 || quantity > Bounds.itemMax {
          faults.append("A source item of \(skus[sku].name) is out of range.")
        }
        item = sourceItems[item].next
      }
      checkStockItems(of: sku, &unsettled, &faults)
    }
    if count != skus.count { faults.append("The order of SKUs is not all of them.") }
    if items != sourceItems.count { faults.append("Source items are lost or left behind.") }
    for (number, count) in itemsAt.enumerated() where sources[UInt16(number)].itemCount != count {
      faults.append("Source \(sources[UInt16(number)].code) miscounts its items.")
    }
    for (number, count) in unsettled.enumerated()
    where stocks[UInt16(number)].unsettledCount != count {
      faults.append("Stock \(stocks[UInt16(number)].id) miscounts its sums that are not 0.")
    }
  }

  private func checkStockItems(
    of sku: UInt32, _ unsettled: inout [Int], _ faults: inout [String]
  ) {
    var seen: [UInt16] = []
    var number = skus[sku].firstStockItem
    while number != none {
      let item = stockItems[number]
      if seen.contains(item.stock) { faults.append("\(skus[sku].name) has a stock item twice.") }
      seen.append(item.stock)
      if item.reserved != 0 { unsettled[Int(item.stock)] += 1 }
      let sums = expectedSums(of: sku, in: item.stock)
      if item.onHand != sums.onHand || item.assigned != sums.assigned
        || item.enabled != sums.enabled || item.inStock != sums.inStock
      {
        faults.append("The counters of \(skus[sku].name) differ from its source items.")
      }
      checkClaims(on: number, of: sku, &faults)
      number = item.next
    }
    var item = skus[sku].firstItem
    while item != none {
      for stock in sources[sourceItems[item].source].stocks where !seen.contains(stock) {
        faults.append("\(skus[sku].name) lacks a stock item.")
      }
      item = sourceItems[item].next
    }
  }

  private func expectedSums(of sku: UInt32, in stock: UInt16) -> Contribution {
    var sums = Contribution()
    for link in stocks[stock].links {
      let item = sourceItem(sku, link.source)
      if item == none { continue }
      let part = Contribution(
        quantity: sourceItems[item].quantity, isInStock: sourceItems[item].isInStock,
        isEnabled: sources.counts(link.source))
      sums.onHand += part.onHand
      sums.assigned += part.assigned
      sums.enabled += part.enabled
      sums.inStock += part.inStock
    }
    return sums
  }

  /// The reserved sum must be that of the claims, and the ring of claims intact.
  private func checkClaims(on item: UInt32, of sku: UInt32, _ faults: inout [String]) {
    var sum: Int64 = 0
    var count: UInt32 = 0
    let first = stockItems[item].firstClaim
    if first != none {
      var line = first
      repeat {
        sum += reservations.lines[line].reserved
        count += 1
        let next = reservations.lines[line].nextClaim
        if reservations.lines[line].reserved == 0 || reservations.lines[line].stockItem != item
          || reservations.lines[next].previousClaim != line
        {
          faults.append("The claims on \(skus[sku].name) are entangled.")
        }
        line = next
      } while line != first && count <= reservations.lineCount
    }
    if count != stockItems[item].claimCount {
      faults.append("The claims on \(skus[sku].name) are miscounted.")
    }
    if sum != stockItems[item].reserved {
      faults.append("The reserved sum of \(skus[sku].name) differs from that of its claims.")
    }
  }
}
