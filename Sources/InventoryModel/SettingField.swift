// SPDX-License-Identifier: Apache-2.0

/// A setting of the store, most of which a product may override (rules, section 3).
///
/// Values travel and are kept as 64-bit integers whose meaning `kind` gives. The raw value is the
/// number on the wire and in the journal; it is never reused.
public enum SettingField: UInt8, Sendable, CaseIterable {
  /// Whether quantities matter at all. Flag, on.
  case manageStock = 1
  /// Backorder policy, see `BackorderPolicy`. Choice 0 to 2, 0.
  case backorders = 2
  /// Out-of-stock threshold, any sign, clamped when used (4.2). Quantity, 0.
  case outOfStockThreshold = 3
  /// Least quantity per request; 0 is no minimum. Quantity, 1.
  case minSaleQuantity = 4
  /// Greatest quantity per request; 0 is no maximum. Quantity, 10000.
  case maxSaleQuantity = 5
  /// Whether fractions may be ordered. Flag, off. Product only.
  case isQuantityDecimal = 6
  /// Whether a decimal product is divided into several boxes. Flag, off. Product only; stored.
  case isDecimalDivided = 7
  /// Whether the increment is in force. Flag, off.
  case enableQuantityIncrements = 8
  /// Sold in multiples of this. Quantity, 1.
  case quantityIncrement = 9
  /// Low-stock level (section 9). Quantity, 1.
  case notifyQuantity = 10
  /// "Decrease stock when order is placed": off means no entry of any kind. Flag, on. Store only.
  case canSubtract = 11
  /// Used in 7.2. Flag, on. Store only.
  case canBackInStock = 12
  /// Default of the per-line return choice of a refund. Flag, off. Store only.
  case autoReturn = 13
  /// Presentation: show out-of-stock products. Flag, off. Store only.
  case showOutOfStock = 14
  /// Presentation: show the stock status of products. Flag, on. Store only.
  case displayStockStatus = 15
  /// Presentation: 0 "not enough", 1 "only X of Y". Choice 0 to 1, 0. Store only.
  case notAvailableMessage = 16
  /// Level of the "only X left" hint; 0 is never. Quantity, 0. Store only.
  case onlyLeftThreshold = 17
  /// Presentation: recheck a loaded cart. Flag, on. Store only.
  case enableInventoryCheck = 18
  /// Deleting or renaming a SKU carries its reservations along (11.6). Flag, on. Store only.
  case synchronizeWithCatalog = 19
  /// Bulk commands in batches. Flag, off. Store only.
  case bulkAsynchronous = 20
  /// Rows of a bulk batch. Number 1 to 8190, 100. Store only.
  case bulkBatchSize = 21
  /// Source selection when the caller names none: 0 priority, 1 distance. Choice 0 to 1, 0. Store only.
  case defaultAlgorithm = 22
  /// Orders are queued first (6.9). Flag, off. Store only.
  case asynchronousOrders = 23
  /// A queued order is reserved only when processed (6.9). Flag, off. Store only.
  case deferredStockUpdate = 24
  /// Longest total life of an extended hold, seconds (18.1). Number 1 to 86400, 7200. Store only.
  case holdLifetimeSeconds = 25
  /// Active holds one customer may have; 0 is no limit (18.1). Number 0 to 1000000, 0. Store only.
  case holdsPerCustomerMax = 26
  /// How far below zero may be sold, said outright (18.8): -2 as `backorders` and the threshold say,
  /// -1 without a floor, else the floor in 1/10,000 unit, 0 being none. Number, -2.
  case backorderLimit = 27
  /// Whether expected supply may be promised (18.7). Flag, off.
  case sellExpected = 28
  /// How stocks that share a source promise its goods (18.2): 0 together, never twice; 1 each for
  /// itself, as the seed does. Choice 0 to 1, 0. Store only.
  case independentStocks = 29
  /// Whether the default stock and the default source keep the seed's restrictions (section 2).
  /// Flag, on. Store only.
  case seedRestrictions = 30
  /// Whether a new product gets an empty item at the default source. Flag, off. Store only.
  case assignsDefaultSource = 31

  /// How the 64-bit value is to be read.
  public enum Kind: Sendable, Equatable {
    /// 0 off, 1 on.
    case flag
    /// 1/10,000 unit.
    case quantity
    /// A whole number in the range.
    case number(ClosedRange<Int64>)
  }

  /// How the 64-bit value is to be read, and its range.
  public var kind: Kind {
    switch self {
    case .manageStock, .isQuantityDecimal, .isDecimalDivided, .enableQuantityIncrements,
      .canSubtract, .canBackInStock, .autoReturn, .showOutOfStock, .displayStockStatus,
      .enableInventoryCheck, .synchronizeWithCatalog, .bulkAsynchronous, .asynchronousOrders,
      .deferredStockUpdate:
      return .flag
    case .outOfStockThreshold, .minSaleQuantity, .maxSaleQuantity, .quantityIncrement,
      .notifyQuantity, .onlyLeftThreshold:
      return .quantity
    case .backorders: return .number(0...2)
    case .notAvailableMessage, .defaultAlgorithm: return .number(0...1)
    case .bulkBatchSize: return .number(1...8_190)
    case .holdLifetimeSeconds: return .number(1...Limits.holdSecondsMax)
    case .holdsPerCustomerMax: return .number(0...1_000_000)
    case .backorderLimit: return .number(-2...Limits.quantityTenThousandthsMax)
    case .sellExpected, .independentStocks, .seedRestrictions, .assignsDefaultSource: return .flag
    }
  }

  /// The value when neither product nor store says otherwise.
  public var builtIn: Int64 {
    switch self {
    case .manageStock, .canSubtract, .canBackInStock, .displayStockStatus, .enableInventoryCheck,
      .synchronizeWithCatalog, .seedRestrictions:
      return 1
    case .backorderLimit: return -2
    case .minSaleQuantity, .quantityIncrement, .notifyQuantity: return Quantity(1).tenThousandths
    case .maxSaleQuantity: return Quantity(10_000).tenThousandths
    case .bulkBatchSize: return 100
    case .holdLifetimeSeconds: return Limits.holdLifetimeSecondsDefault
    default: return 0
    }
  }

  /// Whether a product may have a value of its own.
  public var isProductSetting: Bool {
    rawValue <= SettingField.notifyQuantity.rawValue || self == .backorderLimit
      || self == .sellExpected
  }

  /// Whether the store has a value: all fields except the two that only products carry.
  public var isStoreSetting: Bool { self != .isQuantityDecimal && self != .isDecimalDivided }

  /// Whether `value` is in range. Quantities: magnitude at most the request maximum; only the
  /// threshold may be negative.
  public func accepts(_ value: Int64) -> Bool {
    switch kind {
    case .flag: return value == 0 || value == 1
    case .number(let range): return range.contains(value)
    case .quantity:
      let most = Limits.quantityTenThousandthsMax
      return value <= most && value >= (self == .outOfStockThreshold ? -most : 0)
    }
  }

  /// The field's name in commands, files and refusals: that of the seed where it has one.
  public var name: String {
    switch self {
    case .manageStock: "manage_stock"
    case .backorders: "backorders"
    case .outOfStockThreshold: "min_qty"
    case .minSaleQuantity: "min_sale_qty"
    case .maxSaleQuantity: "max_sale_qty"
    case .isQuantityDecimal: "is_qty_decimal"
    case .isDecimalDivided: "is_decimal_divided"
    case .enableQuantityIncrements: "enable_qty_increments"
    case .quantityIncrement: "qty_increments"
    case .notifyQuantity: "notify_stock_qty"
    case .canSubtract: "can_subtract"
    case .canBackInStock: "can_back_in_stock"
    case .autoReturn: "auto_return"
    case .showOutOfStock: "show_out_of_stock"
    case .displayStockStatus: "display_product_stock_status"
    case .notAvailableMessage: "not_available_message"
    case .onlyLeftThreshold: "stock_threshold_qty"
    case .enableInventoryCheck: "enable_inventory_check"
    case .synchronizeWithCatalog: "synchronize_with_catalog"
    case .bulkAsynchronous: "bulk_async"
    case .bulkBatchSize: "bulk_batch_size"
    case .defaultAlgorithm: "default_algorithm"
    case .asynchronousOrders: "async_orders"
    case .deferredStockUpdate: "deferred_stock_update"
    case .holdLifetimeSeconds: "hold_lifetime_seconds"
    case .holdsPerCustomerMax: "holds_per_customer_max"
    case .backorderLimit: "backorder_limit"
    case .sellExpected: "sell_expected"
    case .independentStocks: "independent_stocks"
    case .seedRestrictions: "seed_restrictions"
    case .assignsDefaultSource: "assign_default_source"
    }
  }

  /// The field of that name, or `nil`. O(fields).
  public init?(name: String) {
    guard let field = SettingField.allCases.first(where: { $0.name == name }) else { return nil }
    self = field
  }
}

/// One change of a setting. At the store, `nil` restores the built-in value; at a product, `nil`
/// means *use system value*.
public struct SettingChange: Sendable, Equatable {
  /// Which setting.
  public var field: SettingField
  /// The new value as `field.kind` reads it, or `nil`.
  public var value: Int64?

  /// Makes a change from the raw value.
  public init(_ field: SettingField, _ value: Int64?) {
    self.field = field
    self.value = value
  }
  /// Makes a change of a flag.
  public init(_ field: SettingField, flag: Bool) { self.init(field, flag ? 1 : 0) }
  /// Makes a change of a quantity.
  public init(_ field: SettingField, quantity: Quantity) {
    self.init(field, quantity.tenThousandths)
  }
}

/// Whether selling may go below zero (rules, 4.3 and 4.6).
public enum BackorderPolicy: Int64, Sendable {
  /// No.
  case notAllowed = 0
  /// Yes: without a floor, or down to a negative out-of-stock threshold.
  case allowed = 1
  /// As `allowed`; the answer says that the customer is to be told.
  case allowedWithNotice = 2
}

/// A row of the store's table of minimum quantities by customer group (rules, section 3).
public struct GroupMinimum: Sendable, Equatable {
  /// The customer group, or `GroupMinimum.allGroups`.
  public var group: Int32
  /// The minimum; 0 is none.
  public var quantity: Quantity
  /// Makes a row.
  public init(group: Int32, quantity: Quantity) {
    self.group = group
    self.quantity = quantity
  }
  /// The seed's code for "all groups".
  public static let allGroups: Int32 = 32_000
}
