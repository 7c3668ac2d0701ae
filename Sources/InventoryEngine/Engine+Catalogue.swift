// SPDX-License-Identifier: Apache-2.0

internal import InventoryModel

// 11.6: products leave the catalogue and change their SKU.

extension Engine {
  /// Takes a product out of the catalogue with its source items; with synchronisation its entries go
  /// too. O(items), and with synchronisation O(entries).
  mutating func deleteProduct(_ name: SKU) throws(Refused) -> Outcome {
    if !name.isWellFormed { throw .invalid("sku", sku: name) }
    let sku = skus.find(name.text)
    guard sku != none, skus[sku].isProduct else { throw Refused(.noSuchProduct, sku: name) }
    touchAll(of: sku)
    while skus[sku].firstItem != none { removeItem(skus[sku].firstItem, of: sku) }
    if store.isOn(.synchronizeWithCatalog) { dropEntries(of: sku) }
    skus[sku].flags.subtract([.isProduct, .isEnabled, .isInStock])
    skus[sku].flags.insert(.isDeleted)
    skus[sku].type = .simple
    skus.clearSettings(of: sku)
    skus.setExtra(of: sku, to: nil)
    togetherBundles.removeAll { $0 == sku }
    return .done
  }

  /// Removes all entries of a SKU and what they reserve. O(entries).
  private mutating func dropEntries(of sku: UInt32) {
    var slots: ContiguousArray<UInt32> = []
    var id: UInt64 = 0
    while let entry = entries.next(after: &id) {
      if entry.sku == sku, slots.last != entry.reservation { slots.append(entry.reservation) }
    }
    for slot in slots { removeEntries(of: slot) { $0.sku == sku } }
    var stockItem = skus[sku].firstStockItem
    while stockItem != none {
      while stockItems[stockItem].firstClaim != none {
        let line = stockItems[stockItem].firstClaim
        shiftReserved(of: line, by: -reservations.lines[line].reserved)
      }
      stockItem = stockItems[stockItem].next
    }
    splitAfresh(sku)
  }

  /// Changes what a line reserves without an entry: the entries are changed in step by the caller.
  private mutating func shiftReserved(of line: UInt32, by quantity: Int64) {
    let stockItem = reservations.lines[line].stockItem
    touch(stockItem)
    let before = stockItems[stockItem].reserved
    stockItems[stockItem].reserved += quantity
    if (before == 0) != (before + quantity == 0) {
      stocks[stockItems[stockItem].stock].unsettledCount += before == 0 ? 1 : -1
    }
    reservations.addToReserved(of: line, quantity, item: &stockItems[stockItem])
  }

  /// Gives a product another SKU. Source items and open lines follow; entries follow only with
  /// synchronisation, else they stay under the old SKU. O(log SKUs), and without synchronisation
  /// O(entries of the reservations concerned).
  mutating func renameProduct(_ from: SKU, _ to: SKU) throws(Refused) -> Outcome {
    if !from.isWellFormed { throw .invalid("from", sku: from) }
    if !to.isWellFormed { throw .invalid("to", sku: to) }
    let sku = skus.find(from.text)
    guard sku != none, skus[sku].isProduct else { throw Refused(.noSuchProduct, sku: from) }
    if from == to {
      skus.rename(sku, to: to.text)
      return .done
    }
    let other = skus.find(to.text)
    if other != none, !isFree(other) { throw .invalid("to", sku: to) }
    let keepsEntries = !store.isOn(.synchronizeWithCatalog) && hasClaims(sku)
    if skus.count >= options.skusMax || !skus.makeRoom(for: to.text) { throw .exhausted("skus") }
    if keepsEntries { try requireRoomToSplit(sku) }
    let old = skus[sku].name
    if other == none {
      skus.rename(sku, to: to.text)
    } else {
      // The other SKU has nothing but its name; it takes the old one by way of a name nobody can have.
      skus.rename(other, to: " ")
      skus.rename(sku, to: to.text)
      skus.rename(other, to: old)
    }
    skus[sku].name = to.text
    if keepsEntries { leaveEntries(of: sku, to: skus.intern(old)) }
    return .done
  }

  /// Whether a SKU has nothing that could be confused with another one's.
  private func isFree(_ sku: UInt32) -> Bool {
    !skus[sku].isProduct && skus[sku].firstItem == none && skus[sku].firstSupply == none
      && !hasClaims(sku)
  }

  private func hasClaims(_ sku: UInt32) -> Bool {
    var stockItem = skus[sku].firstStockItem
    while stockItem != none {
      if stockItems[stockItem].firstClaim != none { return true }
      stockItem = stockItems[stockItem].next
    }
    return false
  }

  private func requireRoomToSplit(_ sku: UInt32) throws(Refused) {
    var count = 0
    var items = 0
    var stockItem = skus[sku].firstStockItem
    while stockItem != none {
      count += Int(stockItems[stockItem].claimCount)
      items += 1
      stockItem = stockItems[stockItem].next
    }
    if reservations.lineCount > options.linesMax - count { throw .exhausted("lines") }
    if stockItems.count > options.stockItemsMax - items { throw .exhausted("stock_items") }
  }

  /// Moves what is reserved of `sku` to `old`: a line of its own keeps it, without a quantity.
  private mutating func leaveEntries(of sku: UInt32, to old: UInt32) {
    touchAll(of: sku)
    var stockItem = skus[sku].firstStockItem
    while stockItem != none {
      let stock = stockItems[stockItem].stock
      let target = ensureStockItem(old, stock)
      while stockItems[stockItem].firstClaim != none {
        let line = stockItems[stockItem].firstClaim
        let slot = reservations.lines[line].reservation
        let reserved = reservations.lines[line].reserved
        var keeper = self.line(of: slot, old)
        if keeper == none {
          keeper = reservations.addLine(
            ReservationLine(ordered: 0, sku: old, stockItem: target, reservation: slot), to: slot)
        }
        moveEntries(of: slot, from: sku, to: old)
        shiftReserved(of: line, by: -reserved)
        shiftReserved(of: keeper, by: reserved)
      }
      stockItem = stockItems[stockItem].next
    }
    splitAfresh(sku)
    splitAfresh(old)
  }

  private mutating func moveEntries(of slot: UInt32, from sku: UInt32, to old: UInt32) {
    var id = reservations[slot].lastEntry
    while let entry = entries.entry(id) {
      if entry.sku == sku { entries.setSKU(of: id, to: old) }
      id = entry.previous
    }
  }
}
