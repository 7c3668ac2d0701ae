// SPDX-License-Identifier: Apache-2.0

internal import InventoryModel

// Settings and catalogue.

extension ScenarioStage {
  static let catalogueOperations: [String: Operation] = [
    "set_config": { try await $0.setConfig($1) },
    "set_product_config": { try await $0.setProductConfig($1) },
    "effective_config": { try await $0.effectiveConfig($1) },
    "upsert_product": { stage, arguments in
      try await stage.execute(.setProduct(try arguments.product()))
      return [:]
    },
    "delete_product": { stage, arguments in
      try await stage.execute(.deleteProduct(arguments.sku()))
      return [:]
    },
    "rename_sku": { stage, arguments in
      let (from, to) = (arguments.sku("from"), arguments.sku("to"))
      try await stage.execute(.renameProduct(from: from, to: to))
      return [:]
    },
  ]

  private func setConfig(_ arguments: StepArguments) async throws -> JSON {
    try await execute(.setStore(try StepArguments(arguments.value["set"] ?? [:]).storeChange()))
    return [:]
  }

  private func setProductConfig(_ arguments: StepArguments) async throws -> JSON {
    let sku = arguments.sku()
    // The command would register a product that is not there.
    _ = try await ask(.product(sku))
    let set = StepArguments(arguments.value["set"] ?? [:])
    let settings = try set.value.members.filter { $0.key != "in_stock_flag" }.map { member in
      try member.settingChange()
    }
    let change = ProductChange(sku, isInStock: try set.flag("in_stock_flag"), settings: settings)
    try await execute(.setProduct(change))
    return [:]
  }

  private func effectiveConfig(_ arguments: StepArguments) async throws -> JSON {
    let group: Int32? = try arguments.optionalInteger("group")
    guard case .store(let store) = try await ask(.store) else {
      throw UnexpectedAnswer(to: "store")
    }
    var rules = EffectiveRules(store: store)
    do {
      guard case .product(let product) = try await ask(.product(arguments.sku())) else {
        throw UnexpectedAnswer(to: "product")
      }
      rules = EffectiveRules(store: store, product: product)
    } catch let error as StepRefused where error.refusal.code == .noSuchProduct {
      // A SKU without a product follows the store.
    }
    return rules.json(group: group)
  }
}

/// The settings in force for a product and a customer group (section 3).
struct EffectiveRules {
  private let inForce: [SettingChange]
  /// Whether the product has a minimum of its own, which beats the whole table.
  private let hasOwnMinimum: Bool
  private let minimumByGroup: [GroupMinimum]

  init(store: StoreView, product: ProductView) {
    inForce = product.inForce
    hasOwnMinimum = product.own.contains { $0.field == .minSaleQuantity && $0.value != nil }
    minimumByGroup = store.minimumByGroup
  }

  /// For a SKU without a product: the store's, and stock is managed.
  init(store: StoreView) {
    inForce = store.settings.map { $0.field == .manageStock ? SettingChange(.manageStock, 1) : $0 }
    hasOwnMinimum = false
    minimumByGroup = store.minimumByGroup
  }

  private func value(_ field: SettingField) -> Int64 {
    inForce.first { $0.field == field }?.value ?? field.builtIn
  }

  private func quantity(_ field: SettingField) -> JSON {
    .quantity(Quantity(tenThousandths: value(field)))
  }

  /// The exact group's, else that for all groups, else none; without a table the one number.
  func minimum(group: Int32?) -> Int64 {
    if hasOwnMinimum || minimumByGroup.isEmpty { return value(.minSaleQuantity) }
    let exact = minimumByGroup.first { $0.group == group }
    let any = minimumByGroup.first { $0.group == GroupMinimum.allGroups }
    return (exact ?? any)?.quantity.tenThousandths ?? 0
  }

  /// After clamping by the backorder mode (4.2).
  var threshold: Int64 {
    let raw = value(.outOfStockThreshold)
    return value(.backorders) == 0 ? max(raw, 0) : min(raw, 0)
  }

  func json(group: Int32?) -> JSON {
    [
      "manage_stock": .bool(value(.manageStock) != 0),
      "backorders": .number(value(.backorders)),
      "enable_qty_increments": .bool(value(.enableQuantityIncrements) != 0),
      "min_sale_qty": .quantity(Quantity(tenThousandths: minimum(group: group))),
      "max_sale_qty": quantity(.maxSaleQuantity),
      "qty_increments": quantity(.quantityIncrement),
      "threshold": .quantity(Quantity(tenThousandths: threshold)),
    ]
  }
}

extension StepArguments {
  /// A product that replaces what was known of it: what is not named goes back to its default.
  func product() throws -> ProductChange {
    let types = ["", "simple", "virtual", "downloadable", "configurable", "bundle", "grouped"]
    guard let number = types.firstIndex(of: text("type")),
      let type = ProductType(rawValue: UInt8(max(number - 1, 0)))
    else { throw StepRefused.invalid("type") }
    let own = try (value["config"] ?? [:]).members.map { try $0.settingChange() }
    let others = SettingField.allCases.filter { field in
      field.isProductSetting && !own.contains { $0.field == field }
    }
    let options = try rows("options").map { option in
      BundleOption(
        try option.optionChildren(),
        isRequired: try option.flag("required") ?? true)
    }
    return ProductChange(
      sku(), type: type, isEnabled: try flag("enabled") ?? true,
      isInStock: try flag("in_stock_flag") ?? true,
      settings: own + others.map { SettingChange($0, nil) }, children: try skus("children"),
      options: options, shipsTogether: try flag("ships_together") ?? false,
      tags: try texts("tags"))
  }

  /// The SKUs an option is chosen from: names, or objects with the quantity they are fixed to.
  private func optionChildren() throws -> [BundleOption.Child] {
    guard case .list(let values) = given("children") else { throw StepRefused.invalid("children") }
    return try values.map { value in
      if case .object = value {
        let child = StepArguments(value)
        return BundleOption.Child(child.sku(), fixedQuantity: try child.optionalQuantity("fixed"))
      }
      return BundleOption.Child(SKU(value.words ?? ""))
    }
  }

  /// These settings as a change of the store's. The minimum per cart is a number or a table by group;
  /// either ends the other.
  func storeChange() throws -> StoreChange {
    var change = StoreChange()
    for member in value.members {
      if member.key == SettingField.minSaleQuantity.name {
        change.minimumByGroup = []
        if case .object(let table) = member.value {
          change.minimumByGroup = try table.map { try $0.groupMinimum() }
          continue
        }
      }
      change.settings.append(try member.settingChange())
    }
    return change
  }
}

extension JSON.Member {
  /// A setting and its value; `null` removes it. What the setting does not accept is refused by name.
  func settingChange() throws -> SettingChange {
    guard let field = SettingField(name: key) else { throw StepRefused.invalid(key) }
    if value == .null { return SettingChange(field, nil) }
    let number: Int64?
    switch (field.kind, value) {
    case (.flag, .bool(let flag)): number = flag ? 1 : 0
    case (.quantity, _): number = value.decimal(shift: 4)
    case (_, .text(let name)) where field == .defaultAlgorithm:
      number = ["priority": 0, "distance": 1][name]
    default: number = value.decimal(shift: 0)
    }
    guard let number, field.accepts(number) else { throw StepRefused.invalid(key) }
    return SettingChange(field, number)
  }

  /// A customer group, or `all`, and its minimum.
  func groupMinimum() throws -> GroupMinimum {
    guard let group = key == "all" ? GroupMinimum.allGroups : Int32(key),
      let quantity = value.quantity
    else { throw StepRefused.invalid(SettingField.minSaleQuantity.name) }
    return GroupMinimum(group: group, quantity: quantity)
  }
}
