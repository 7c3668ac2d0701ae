// SPDX-License-Identifier: Apache-2.0

internal import InventoryModel

// Section 4: what is there, what may be sold.

extension Engine {
  /// What a stock can physically promise of a SKU: on hand plus reserved (4.6), or, where stocks share
  /// its sources, what their promises leave, less what waits (18.2). O(1) for a SKU that is not shared.
  @inline(__always)
  func physical(_ stockItem: UInt32) -> Int64 {
    if isJoint(stockItems[stockItem].sku) {
      return jointPhysical(stockItem) - stockItems[stockItem].backordered
    }
    return stockItems[stockItem].onHand + stockItems[stockItem].reserved
  }

  /// What is physical minus threshold (4.1), before the rules on status; less what is kept from the
  /// channel (18.6), plus supply that may be promised (18.7).
  @inline(__always)
  func available(_ stockItem: UInt32, _ terms: SellingRules) -> Int64 {
    physical(stockItem) - terms.threshold - terms.safety + terms.supply
  }

  /// The most that a request can get, or `nil` without a floor. A request that allows no backorder
  /// stops at the physical part.
  func limit(_ stockItem: UInt32, _ terms: SellingRules, allowsBackorder: Bool) -> Int64? {
    if !terms.isManaged { return nil }
    var limit: Int64?
    if !allowsBackorder {
      limit = physical(stockItem) - max(terms.threshold, 0) - terms.safety
    } else if !terms.isUnlimited {
      limit = available(stockItem, terms)
    }
    if let cap = terms.capLeft { limit = min(limit ?? cap, cap) }
    return limit
  }

  /// How much of `quantity` is promised from expected supply, and how much is backordered (4.6, 18.7).
  func beyondGoods(
    _ quantity: Int64, _ stockItem: UInt32, _ terms: SellingRules
  ) -> (expected: Int64, backordered: Int64) {
    if !terms.isManaged || (terms.backorders == 0 && terms.supply == 0) { return (0, 0) }
    let there = physical(stockItem) - max(terms.threshold, 0)
    let beyond = min(max(quantity - there, 0), quantity)
    let expected = min(beyond, max(terms.supply - max(-there, 0), 0))
    return (expected, beyond - expected)
  }

  /// Whether the SKU can be sold at all (4.4); for SKUs that own quantities.
  func isSalable(_ stockItem: UInt32, _ terms: SellingRules) -> Bool {
    guard stockItem != none, stockItems[stockItem].enabled > 0 else { return false }
    if !terms.isManaged { return true }
    if stockItems[stockItem].inStock == 0 { return false }
    if let cap = terms.capLeft, cap <= 0 { return false }
    return terms.isUnlimited || available(stockItem, terms) > 0
  }

  /// What may be said to be salable: 0 when nothing is, `nil` when stock is not managed.
  func salableQuantity(_ stockItem: UInt32, _ terms: SellingRules) -> Int64? {
    if !terms.isManaged { return nil }
    if !isSalable(stockItem, terms) { return 0 }
    let available = available(stockItem, terms)
    if let cap = terms.capLeft { return terms.isUnlimited ? cap : min(available, cap) }
    return terms.safety > 0 ? max(available, 0) : available
  }

  /// The settings in force for a SKU (section 3). A SKU outside the catalogue has those of the store,
  /// and its stock is managed.
  @inline(__always)
  func rules(of sku: UInt32) -> SellingRules {
    if !skus[sku].isProduct {
      var rules = store.rules
      rules.isManaged = true
      return rules
    }
    return skus[sku].settings == none ? store.rules : ownRules(of: sku)
  }

  private func ownRules(of sku: UInt32) -> SellingRules {
    guard let own = skus.ownSettings(of: sku) else { return store.rules }
    var rules = SellingRules { own[$0] ?? (self.store[$0]) }
    rules.hasOwnMinimum = own[.minSaleQuantity] != nil
    return rules
  }

  /// The least quantity per request for a customer group; 0 is none. A product's own number beats the
  /// table by group, the table beats the store's number.
  func minimum(_ rules: SellingRules, group: Int32?) -> Int64 {
    if rules.hasOwnMinimum || store.minimumByGroup.isEmpty { return rules.minSale }
    let rows = store.minimumByGroup
    let row =
      rows.first { $0.group == group } ?? rows.first { $0.group == GroupMinimum.allGroups }
    return row?.quantity.tenThousandths ?? 0
  }

  /// Whether goods of the SKU move at all: it owns quantities and its stock is managed.
  func movesGoods(_ sku: UInt32) -> Bool {
    !skus[sku].isComposite && !skus[sku].flags.contains(.isDeleted) && rules(of: sku).isManaged
  }

  /// Whether entries are appended for the SKU now (6.1).
  func recordsEntries(_ sku: UInt32) -> Bool { store.isOn(.canSubtract) && movesGoods(sku) }

  /// The SKU's item in a stock, or `none`. O(stocks of the SKU).
  @inline(__always)
  func stockItem(_ sku: UInt32, _ stock: UInt16) -> UInt32 {
    var item = skus[sku].firstStockItem
    while item != none, stockItems[item].stock != stock { item = stockItems[item].next }
    return item
  }

  /// The SKU's item at a source, or `none`. O(sources of the SKU).
  func sourceItem(_ sku: UInt32, _ source: UInt16) -> UInt32 {
    var item = skus[sku].firstItem
    while item != none, sourceItems[item].source != source { item = sourceItems[item].next }
    return item
  }
}
