// SPDX-License-Identifier: Apache-2.0

// What queries show of the state.

/// Where a reservation stands.
public enum ReservationPhase: UInt8, Sendable {
  /// A hold within its deadline.
  case held = 0
  /// A hold that ran out.
  case expired = 1
  /// A hold that was released.
  case released = 2
  /// A hold that became an order.
  case converted = 3
  /// An order with something open.
  case open = 4
  /// An order of which everything was shipped, refunded or cancelled, and something was shipped.
  case complete = 5
  /// An order of which everything was cancelled.
  case canceled = 6
  /// An order of which everything was refunded.
  case closed = 7
}

/// A hold or an order.
public struct ReservationView: Sendable, Equatable {
  /// Its id.
  public var id: DocumentID
  /// Where it stands.
  public var phase: ReservationPhase
  /// The stock it was reserved in; fixed when it was made.
  public var stock: StockID
  /// Its customer, if one was named.
  public var customer: CustomerID?
  /// When it was made, in log time.
  public var createdAt: Timestamp
  /// When it expires or expired; `nil` for an order.
  public var expiresAt: Timestamp?
  /// Its lines, in request order.
  public var lines: [ReservationLineView]
  /// Where an order stands in the order system.
  public var state: OrderState
  /// Whether an order waits to be processed before anything is reserved (6.9).
  public var isDeferred: Bool
  /// Where an order is picked up.
  public var pickup: SourceCode?
  /// Makes a view.
  public init(
    id: DocumentID, phase: ReservationPhase, stock: StockID, customer: CustomerID?,
    createdAt: Timestamp, expiresAt: Timestamp?, lines: [ReservationLineView],
    state: OrderState = .new, isDeferred: Bool = false, pickup: SourceCode? = nil
  ) {
    self.id = id
    self.phase = phase
    self.stock = stock
    self.customer = customer
    self.createdAt = createdAt
    self.expiresAt = expiresAt
    self.lines = lines
    self.state = state
    self.isDeferred = isDeferred
    self.pickup = pickup
  }
}

/// One SKU of a hold or an order.
public struct ReservationLineView: Sendable, Equatable {
  /// The SKU.
  public var sku: SKU
  /// What was held or ordered.
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
    sku: SKU, ordered: Quantity, canceled: Quantity, invoiced: Quantity, shipped: Quantity,
    refunded: Quantity
  ) {
    self.sku = sku
    self.ordered = ordered
    self.canceled = canceled
    self.invoiced = invoiced
    self.shipped = shipped
    self.refunded = refunded
  }
}

/// One SKU at one source.
public struct SourceItemRow: Sendable, Equatable {
  /// The source.
  public var source: SourceCode
  /// The SKU.
  public var sku: SKU
  /// On-hand quantity.
  public var quantity: Quantity
  /// The operator's intent.
  public var isInStock: Bool
  /// The item's own low-stock level, or `nil` for the default.
  public var notifyQuantity: Quantity?
  /// The low-stock level in force: its own, the product's or the store's.
  public var notifyInForce: Quantity
  /// What left the source by another system and was not there (18.8), until the next count.
  public var unexplained: Quantity
  /// The position of the command that last changed it; what `Adjust.expectedVersion` compares.
  public var version: Position
  /// Makes a row.
  public init(
    source: SourceCode, sku: SKU, quantity: Quantity, isInStock: Bool, notifyQuantity: Quantity?,
    notifyInForce: Quantity = .zero, unexplained: Quantity = .zero, version: Position
  ) {
    self.source = source
    self.sku = sku
    self.quantity = quantity
    self.isInStock = isInStock
    self.notifyQuantity = notifyQuantity
    self.notifyInForce = notifyInForce
    self.unexplained = unexplained
    self.version = version
  }
}

/// On-hand quantity of one SKU over all sources, whatever their status.
public struct OnHandRow: Sendable, Equatable {
  /// The SKU.
  public var sku: SKU
  /// The sum.
  public var quantity: Quantity
  /// Makes a row.
  public init(sku: SKU, quantity: Quantity) {
    self.sku = sku
    self.quantity = quantity
  }
}

/// A source.
public struct SourceView: Sendable, Equatable {
  /// Its code.
  public var code: SourceCode
  /// Whether its goods count and ship.
  public var isEnabled: Bool
  /// Whether it is a pickup location.
  public var isPickup: Bool
  /// Whether its goods count for selling while it is enabled.
  public var sells: Bool
  /// Whether goods may leave it while it is enabled.
  public var ships: Bool
  /// Its coordinates, if set.
  public var coordinates: Coordinates?
  /// Its text fields that are not empty, by number.
  public var texts: [SourceText]
  /// Makes a view.
  public init(
    code: SourceCode, isEnabled: Bool, isPickup: Bool, sells: Bool = true, ships: Bool = true,
    coordinates: Coordinates?, texts: [SourceText]
  ) {
    self.code = code
    self.isEnabled = isEnabled
    self.isPickup = isPickup
    self.sells = sells
    self.ships = ships
    self.coordinates = coordinates
    self.texts = texts
  }
}

/// A stock.
public struct StockView: Sendable, Equatable {
  /// Its number.
  public var id: StockID
  /// Its name.
  public var name: String
  /// Its channels, in order of code.
  public var channels: [ChannelCode]
  /// Its links by priority, disabled sources included.
  public var links: [StockSourceLink]
  /// Makes a view.
  public init(id: StockID, name: String, channels: [ChannelCode], links: [StockSourceLink]) {
    self.id = id
    self.name = name
    self.channels = channels
    self.links = links
  }
}

/// A product and the settings in force for it.
public struct ProductView: Sendable, Equatable {
  /// The SKU.
  public var sku: SKU
  /// Its type.
  public var type: ProductType
  /// Whether it is enabled in the catalogue.
  public var isEnabled: Bool
  /// The product-level flag of section 2.
  public var isInStock: Bool
  /// Its own settings.
  public var own: [SettingChange]
  /// Every product setting in force, wherever it comes from.
  public var inForce: [SettingChange]
  /// Children of a configurable or grouped product.
  public var children: [SKU]
  /// Options of a bundle.
  public var options: [BundleOption]
  /// Whether the parts of a bundle ship together.
  public var shipsTogether: Bool
  /// The tags that customer limits may name.
  public var tags: [String]
  /// Makes a view.
  public init(
    sku: SKU, type: ProductType, isEnabled: Bool, isInStock: Bool, own: [SettingChange],
    inForce: [SettingChange], children: [SKU] = [], options: [BundleOption] = [],
    shipsTogether: Bool = false, tags: [String] = []
  ) {
    self.sku = sku
    self.type = type
    self.isEnabled = isEnabled
    self.isInStock = isInStock
    self.own = own
    self.inForce = inForce
    self.children = children
    self.options = options
    self.shipsTogether = shipsTogether
    self.tags = tags
  }
}

/// Expected goods and what is open of them.
public struct SupplyView: Sendable, Equatable {
  /// As it was stated last.
  public var supply: Supply
  /// The part that is promised already.
  public var promised: Quantity
  /// Makes a view.
  public init(supply: Supply, promised: Quantity) {
    self.supply = supply
    self.promised = promised
  }
}

/// The store's settings.
public struct StoreView: Sendable, Equatable {
  /// Every store setting in force.
  public var settings: [SettingChange]
  /// The table of minimum quantities by customer group; empty when there is none.
  public var minimumByGroup: [GroupMinimum]
  /// Makes a view.
  public init(settings: [SettingChange], minimumByGroup: [GroupMinimum]) {
    self.settings = settings
    self.minimumByGroup = minimumByGroup
  }
}
