// SPDX-License-Identifier: Apache-2.0

internal import InventoryModel

// Section 4: what is there, what may be sold.

extension Engine {
  /// What a stock can physically promise of a SKU: on hand plus reserved.
  ///
  /// This is the seed's arithmetic, stock by stock (profile `independent`). Promises over sources that
  /// several stocks share (18.2) narrow this number, and only this one.
  @inline(__always)
  func physical(_ stockItem: UInt32) -> Int64 {
    stockItems[stockItem].onHand + stockItems[stockItem].reserved
  }

  /// On hand plus reserved minus threshold (4.1), before the rules on status.
  @inline(__always)
  func available(_ stockItem: UInt32, _ rules: SellingRules) -> Int64 {
    physical(stockItem) - rules.threshold
  }

  /// The most that a request can get, or `nil` without a floor. A request that allows no backorder
  /// stops at the physical part.
  func limit(_ stockItem: UInt32, _ rules: SellingRules, allowsBackorder: Bool) -> Int64? {
    if !rules.isManaged { return nil }
    if rules.backorders != 0, !allowsBackorder { return physical(stockItem) }
    return rules.isUnlimited ? nil : available(stockItem, rules)
  }

  /// The part of `quantity` that would be backordered (4.6).
  func backordered(_ quantity: Int64, _ stockItem: UInt32, _ rules: SellingRules) -> Int64 {
    if !rules.isManaged || rules.backorders == 0 { return 0 }
    return min(max(quantity - physical(stockItem), 0), quantity)
  }

  /// Whether the SKU can be sold at all (4.4); for SKUs that own quantities.
  func isSalable(_ stockItem: UInt32, _ rules: SellingRules) -> Bool {
    guard stockItem != none, stockItems[stockItem].enabled > 0 else { return false }
    if !rules.isManaged { return true }
    if stockItems[stockItem].inStock == 0 { return false }
    return rules.isUnlimited || available(stockItem, rules) > 0
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
  func movesGoods(_ sku: UInt32) -> Bool { !skus[sku].isComposite && rules(of: sku).isManaged }

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
