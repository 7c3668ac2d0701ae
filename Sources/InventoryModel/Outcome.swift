// SPDX-License-Identifier: Apache-2.0

/// What the engine decided about a command. Stored under the command id, so that a repeated command
/// gets the very same outcome.
public enum Outcome: Sendable, Equatable {
  /// Done; there is nothing more to say (configuration, adjust, pulse).
  case done
  /// A hold or an order stands.
  case reserved(Reserved)
  /// A hold's deadline is now this.
  case extended(until: Timestamp)
  /// What a release, cancellation, invoice, deduction, refund, receipt or transfer moved.
  indirect case moved(Moved)
  /// How many rows a bulk command created or removed.
  case counted(UInt32)
  /// How many source items were removed, and what is still reserved of their SKUs in the stocks
  /// concerned.
  case unassigned(UInt32, reservedLeft: Quantity)
  /// What an import did.
  indirect case imported(ImportResult)
  /// What a cleanup removed, and how many entries are left.
  case cleaned(deleted: UInt64, left: UInt64)
  /// No.
  indirect case refused(Refusal)

  /// The refusal, if it is one.
  public var refusal: Refusal? {
    if case .refused(let refusal) = self { return refusal }
    return nil
  }
}

/// The result of `hold` and `place`.
public struct Reserved: Sendable, Equatable {
  /// When the hold expires; `nil` for an order.
  public var expiresAt: Timestamp?
  /// Whether an expired hold was reserved afresh.
  public var isReacquired: Bool
  /// Per SKU in request order. Empty means: everything asked for was granted, none of it backordered.
  public var lines: [GrantedLine]
  /// Makes a result.
  @inlinable
  public init(expiresAt: Timestamp?, isReacquired: Bool = false, lines: [GrantedLine] = []) {
    self.expiresAt = expiresAt
    self.isReacquired = isReacquired
    self.lines = lines
  }
}

/// What was granted of one SKU.
public struct GrantedLine: Sendable, Equatable {
  /// The SKU.
  public var sku: SKU
  /// What was granted, the backordered part included.
  public var granted: Quantity
  /// What was asked for and not granted.
  public var missing: Quantity
  /// The part of `granted` that is backordered (4.6).
  public var backordered: Quantity
  /// Whether the customer is to be told of the backordered part.
  public var notifiesCustomer: Bool
  /// The part of `granted` that is promised from expected supply (18.7).
  public var expected: Quantity
  /// When the last of that part is expected.
  public var expectedAt: Timestamp?
  /// Why something is missing, or `nil`.
  public var reason: RefusalCode?
  /// Makes a line.
  public init(
    sku: SKU, granted: Quantity, missing: Quantity = .zero, backordered: Quantity = .zero,
    notifiesCustomer: Bool = false, expected: Quantity = .zero, expectedAt: Timestamp? = nil,
    reason: RefusalCode? = nil
  ) {
    self.sku = sku
    self.granted = granted
    self.missing = missing
    self.backordered = backordered
    self.notifiesCustomer = notifiesCustomer
    self.expected = expected
    self.expectedAt = expectedAt
    self.reason = reason
  }
}

/// Quantities that moved.
public struct Moved: Sendable, Equatable {
  /// Per SKU and source, in the order they were moved.
  public var lines: [Line]
  /// What could not be taken from any source (virtual products, 6.7); 0 elsewhere.
  public var shortfall: Quantity
  /// Makes a result.
  public init(lines: [Line], shortfall: Quantity = .zero) {
    self.lines = lines
    self.shortfall = shortfall
  }

  /// A quantity of one SKU.
  public struct Line: Sendable, Equatable {
    /// The SKU.
    public var sku: SKU
    /// How much.
    public var quantity: Quantity
    /// The source it left or reached; `nil` when only the reservation changed.
    public var source: SourceCode?
    /// The stock status that follows for goods taken from or put into a source without an order
    /// (7.2); reported, not stored. `nil` elsewhere.
    public var isInStock: Bool?
    /// Makes a line.
    public init(
      _ sku: SKU, _ quantity: Quantity, source: SourceCode? = nil, isInStock: Bool? = nil
    ) {
      self.sku = sku
      self.quantity = quantity
      self.source = source
      self.isInStock = isInStock
    }
  }
}

/// The answer to a command.
public struct Reply: Sendable, Equatable {
  /// What was decided.
  public var outcome: Outcome
  /// The place in the log where it was decided; 0 when nothing was decided (refusals that are not
  /// stored).
  public var position: Position
  /// Whether this repeats the answer to an earlier copy of the command.
  public var isReplayed: Bool
  /// Makes an answer.
  @inlinable
  public init(outcome: Outcome, position: Position, isReplayed: Bool = false) {
    self.outcome = outcome
    self.position = position
    self.isReplayed = isReplayed
  }
}
