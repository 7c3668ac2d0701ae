// SPDX-License-Identifier: Apache-2.0

internal import InventoryModel

// The one place where source items change, so that the counters of the stock items follow.

extension Engine {
  /// Replaces what an item says and moves the counters of every stock that links its source. The new
  /// quantity is within 0 to `Bounds.itemMax`. O(stocks of the source).
  mutating func set(_ item: UInt32, of sku: UInt32, quantity: Int64, isInStock: Bool) {
    invariant(
      quantity >= 0 && quantity <= Bounds.itemMax, "A source item holds at least 0 and no excess.")
    let source = sourceItems[item].source
    let isEnabled = sources.counts(source)
    if isJoint(sku) { touchAll(of: sku) }
    let old = Contribution(
      quantity: sourceItems[item].quantity, isInStock: sourceItems[item].isInStock,
      isEnabled: isEnabled)
    let new = Contribution(quantity: quantity, isInStock: isInStock, isEnabled: isEnabled)
    sourceItems[item].quantity = quantity
    sourceItems[item].isInStock = isInStock
    sourceItems[item].version = position
    if old != new { exchange(old, for: new, sku, source) }
  }

  /// Adds to an item's quantity: goods move. O(stocks of the source).
  mutating func change(_ item: UInt32, of sku: UInt32, by difference: Int64) {
    noteMovement(of: sku, sourceItems[item].source, difference)
    set(
      item, of: sku, quantity: sourceItems[item].quantity + difference,
      isInStock: sourceItems[item].isInStock)
  }

  /// Makes an item that does not exist yet. O(stocks of the source).
  mutating func addItem(
    _ sku: UInt32, _ source: UInt16, quantity: Int64, isInStock: Bool
  ) -> UInt32 {
    if isJoint(sku) { touchAll(of: sku) }
    let item = sourceItems.insert(
      SourceItem(
        quantity: quantity, version: position, next: skus[sku].firstItem, source: source,
        isInStock: isInStock))
    skus[sku].firstItem = item
    // Goods make a SKU that left the catalogue sellable again, by the store's settings.
    skus[sku].flags.remove(.isDeleted)
    sources[source].itemCount += 1
    let new = Contribution(
      quantity: quantity, isInStock: isInStock, isEnabled: sources.counts(source))
    exchange(Contribution(), for: new, sku, source)
    refreshSharing(of: sku)
    return item
  }

  /// Removes an item with its quantity and low-stock level. O(items of the SKU + stocks of the source).
  mutating func removeItem(_ item: UInt32, of sku: UInt32) {
    let source = sourceItems[item].source
    if isJoint(sku) { touchAll(of: sku) }
    let old = Contribution(
      quantity: sourceItems[item].quantity, isInStock: sourceItems[item].isInStock,
      isEnabled: sources.counts(source))
    exchange(old, for: Contribution(), sku, source)
    if skus[sku].firstItem == item {
      skus[sku].firstItem = sourceItems[item].next
    } else {
      var before = skus[sku].firstItem
      while sourceItems[before].next != item { before = sourceItems[before].next }
      sourceItems[before].next = sourceItems[item].next
    }
    setNotify(of: item, to: nil)
    setUnexplained(of: item, to: 0)
    sourceItems.remove(item, leaving: .vacant)
    sources[source].itemCount -= 1
    refreshSharing(of: sku)
  }

  /// The item's own low-stock level.
  func notify(of item: UInt32) -> Int64? {
    let slot = sourceItems[item].notify
    return slot == none ? nil : notifyLevels[slot]
  }

  /// What left the item by another system and was not there.
  func unexplained(of item: UInt32) -> Int64 {
    let slot = sourceItems[item].unexplained
    return slot == none ? 0 : unexplainedQuantities[slot]
  }

  /// Sets what left the item unseen; a count explains it all.
  mutating func setUnexplained(of item: UInt32, to quantity: Int64) {
    let slot = sourceItems[item].unexplained
    if quantity != 0 {
      if slot == none {
        sourceItems[item].unexplained = unexplainedQuantities.insert(quantity)
      } else {
        unexplainedQuantities[slot] = quantity
      }
    } else if slot != none {
      unexplainedQuantities.remove(slot, leaving: 0)
      sourceItems[item].unexplained = none
    }
  }

  /// Sets or clears the item's own low-stock level.
  mutating func setNotify(of item: UInt32, to level: Int64?) {
    let slot = sourceItems[item].notify
    if let level {
      if slot == none {
        sourceItems[item].notify = notifyLevels.insert(level)
      } else {
        notifyLevels[slot] = level
      }
    } else if slot != none {
      notifyLevels.remove(slot, leaving: 0)
      sourceItems[item].notify = none
    }
  }

  private mutating func exchange(
    _ old: Contribution, for new: Contribution, _ sku: UInt32, _ source: UInt16
  ) {
    for index in sources.records[Int(source)].stocks.indices {
      let stock = sources.records[Int(source)].stocks[index]
      let stockItem = ensureStockItem(sku, stock)
      touch(stockItem)
      stockItems[stockItem].exchange(old, for: new)
    }
  }

  /// The SKU's item in a stock, made when it is missing. O(stocks of the SKU).
  mutating func ensureStockItem(_ sku: UInt32, _ stock: UInt16) -> UInt32 {
    let known = stockItem(sku, stock)
    if known != none { return known }
    let item = UInt32(stockItems.count)
    stockItems.append(StockItem(sku: sku, stock: stock, next: skus[sku].firstStockItem))
    skus[sku].firstStockItem = item
    return item
  }

  /// Refuses when `count` new items at a source do not fit.
  func requireRoom(items count: Int, at source: UInt16) throws(Refused) {
    if sourceItems.count > options.sourceItemsMax - count { throw .exhausted("source_items") }
    let added = count * sources.records[Int(source)].stocks.count
    if stockItems.count > options.stockItemsMax - added { throw .exhausted("stock_items") }
  }

  mutating func countDeducted(_ quantity: Int64) {
    let (sum, overflow) = deducted.addingReportingOverflow(quantity)
    deducted = overflow ? .max : sum
  }

  mutating func countReceived(_ quantity: Int64) {
    let (sum, overflow) = received.addingReportingOverflow(quantity)
    received = overflow ? .max : sum
  }
}
