// SPDX-License-Identifier: Apache-2.0

/// Where something is sold: through a channel, or straight from a stock.
public enum SalesPoint: Sendable, Equatable {
  /// The channel's stock.
  case channel(ChannelCode)
  /// That stock.
  case stock(StockID)
}

/// What happens to a request that cannot be granted whole (18.4).
public enum ReserveMode: UInt8, Sendable {
  /// Every line in full, or the command is refused.
  case all = 0
  /// Each line in full or not at all, independently.
  case lines = 1
  /// Each line gets the largest quantity that the rules allow.
  case fill = 2
}

/// What is asked for by `hold` and `place`.
public struct ReserveRequest: Sendable, Equatable {
  /// Where it is sold.
  public var point: SalesPoint
  /// What is asked for; lines of one SKU are added up.
  public var lines: OrderLines
  /// The customer, for limits; `nil` is anonymous.
  public var customer: CustomerID?
  /// The customer group, for minimum quantities.
  public var group: Int32?
  /// What happens when not all can be granted.
  public var mode: ReserveMode
  /// Skips the cart rules of section 5 step 4.
  public var quantityChecksOnly: Bool
  /// Whether the backordered part may be granted.
  public var allowsBackorder: Bool
  /// Whether a refusal lists all violations of all lines.
  public var listsViolations: Bool
  /// Where an order is picked up, if it is (section 12).
  public var pickup: SourceCode?
  /// Supply expected after this moment does not count; `nil` is no moment (18.7).
  public var needBy: Timestamp?

  /// Makes a request with the usual choices: mode `all`, all checks, backorders by the rules.
  @inlinable
  public init(
    _ point: SalesPoint, _ lines: OrderLines, customer: CustomerID? = nil, group: Int32? = nil,
    mode: ReserveMode = .all, quantityChecksOnly: Bool = false, allowsBackorder: Bool = true,
    listsViolations: Bool = false, pickup: SourceCode? = nil, needBy: Timestamp? = nil
  ) {
    self.point = point
    self.lines = lines
    self.customer = customer
    self.group = group
    self.mode = mode
    self.quantityChecksOnly = quantityChecksOnly
    self.allowsBackorder = allowsBackorder
    self.listsViolations = listsViolations
    self.pickup = pickup
    self.needBy = needBy
  }
}

/// Reserves for a cart (18.1).
public struct Hold: Sendable, Equatable {
  /// Caller-chosen id of the hold.
  public var id: DocumentID
  /// What is asked for.
  public var request: ReserveRequest
  /// Seconds until it expires: 1 to 86,400.
  public var seconds: Int64
  /// Makes a hold.
  @inlinable
  public init(_ id: DocumentID, _ request: ReserveRequest, seconds: Int64 = 900) {
    self.id = id
    self.request = request
    self.seconds = seconds
  }
}

/// Places an order.
public struct Place: Sendable, Equatable {
  /// Caller-chosen id of the order.
  public var order: DocumentID
  /// What becomes the order.
  public var basis: Basis
  /// Makes a placement.
  @inlinable
  public init(_ order: DocumentID, _ basis: Basis) {
    self.order = order
    self.basis = basis
  }

  /// What becomes the order.
  public enum Basis: Sendable, Equatable {
    /// A hold; `lines` empty takes it whole, else the rest is released. An expired hold is reserved
    /// afresh when `reacquires`.
    case hold(DocumentID, lines: OrderLines, reacquires: Bool)
    /// Goods reserved in the same step.
    case request(ReserveRequest)
  }
}

/// Gives up open quantities of an order (6.4).
public struct Cancel: Sendable, Equatable {
  /// The order.
  public var order: DocumentID
  /// Caller-chosen id of this cancellation.
  public var document: DocumentID
  /// What to cancel; empty is all that is open.
  public var lines: OrderLines
  /// Makes a cancellation.
  public init(_ order: DocumentID, document: DocumentID, lines: OrderLines = []) {
    self.order = order
    self.document = document
    self.lines = lines
  }
}
