// SPDX-License-Identifier: Apache-2.0

internal import InventoryModel

/// The store's settings in force.
struct StoreSettings {
  /// By raw value of the field; index 0 is unused.
  private var values: ContiguousArray<Int64>
  /// Minimum quantities by customer group, in order of group; empty means no table.
  var minimumByGroup: [GroupMinimum] = []
  /// What the settings mean for a product without settings of its own.
  private(set) var rules: SellingRules

  init() {
    values = ContiguousArray(repeating: 0, count: Int(SettingField.highest) + 1)
    for field in SettingField.allCases { values[Int(field.rawValue)] = field.builtIn }
    rules = SellingRules { _ in 0 }
    refresh()
  }

  /// The value in force.
  subscript(_ field: SettingField) -> Int64 { values[Int(field.rawValue)] }

  /// Whether a flag is on.
  func isOn(_ field: SettingField) -> Bool { self[field] != 0 }

  /// Sets a value; `nil` restores the built-in one.
  mutating func set(_ field: SettingField, _ value: Int64?) {
    values[Int(field.rawValue)] = value ?? field.builtIn
    refresh()
  }

  private mutating func refresh() {
    let values = values
    rules = SellingRules { values[Int($0.rawValue)] }
  }
}

/// A product's own settings; what is absent is *use system value*.
struct ProductSettings {
  private var values: InlineArray<13, Int64> = .init(repeating: 0)
  private(set) var present: UInt16 = 0

  subscript(_ field: SettingField) -> Int64? {
    present & bit(field) == 0 ? nil : values[place(field)]
  }

  mutating func set(_ field: SettingField, _ value: Int64?) {
    invariant(field.isProductSetting, "Only product settings are set on a product.")
    values[place(field)] = value ?? 0
    if value == nil { present &= ~bit(field) } else { present |= bit(field) }
  }

  private func bit(_ field: SettingField) -> UInt16 { 1 << UInt16(place(field)) }

  /// The fields that products have, without gaps.
  private func place(_ field: SettingField) -> Int {
    switch field {
    case .backorderLimit: 11
    case .sellExpected: 12
    default: Int(field.rawValue)
    }
  }
}

/// The settings of one SKU that decide about selling, wherever they come from.
struct SellingRules {
  var isManaged: Bool
  var backorders: Int64
  var threshold: Int64
  var minSale: Int64
  var maxSale: Int64
  /// 0 when increments are not in force.
  var increment: Int64
  var isDecimal: Bool
  /// Whether expected supply may be promised (18.7).
  var sellsExpected: Bool
  /// The threshold before clamping.
  var rawThreshold: Int64
  /// What is kept from the channel that asks (18.6).
  var safety: Int64 = 0
  /// What the channel that asks may still take, or `nil` without a cap.
  var capLeft: Int64?
  /// Expected supply that may be promised (18.7).
  var supply: Int64 = 0
  /// Whether `minSale` is the product's own, which beats the table by customer group.
  var hasOwnMinimum = false

  /// Reads the rules from the values in force.
  init(_ value: (SettingField) -> Int64) {
    isManaged = value(.manageStock) != 0
    let raw = value(.outOfStockThreshold)
    rawThreshold = raw
    let limit = value(.backorderLimit)
    if limit == SettingField.backorderLimit.builtIn {
      backorders = value(.backorders)
      // 4.2: the sign that contradicts the backorder policy is ignored.
      threshold = value(.backorders) != 0 ? min(raw, 0) : max(raw, 0)
    } else {
      // 18.8: said outright; the notice is still the policy's.
      backorders = limit == 0 ? 0 : max(value(.backorders), 1)
      threshold = limit == 0 ? max(raw, 0) : min(-limit, 0)
      // -1 is no floor, which a threshold of 0 says.
      if limit < 0 { threshold = 0 }
    }
    minSale = value(.minSaleQuantity)
    maxSale = value(.maxSaleQuantity)
    increment = value(.enableQuantityIncrements) != 0 ? value(.quantityIncrement) : 0
    isDecimal = value(.isQuantityDecimal) != 0
    sellsExpected = value(.sellExpected) != 0
  }

  /// 4.3: sells without a floor.
  var isUnlimited: Bool { backorders != 0 && threshold >= 0 }

  /// The same with backorders allowed or forbidden by a channel (18.6).
  func allowingBackorder(_ isAllowed: Bool?) -> SellingRules {
    guard let isAllowed, isAllowed != (backorders != 0) else { return self }
    var rules = self
    rules.backorders = isAllowed ? 1 : 0
    rules.threshold = isAllowed ? min(rawThreshold, 0) : max(rawThreshold, 0)
    return rules
  }
}

extension SettingField {
  static let highest: UInt8 = allCases.map(\.rawValue).max() ?? 0
}
