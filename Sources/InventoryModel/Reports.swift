// SPDX-License-Identifier: Apache-2.0

// Rows of the reports (9, 11.8, 11.9) and of the change stream (18.8).

/// Which low-stock list is wanted (section 9).
public enum LowStockList: UInt8, Sendable {
  /// In-stock items above 0 of enabled products at enabled sources.
  case report = 0
  /// Every item of a managed product.
  case feed = 1
}

/// A source item below its low-stock level.
public struct LowStockRow: Sendable, Equatable {
  /// The source.
  public var source: SourceCode
  /// The SKU.
  public var sku: SKU
  /// What is on the shelf.
  public var quantity: Quantity
  /// The level in force.
  public var notifyQuantity: Quantity
  /// Makes a row.
  public init(source: SourceCode, sku: SKU, quantity: Quantity, notifyQuantity: Quantity) {
    self.source = source
    self.sku = sku
    self.quantity = quantity
    self.notifyQuantity = notifyQuantity
  }
}

/// The salable quantity of a SKU in one of its stocks.
public struct StockSalableRow: Sendable, Equatable {
  /// The stock.
  public var stock: StockID
  /// As in `Query.salable`.
  public var salable: SalableRow
  /// Whether stock is managed.
  public var isManaged: Bool
  /// On-hand quantity that counts; `nil` when no enabled source of the stock lists the SKU.
  public var onHand: Quantity?
  /// Sum of the entries.
  public var reserved: Quantity
  /// Makes a row.
  public init(
    stock: StockID, salable: SalableRow, isManaged: Bool, onHand: Quantity?, reserved: Quantity
  ) {
    self.stock = stock
    self.salable = salable
    self.isManaged = isManaged
    self.onHand = onHand
    self.reserved = reserved
  }
}

/// What may be said of the last units: "only X left" (section 9).
public struct OnlyLeftRow: Sendable, Equatable {
  /// The SKU.
  public var sku: SKU
  /// The number to show, or `nil` to show nothing.
  public var quantity: Quantity?
  /// Makes a row.
  public init(sku: SKU, quantity: Quantity?) {
    self.sku = sku
    self.quantity = quantity
  }
}

/// One change of what a stock has of a SKU, as the change stream gives it.
///
/// The stream is gapless: it has one row for every command that changed the numbers of a stock and
/// SKU, in order, with the numbers before and after.
public struct ChangeRow: Sendable, Equatable {
  /// Its number in the stream, from 1; to resume, name the last one seen.
  public var sequence: UInt64
  /// The command that made it.
  public var position: Position
  /// When, in log time.
  public var time: Timestamp
  /// The stock.
  public var stock: StockID
  /// The SKU, in the spelling it had then.
  public var sku: SKU
  /// Before.
  public var before: Numbers
  /// After.
  public var after: Numbers
  /// Makes a row.
  public init(
    sequence: UInt64, position: Position, time: Timestamp, stock: StockID, sku: SKU,
    before: Numbers, after: Numbers
  ) {
    self.sequence = sequence
    self.position = position
    self.time = time
    self.stock = stock
    self.sku = sku
    self.before = before
    self.after = after
  }

  /// What is said of a stock and SKU.
  public struct Numbers: Sendable, Equatable {
    /// On-hand quantity that counts.
    public var onHand: Quantity
    /// Sum of the entries.
    public var reserved: Quantity
    /// Salable quantity as `Query.salable` gives it; `nil` when not managed.
    public var salable: Quantity?
    /// Whether it can be sold at all.
    public var isSalable: Bool
    /// Whether what is promised cannot all be served (18.2).
    public var isOverpromised: Bool
    /// Makes numbers.
    public init(
      onHand: Quantity, reserved: Quantity, salable: Quantity?, isSalable: Bool,
      isOverpromised: Bool = false
    ) {
      self.onHand = onHand
      self.reserved = reserved
      self.salable = salable
      self.isSalable = isSalable
      self.isOverpromised = isOverpromised
    }
  }
}

/// One row of the stock export (11.8).
public struct ExportRow: Sendable, Equatable {
  /// The product.
  public var sku: SKU
  /// Its salable quantity: 0 for a composite, `nil` when not managed.
  public var quantity: Quantity?
  /// Whether it can be sold.
  public var isSalable: Bool
  /// Makes a row.
  public init(sku: SKU, quantity: Quantity?, isSalable: Bool) {
    self.sku = sku
    self.quantity = quantity
    self.isSalable = isSalable
  }
}
