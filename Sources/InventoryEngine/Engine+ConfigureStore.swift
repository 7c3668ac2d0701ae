// SPDX-License-Identifier: Apache-2.0

internal import InventoryModel

// Section 3: settings of the store and of products.

extension Engine {
  /// Changes store settings. O(settings + rows of the table).
  mutating func setStore(_ change: StoreChange) throws(Refused) -> Outcome {
    for setting in change.settings {
      let fits = setting.value.map { setting.field.accepts($0) } ?? true
      if !setting.field.isStoreSetting || !fits { throw .invalid(setting.field.name) }
    }
    let rows = change.minimumByGroup?.sorted { $0.group < $1.group }
    if let rows {
      for row in rows where !SettingField.minSaleQuantity.accepts(row.quantity.tenThousandths) {
        throw .invalid(SettingField.minSaleQuantity.name)
      }
      for (row, next) in zip(rows, rows.dropFirst()) where row.group == next.group {
        throw .invalid(SettingField.minSaleQuantity.name)
      }
    }
    let wereIndependent = store.isOn(.independentStocks)
    if change.settings.contains(where: { $0.field.decidesSelling && store[$0.field] != $0.value }) {
      touchEverything()
    }
    for setting in change.settings { store.set(setting.field, setting.value) }
    if let rows { store.minimumByGroup = rows }
    if wereIndependent != store.isOn(.independentStocks) {
      for sku in 0..<UInt32(skus.count) where skus[sku].flags.contains(.isShared) {
        splitAfresh(sku)
      }
    }
    return .done
  }

  /// Registers or changes a product. O(settings), and O(items of the SKU) when it becomes composite.
  mutating func setProduct(_ change: ProductChange) throws(Refused) -> Outcome {
    if !change.sku.isWellFormed { throw .invalid("sku", sku: change.sku) }
    for setting in change.settings {
      let fits = setting.value.map { setting.field.accepts($0) } ?? true
      if !setting.field.isProductSetting || !fits {
        throw .invalid(setting.field.name, sku: change.sku)
      }
    }
    if skus.find(change.sku.text) == none {
      if skus.count >= options.skusMax || !skus.makeRoom(for: change.sku.text) {
        throw .exhausted("skus")
      }
    }
    try requireSensible(extras: change)
    try requireRoomAtDefault(change)
    let sku = skus.intern(change.sku.text)
    let isNew = !skus[sku].isProduct
    touchAll(of: sku)
    if !skus[sku].isProduct {
      skus[sku].name = change.sku.text
      skus[sku].flags.formUnion([.isProduct, .isEnabled, .isInStock])
      skus[sku].flags.remove(.isDeleted)
    }
    if let type = change.type { skus[sku].type = type }
    if let isEnabled = change.isEnabled { skus[sku].set(.isEnabled, isEnabled) }
    if let isInStock = change.isInStock { skus[sku].set(.isInStock, isInStock) }
    for setting in change.settings { skus.set(setting.field, of: sku, to: setting.value) }
    setExtras(of: sku, change)
    if isNew, assignsDefault(change), sourceItem(sku, 0) == none {
      _ = addItem(sku, 0, quantity: 0, isInStock: true)
    }
    // 11.6: a product that becomes composite owns no quantity any more.
    if skus[sku].isComposite, store.isOn(.synchronizeWithCatalog) {
      while skus[sku].firstItem != none { removeItem(skus[sku].firstItem, of: sku) }
    }
    return .done
  }
}

extension Engine {
  /// Whether a new product gets an empty item at the default source.
  private func assignsDefault(_ change: ProductChange) -> Bool {
    store.isOn(.assignsDefaultSource) && !(change.type ?? .simple).isComposite
  }

  private func requireRoomAtDefault(_ change: ProductChange) throws(Refused) {
    if assignsDefault(change) { try requireRoom(items: 1, at: 0) }
  }
}

extension SKURecord {
  mutating func set(_ flag: Flags, _ isOn: Bool) {
    if isOn { flags.insert(flag) } else { flags.remove(flag) }
  }
}

extension SettingField {
  /// Whether salable quantities depend on it.
  var decidesSelling: Bool {
    switch self {
    case .manageStock, .backorders, .outOfStockThreshold, .backorderLimit, .sellExpected,
      .independentStocks:
      true
    default: false
    }
  }
}
