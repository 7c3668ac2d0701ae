// SPDX-License-Identifier: Apache-2.0

internal import InventoryModel

// 18.7: goods with a date that have not arrived.

extension Engine {
  /// States, changes or cancels expected goods. O(open supplies of the SKU).
  mutating func setSupply(_ supply: Supply) throws(Refused) -> Outcome {
    try requireWellFormed(supply.id, "supply")
    if !supply.source.isWellFormed { throw .invalid("source") }
    if !supply.sku.isWellFormed { throw .invalid("sku", sku: supply.sku) }
    let range = 0...Limits.quantityTenThousandthsMax
    if !range.contains(supply.quantity.tenThousandths) { throw .invalid("qty", sku: supply.sku) }
    guard let source = sources.find(supply.source) else { throw Refused(.unknownSource) }
    let sku = skus.find(supply.sku.text)
    if sku != none, skus[sku].isComposite {
      throw Refused(.compositeHasNoQuantity, sku: supply.sku)
    }
    let known = supplies.find(supply.id)
    if known != none {
      let isSame = supplies[known].source == source && supplies[known].sku == sku
      if !isSame || !supplies[known].isOpen { throw Refused(.duplicateDocument) }
    } else {
      if supplies.count >= options.suppliesMax || !supplies.makeRoom(for: supply.id) {
        throw .exhausted("supplies")
      }
      if sku == none, skus.count >= options.skusMax || !skus.makeRoom(for: supply.sku.text) {
        throw .exhausted("skus")
      }
    }
    state(supply, known, source)
    return .done
  }

  private mutating func state(_ supply: Supply, _ known: UInt32, _ source: UInt16) {
    let sku = skus.intern(supply.sku.text)
    touchAll(of: sku)
    var slot = known
    if slot == none {
      slot = supplies.add(
        SupplyRecord(
          id: supply.id.text, quantity: 0, expectedAt: 0, sku: sku, source: source, isOpen: false))
    } else {
      unlistSupply(slot)
    }
    supplies[slot].quantity = supply.quantity.tenThousandths
    supplies[slot].expectedAt = supply.expectedAt.nanoseconds
    supplies[slot].isOpen = supply.quantity > .zero
    if supplies[slot].isOpen { listSupply(slot) }
  }

  /// The open supply that a receipt names, or the refusal.
  func arriving(_ receive: Receive, at source: UInt16) throws(Refused) -> UInt32 {
    guard let id = receive.supply else { return none }
    try requireWellFormed(id, "supply")
    let slot = supplies.find(id)
    if slot == none || supplies[slot].source != source { throw .invalid("supply") }
    if !supplies[slot].isOpen { throw Refused(.duplicateDocument) }
    let sku = supplies[slot].sku
    if !scratch.demands.contains(where: { $0.sku == sku }) { throw .invalid("supply") }
    return slot
  }

  /// Closes a supply: what arrived is there, the rest is not expected any more.
  mutating func closeSupply(_ slot: UInt32) {
    touchAll(of: supplies[slot].sku)
    unlistSupply(slot)
    supplies[slot].isOpen = false
  }

  private mutating func listSupply(_ slot: UInt32) {
    let sku = supplies[slot].sku
    var before = none
    var place = skus[sku].firstSupply
    while place != none, !precedes(slot, place) {
      before = place
      place = supplies[place].next
    }
    supplies[slot].next = place
    if before == none { skus[sku].firstSupply = slot } else { supplies[before].next = slot }
  }

  private func precedes(_ left: UInt32, _ right: UInt32) -> Bool {
    if supplies[left].expectedAt != supplies[right].expectedAt {
      return supplies[left].expectedAt < supplies[right].expectedAt
    }
    return TextHash.exactlyPrecedes(supplies[left].id, supplies[right].id)
  }

  private mutating func unlistSupply(_ slot: UInt32) {
    let sku = supplies[slot].sku
    var before = none
    var place = skus[sku].firstSupply
    while place != none, place != slot {
      before = place
      place = supplies[place].next
    }
    if place == none { return }
    let next = supplies[slot].next
    if before == none { skus[sku].firstSupply = next } else { supplies[before].next = next }
    supplies[slot].next = none
  }

  /// Supply that a stock may promise by a moment: what is open at its sources, less what other stocks
  /// that share the SKU promised beyond their goods and their own limits. O(supplies of the SKU).
  func openSupply(_ stockItem: UInt32, by moment: Int64) -> Int64 {
    let sku = stockItems[stockItem].sku
    var sum: Int64 = 0
    var slot = skus[sku].firstSupply
    while slot != none {
      if supplies[slot].expectedAt <= moment,
        sources.records[Int(supplies[slot].source)].stocks.contains(stockItems[stockItem].stock)
      {
        sum = min(sum + supplies[slot].quantity, Bounds.itemMax)
      }
      slot = supplies[slot].next
    }
    if sum == 0 || !isJoint(sku) { return sum }
    let threshold = min(rules(of: sku).threshold, 0)
    var other = skus[sku].firstStockItem
    while other != none {
      if other != stockItem { sum -= max(stockItems[other].backordered + threshold, 0) }
      other = stockItems[other].next
    }
    return max(sum, 0)
  }

  /// When the supply that covers `quantity` beyond what is there has arrived; 0 for none.
  func supplyDate(_ stockItem: UInt32, covering quantity: Int64) -> Int64 {
    let sku = stockItems[stockItem].sku
    var left = quantity
    var date: Int64 = 0
    var slot = skus[sku].firstSupply
    while slot != none, left > 0 {
      if sources.records[Int(supplies[slot].source)].stocks.contains(stockItems[stockItem].stock) {
        left -= supplies[slot].quantity
        date = supplies[slot].expectedAt
      }
      slot = supplies[slot].next
    }
    return date
  }

  /// Open supply with what is promised of it already, by SKU, date and id. O(supplies + SKUs).
  func supplyList(_ name: SKU?) -> [SupplyView] {
    var list: [SupplyView] = []
    if let name {
      let sku = skus.find(name.text)
      if sku != none { addSupplies(of: sku, to: &list) }
      return list
    }
    var place = skus.order.start
    while let sku = skus.order.next(&place) { addSupplies(of: sku, to: &list) }
    return list
  }

  private func addSupplies(of sku: UInt32, to list: inout [SupplyView]) {
    if skus[sku].firstSupply == none { return }
    // What the SKU's stocks promised beyond their goods comes from the earliest supply first.
    var owed: Int64 = 0
    var stockItem = skus[sku].firstStockItem
    while stockItem != none {
      owed = min(owed + max(-physical(stockItem), 0), Bounds.itemMax)
      stockItem = stockItems[stockItem].next
    }
    if !rules(of: sku).sellsExpected { owed = 0 }
    var slot = skus[sku].firstSupply
    while slot != none {
      let part = min(owed, supplies[slot].quantity)
      owed -= part
      list.append(
        SupplyView(
          supply: Supply(
            DocumentID(supplies[slot].id),
            source: SourceCode(sources.records[Int(supplies[slot].source)].code),
            sku: SKU(skus[sku].name), quantity: Quantity(raw: supplies[slot].quantity),
            expectedAt: Timestamp(nanoseconds: supplies[slot].expectedAt)),
          promised: Quantity(raw: part)))
      slot = supplies[slot].next
    }
  }
}
