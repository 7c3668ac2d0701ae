// SPDX-License-Identifier: Apache-2.0

// Section 14 and 6.9: entries appended by hand, orders recorded from elsewhere, inconsistencies.

/// An entry to be appended as it is. Every part may be missing in a request; what is missing is
/// refused by name.
public struct NewEntry: Sendable, Equatable {
  /// An id, which only the service gives: its presence is refused (`reservation_id_preset`).
  public var id: UInt64?
  /// The stock.
  public var stock: StockID?
  /// The SKU; it need not be known.
  public var sku: SKU?
  /// Negative reserves, positive gives back; not 0.
  public var quantity: Quantity?
  /// Why.
  public var event: SalesEvent
  /// What caused it, usually an order's id; empty when nothing did.
  public var object: DocumentID
  /// Makes an entry.
  public init(
    stock: StockID?, sku: SKU?, quantity: Quantity?, event: SalesEvent = .manualCompensation,
    object: DocumentID = "", id: UInt64? = nil
  ) {
    self.id = id
    self.stock = stock
    self.sku = sku
    self.quantity = quantity
    self.event = event
    self.object = object
  }
}

/// An order that was placed elsewhere. Nothing is reserved for it.
public struct RecordedOrder: Sendable, Equatable {
  /// The order.
  public var order: DocumentID
  /// Its stock.
  public var stock: StockID
  /// Its state.
  public var state: OrderState
  /// Its lines.
  public var lines: [Line]
  /// Makes an order.
  public init(_ order: DocumentID, stock: StockID, state: OrderState, lines: [Line]) {
    self.order = order
    self.stock = stock
    self.state = state
    self.lines = lines
  }

  /// One SKU of it.
  public struct Line: Sendable, Equatable {
    /// The SKU.
    public var sku: SKU
    /// Ordered.
    public var ordered: Quantity
    /// Given up.
    public var canceled: Quantity
    /// Billed.
    public var invoiced: Quantity
    /// Left a source.
    public var shipped: Quantity
    /// Paid back.
    public var refunded: Quantity
    /// Makes a line.
    public init(
      _ sku: SKU, ordered: Quantity, canceled: Quantity = .zero, invoiced: Quantity = .zero,
      shipped: Quantity = .zero, refunded: Quantity = .zero
    ) {
      self.sku = sku
      self.ordered = ordered
      self.canceled = canceled
      self.invoiced = invoiced
      self.shipped = shipped
      self.refunded = refunded
    }
  }
}

/// The state of an order in the order system (6.8). None of the open ones changes a quantity.
public enum OrderState: UInt8, Sendable, CaseIterable {
  /// Just placed.
  case new = 0
  /// Being worked on.
  case processing = 1
  /// On hold: the reservation stays.
  case onHold = 2
  /// Waiting for payment or a review: the reservation stays.
  case pending = 3
  /// Final: everything happened.
  case complete = 4
  /// Final: everything was paid back.
  case closed = 5
  /// Final: everything was given up.
  case canceled = 6

  /// Whether nothing follows.
  public var isFinal: Bool { rawValue >= OrderState.complete.rawValue }

  /// The name in files.
  public var name: String { self == .onHold ? "on_hold" : "\(self)" }
}

/// An order and SKU whose entries do not sum to what they should (section 14).
public struct Finding: Sendable, Equatable {
  /// The order, or what the entries name as their cause.
  public var object: DocumentID
  /// The stock.
  public var stock: StockID
  /// The SKU.
  public var sku: SKU
  /// What has to be appended: positive releases, negative reserves.
  public var compensate: Quantity
  /// Whether no order of that id is known.
  public var isOrphan: Bool
  /// Whether the order is final.
  public var isFinal: Bool
  /// Makes a finding.
  public init(
    object: DocumentID, stock: StockID, sku: SKU, compensate: Quantity, isOrphan: Bool = false,
    isFinal: Bool = false
  ) {
    self.object = object
    self.stock = stock
    self.sku = sku
    self.compensate = compensate
    self.isOrphan = isOrphan
    self.isFinal = isFinal
  }
}

/// Which inconsistencies are wanted.
public enum FindingFilter: UInt8, Sendable {
  /// All.
  case all = 0
  /// Those of final orders.
  case complete = 1
  /// Those of open orders.
  case incomplete = 2
}
