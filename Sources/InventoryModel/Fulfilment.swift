// SPDX-License-Identifier: Apache-2.0

/// Bills quantities of an order.
public struct Invoice: Sendable, Equatable {
  /// The order.
  public var order: DocumentID
  /// Caller-chosen id of this invoice.
  public var document: DocumentID
  /// What is billed; empty is all that is left.
  public var lines: OrderLines
  /// Makes an invoice.
  public init(_ order: DocumentID, document: DocumentID, lines: OrderLines = []) {
    self.order = order
    self.document = document
    self.lines = lines
  }
}

/// Goods leave named sources, all or nothing.
public struct Deduct: Sendable, Equatable {
  /// The order they leave for; `nil` is a plain deduction without a reservation (7.1).
  public var order: DocumentID?
  /// Caller-chosen id of this shipment or deduction.
  public var document: DocumentID
  /// What leaves from where.
  public var parts: [Part]
  /// How strictly.
  public var manner: Manner
  /// Makes a deduction.
  public init(
    order: DocumentID?, document: DocumentID, parts: [Part], manner: Manner = .usual
  ) {
    self.order = order
    self.document = document
    self.parts = parts
    self.manner = manner
  }

  /// How strictly a deduction is judged.
  public enum Manner: UInt8, Sendable {
    /// Everything has to be there, and no promise of another stock may break (18.2).
    case usual = 0
    /// A promise of another stock may break.
    case forced = 1
    /// The goods left already, by another system: what the source does not have is kept on it as
    /// unexplained until the next count (18.8).
    case external = 2
  }

  /// What leaves from one source.
  public struct Part: Sendable, Equatable {
    /// The source; `nil` is the only source of the order's stock, else `source_required`.
    public var source: SourceCode?
    /// What leaves; empty is all that is open of the order (one part only).
    public var lines: OrderLines
    /// Whether the sources are selected by the store's algorithm; `source` is `nil` then.
    public var isAutomatic: Bool
    /// Makes a part.
    public init(source: SourceCode?, lines: OrderLines = [], isAutomatic: Bool = false) {
      self.source = source
      self.lines = lines
      self.isAutomatic = isAutomatic
    }
  }
}

/// Pays back invoiced quantities of an order (6.6).
public struct Refund: Sendable, Equatable {
  /// The order.
  public var order: DocumentID
  /// Caller-chosen id of this refund.
  public var document: DocumentID
  /// Where returned goods go; `nil` is the best-priority source that shipped them.
  public var source: SourceCode?
  /// Whether returned goods go to the sources that shipped them, in proportion; `source` is `nil`
  /// then (18.8).
  public var isProportional: Bool
  /// What is paid back.
  public var lines: [Line]
  /// Makes a refund.
  public init(
    _ order: DocumentID, document: DocumentID, source: SourceCode? = nil,
    isProportional: Bool = false, lines: [Line]
  ) {
    self.order = order
    self.document = document
    self.source = source
    self.isProportional = isProportional
    self.lines = lines
  }

  /// What is paid back of one SKU.
  public struct Line: Sendable, Equatable {
    /// The SKU.
    public var sku: SKU
    /// How much.
    public var quantity: Quantity
    /// Whether the goods return; `nil` is the store's `auto_return`.
    public var isReturned: Bool?
    /// Unshipped goods that are not returned: `false` releases them (the default of 18.8), `true`
    /// writes them off as the seed does.
    public var writesOff: Bool
    /// Makes a line.
    public init(
      _ sku: SKU, _ quantity: Quantity, isReturned: Bool? = nil, writesOff: Bool = false
    ) {
      self.sku = sku
      self.quantity = quantity
      self.isReturned = isReturned
      self.writesOff = writesOff
    }
  }
}

/// Goods arrive at a source. A missing source item is created, in stock.
public struct Receive: Sendable, Equatable {
  /// Caller-chosen id of the receipt.
  public var document: DocumentID
  /// The source.
  public var source: SourceCode
  /// What arrives.
  public var lines: OrderLines
  /// The expected supply that arrives with it and is closed by it, if any (18.7).
  public var supply: DocumentID?
  /// Makes a receipt.
  public init(
    _ document: DocumentID, source: SourceCode, lines: OrderLines, supply: DocumentID? = nil
  ) {
    self.document = document
    self.source = source
    self.lines = lines
    self.supply = supply
  }
}

/// Corrects the on-hand quantity of a source item (18.8).
public struct Adjust: Sendable, Equatable {
  /// The source.
  public var source: SourceCode
  /// The SKU.
  public var sku: SKU
  /// What is stated.
  public var change: Change
  /// The version the item must have (positions of its last change), or `nil` for any.
  public var expectedVersion: Position?
  /// Makes an adjustment.
  public init(
    source: SourceCode, sku: SKU, _ change: Change, expectedVersion: Position? = nil
  ) {
    self.source = source
    self.sku = sku
    self.change = change
    self.expectedVersion = expectedVersion
  }

  /// What is stated.
  public enum Change: Sendable, Equatable {
    /// A difference of either sign.
    case by(Quantity)
    /// A count as of now, at least 0.
    case count(Quantity)
    /// A count as of a moment of log time: what moved since then is added to it (18.8).
    case countAsOf(Quantity, Timestamp)
  }
}

/// Moves goods between sources.
public struct Transfer: Sendable, Equatable {
  /// Caller-chosen id of the transfer.
  public var document: DocumentID
  /// Where the goods leave.
  public var origin: SourceCode
  /// Where they arrive.
  public var destination: SourceCode
  /// What moves.
  public var goods: Goods
  /// Makes a transfer.
  public init(
    _ document: DocumentID, from origin: SourceCode, to destination: SourceCode, _ goods: Goods
  ) {
    self.document = document
    self.origin = origin
    self.destination = destination
    self.goods = goods
  }

  /// What moves.
  public enum Goods: Sendable, Equatable {
    /// Quantities between existing source items, all or nothing (11.5).
    case quantities(OrderLines)
    /// Everything of the SKUs; the origin's items are emptied, or removed when `unassigns` (11.4).
    case everything([SKU], unassigns: Bool)
  }
}
