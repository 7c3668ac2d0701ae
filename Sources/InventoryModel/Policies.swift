// SPDX-License-Identifier: Apache-2.0

// 18.5 to 18.7: customer limits, what channels may take, expected supply.

/// A limit of what one customer may take (18.5).
public struct CustomerLimit: Sendable, Equatable {
  /// Its id, chosen by the operator: 1 to 64 bytes.
  public var id: DocumentID
  /// The goods it is about.
  public var goods: Goods
  /// The channel it is about; `nil` is all, and sales straight from a stock.
  public var channel: ChannelCode?
  /// The most that is allowed in the window.
  public var quantity: Quantity
  /// The window.
  public var window: Window
  /// Whether refunds give the allowance back.
  public var countsRefunds: Bool
  /// Whether a request without a customer is refused; else it passes.
  public var isStrict: Bool
  /// Makes a limit.
  public init(
    _ id: DocumentID, _ goods: Goods, channel: ChannelCode? = nil, quantity: Quantity,
    window: Window, countsRefunds: Bool = false, isStrict: Bool = false
  ) {
    self.id = id
    self.goods = goods
    self.channel = channel
    self.quantity = quantity
    self.window = window
    self.countsRefunds = countsRefunds
    self.isStrict = isStrict
  }

  /// What is limited.
  public enum Goods: Sendable, Equatable {
    /// One SKU.
    case sku(SKU)
    /// All products with the tag, together.
    case tag(String)
  }

  /// Over what time it adds up.
  public enum Window: Sendable, Equatable {
    /// Each request by itself.
    case perOrder
    /// The last so many seconds of log time.
    case rolling(seconds: Int64)
    /// From a moment until before another.
    case campaign(from: Timestamp, to: Timestamp)
  }
}

/// What a channel may take of a SKU or of everything (18.6).
public struct ChannelPolicy: Sendable, Equatable {
  /// The channel.
  public var channel: ChannelCode
  /// The SKU; `nil` is every SKU without a policy of its own.
  public var sku: SKU?
  /// What is kept from the channel.
  public var safety: Safety
  /// The most the channel may have open and sold since `cap.since`; `nil` is no cap.
  public var cap: Cap?
  /// Whether the channel may sell backorders; `nil` is by the product.
  public var allowsBackorder: Bool?
  /// Makes a policy.
  public init(
    _ channel: ChannelCode, sku: SKU? = nil, safety: Safety = .quantity(.zero), cap: Cap? = nil,
    allowsBackorder: Bool? = nil
  ) {
    self.channel = channel
    self.sku = sku
    self.safety = safety
    self.cap = cap
    self.allowsBackorder = allowsBackorder
  }

  /// What is kept from the channel.
  public enum Safety: Sendable, Equatable {
    /// So much.
    case quantity(Quantity)
    /// So many hundredths of a percent of the on-hand quantity, rounded up to four decimals:
    /// 0 to 10,000.
    case basisPoints(UInt16)
  }

  /// The most a channel may take.
  public struct Cap: Sendable, Equatable {
    /// The quantity.
    public var quantity: Quantity
    /// Orders placed and holds made before this moment do not count.
    public var since: Timestamp
    /// Makes a cap.
    public init(_ quantity: Quantity, since: Timestamp = .zero) {
      self.quantity = quantity
      self.since = since
    }
  }
}

/// Goods that are expected at a source (18.7).
public struct Supply: Sendable, Equatable {
  /// Its id, chosen by the caller: 1 to 64 bytes.
  public var id: DocumentID
  /// Where it arrives.
  public var source: SourceCode
  /// What arrives.
  public var sku: SKU
  /// How much; 0 cancels what is open of it.
  public var quantity: Quantity
  /// When.
  public var expectedAt: Timestamp
  /// Makes a supply.
  public init(
    _ id: DocumentID, source: SourceCode, sku: SKU, quantity: Quantity, expectedAt: Timestamp
  ) {
    self.id = id
    self.source = source
    self.sku = sku
    self.quantity = quantity
    self.expectedAt = expectedAt
  }
}
