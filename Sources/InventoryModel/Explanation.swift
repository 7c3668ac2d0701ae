// SPDX-License-Identifier: Apache-2.0

/// How a salable quantity comes about: on hand + reserved − threshold − what promises of other stocks
/// take + expected supply.
public struct Explanation: Sendable, Equatable {
  /// The stock.
  public var stock: StockID
  /// The SKU.
  public var sku: SKU
  /// The answer, as `Query.salable` gives it.
  public var salable: SalableRow
  /// Whether stock is managed.
  public var isManaged: Bool
  /// On-hand quantity that counts.
  public var onHand: Quantity
  /// Sum of the entries, at most 0 in a healthy system.
  public var reserved: Quantity
  /// The threshold after clamping (4.2).
  public var threshold: Quantity
  /// The backorder policy in force.
  public var backorders: BackorderPolicy
  /// What every linked source contributes, by priority; disabled and out-of-stock ones included.
  public var sources: [Contribution]
  /// The reservations behind `reserved`, oldest first, at most a page of them.
  public var claims: [Claim]
  /// Reservations beyond the page.
  public var claimsLeftOut: UInt32
  /// What promises of other stocks take of the sources they share with this one (18.2).
  public var takenElsewhere: Quantity
  /// Expected supply that may be sold (18.7).
  public var expected: Quantity
  /// What channels with a policy see (18.6).
  public var channels: [ChannelShare]
  /// Makes an explanation.
  public init(
    stock: StockID, sku: SKU, salable: SalableRow, isManaged: Bool, onHand: Quantity,
    reserved: Quantity, threshold: Quantity, backorders: BackorderPolicy, sources: [Contribution],
    claims: [Claim], claimsLeftOut: UInt32,
    takenElsewhere: Quantity = .zero, expected: Quantity = .zero, channels: [ChannelShare] = []
  ) {
    self.stock = stock
    self.sku = sku
    self.salable = salable
    self.isManaged = isManaged
    self.onHand = onHand
    self.reserved = reserved
    self.threshold = threshold
    self.backorders = backorders
    self.sources = sources
    self.claims = claims
    self.claimsLeftOut = claimsLeftOut
    self.takenElsewhere = takenElsewhere
    self.expected = expected
    self.channels = channels
  }

  /// What a channel with a policy of its own may sell.
  public struct ChannelShare: Sendable, Equatable {
    /// The channel.
    public var channel: ChannelCode
    /// What is kept from it.
    public var safety: Quantity
    /// What it may sell; `nil` when not managed.
    public var salable: Quantity?
    /// Makes a share.
    public init(channel: ChannelCode, safety: Quantity, salable: Quantity?) {
      self.channel = channel
      self.safety = safety
      self.salable = salable
    }
  }

  /// What one source contributes.
  public struct Contribution: Sendable, Equatable {
    /// The source.
    public var source: SourceCode
    /// Whether the source is on.
    public var isEnabled: Bool
    /// Whether the item is in stock.
    public var isInStock: Bool
    /// Whether goods there count for selling (18.8).
    public var sells: Bool
    /// The item's quantity; it counts when all three flags are on.
    public var quantity: Quantity
    /// Makes a contribution.
    public init(
      source: SourceCode, isEnabled: Bool, isInStock: Bool, sells: Bool = true,
      quantity: Quantity
    ) {
      self.source = source
      self.isEnabled = isEnabled
      self.isInStock = isInStock
      self.sells = sells
      self.quantity = quantity
    }
  }

  /// What one reservation takes.
  public struct Claim: Sendable, Equatable {
    /// What it is.
    public var kind: EntryObject
    /// Its id.
    public var id: DocumentID
    /// The sum of its entries for the SKU: below 0.
    public var quantity: Quantity
    /// Makes a claim.
    public init(kind: EntryObject, id: DocumentID, quantity: Quantity) {
      self.kind = kind
      self.id = id
      self.quantity = quantity
    }
  }
}
