// SPDX-License-Identifier: Apache-2.0

internal import InventoryModel

// 11.1 and 11.3: source items, all or none.

extension Engine {
  /// Creates or replaces source items; the outcome counts those created. O(rows).
  mutating func setSourceItems(_ changes: [SourceItemChange]) throws(Refused) -> Outcome {
    for change in changes { try requireWellFormed(change) }
    if changes.isEmpty { throw Refused(.emptyInput) }
    for change in changes where sources.find(change.source) == nil {
      throw Refused(.unknownSource, sku: change.sku)
    }
    for change in changes {
      let sku = skus.find(change.sku.text)
      if sku != none, skus[sku].isComposite {
        throw Refused(.compositeHasNoQuantity, sku: change.sku)
      }
    }
    try requireRoom(for: changes)
    if !togetherBundles.isEmpty {
      for change in changes {
        let sku = skus.find(change.sku.text)
        guard sku != none, let source = sources.find(change.source),
          sourceItem(sku, source) == none
        else { continue }
        try requireTogether(sku, at: source, change.sku)
      }
    }
    var created: UInt32 = 0
    for change in changes {
      guard let source = sources.find(change.source) else { continue }
      let sku = skus.intern(change.sku.text)
      var item = sourceItem(sku, source)
      let quantity = change.quantity.tenThousandths
      if item == none {
        item = addItem(sku, source, quantity: quantity, isInStock: change.isInStock)
        created += 1
      } else {
        set(item, of: sku, quantity: quantity, isInStock: change.isInStock)
        setUnexplained(of: item, to: 0)
      }
      if let level = change.notifyQuantity { setNotify(of: item, to: level.tenThousandths) }
      if change.clearsNotify { setNotify(of: item, to: nil) }
    }
    return .counted(created)
  }

  private func requireWellFormed(_ change: SourceItemChange) throws(Refused) {
    if !change.sku.isWellFormed { throw .invalid("sku", sku: change.sku) }
    if !change.source.isWellFormed { throw .invalid("source", sku: change.sku) }
    let range = 0...Bounds.itemMax
    if !range.contains(change.quantity.tenThousandths) { throw .invalid("qty", sku: change.sku) }
    if let level = change.notifyQuantity, !range.contains(level.tenThousandths) {
      throw .invalid("notify", sku: change.sku)
    }
  }

  /// Refuses when the SKUs and items to be created do not fit. A row that creates a SKU or an item
  /// twice over is counted twice: near the limit this refuses a little early.
  private mutating func requireRoom(for changes: [SourceItemChange]) throws(Refused) {
    var newSKUs = 0
    for change in changes where skus.find(change.sku.text) == none {
      newSKUs += 1
      if !skus.makeRoom(for: change.sku.text) { throw .exhausted("skus") }
    }
    if skus.count > options.skusMax - newSKUs { throw .exhausted("skus") }
    var newItems = 0
    var newStockItems = 0
    for change in changes {
      guard let source = sources.find(change.source) else { continue }
      let sku = skus.find(change.sku.text)
      if sku != none, sourceItem(sku, source) != none { continue }
      newItems += 1
      newStockItems += sources.records[Int(source)].stocks.count
    }
    if sourceItems.count > options.sourceItemsMax - newItems { throw .exhausted("source_items") }
    if stockItems.count > options.stockItemsMax - newStockItems { throw .exhausted("stock_items") }
  }

  /// Removes source items with their quantities; reservations stay. The outcome counts those that
  /// existed. O(rows).
  mutating func removeSourceItems(_ keys: [SourceItemKey]) throws(Refused) -> Outcome {
    for key in keys {
      if !key.sku.isWellFormed { throw .invalid("sku", sku: key.sku) }
      if !key.source.isWellFormed { throw .invalid("source", sku: key.sku) }
    }
    if keys.isEmpty { throw Refused(.emptyInput) }
    for key in keys where sources.find(key.source) == nil {
      throw Refused(.unknownSource, sku: key.sku)
    }
    var removed: UInt32 = 0
    for key in keys {
      let sku = skus.find(key.sku.text)
      guard sku != none, let source = sources.find(key.source) else { continue }
      let item = sourceItem(sku, source)
      if item == none { continue }
      removeItem(item, of: sku)
      removed += 1
    }
    return .counted(removed)
  }
}
