// SPDX-License-Identifier: Apache-2.0

// What operators configure: products, sources, stocks, channels, source items.

/// What a product is. Simple, virtual and downloadable own quantities; the others do not (section 13).
public enum ProductType: UInt8, Sendable {
  /// Goods that are shipped.
  case simple = 0
  /// Owns quantities, is never shipped; leaves its source when invoiced.
  case virtual = 1
  /// As `virtual`.
  case downloadable = 2
  /// Has children, of which one is chosen.
  case configurable = 3
  /// Has options with children.
  case bundle = 4
  /// Has members sold side by side.
  case grouped = 5

  /// Whether quantities belong to children.
  public var isComposite: Bool { rawValue >= ProductType.configurable.rawValue }
  /// Whether it is never shipped.
  public var isVirtual: Bool { self == .virtual || self == .downloadable }
}

/// Registers a product in the catalogue or changes the named parts of it. Absent parts keep their
/// value; a new product starts as simple, enabled, in stock, with every setting on *use system value*.
public struct ProductChange: Sendable, Equatable {
  /// The product.
  public var sku: SKU
  /// Its type, or `nil` to keep it.
  public var type: ProductType?
  /// Whether it is enabled in the catalogue, or `nil` to keep it.
  public var isEnabled: Bool?
  /// The product-level flag of section 2, or `nil` to keep it.
  public var isInStock: Bool?
  /// Settings to change; product settings only.
  public var settings: [SettingChange]
  /// Replaces the children of a configurable or grouped product; `nil` keeps them. They need not be in
  /// the catalogue yet.
  public var children: [SKU]?
  /// Replaces the options of a bundle; `nil` keeps them.
  public var options: [BundleOption]?
  /// Whether the parts of a bundle ship together, and so have to share a source; `nil` keeps it.
  public var shipsTogether: Bool?
  /// Replaces the tags that customer limits may name; `nil` keeps them.
  public var tags: [String]?

  /// Makes a change; every part but the SKU is optional.
  public init(
    _ sku: SKU, type: ProductType? = nil, isEnabled: Bool? = nil, isInStock: Bool? = nil,
    settings: [SettingChange] = [], children: [SKU]? = nil, options: [BundleOption]? = nil,
    shipsTogether: Bool? = nil, tags: [String]? = nil
  ) {
    self.sku = sku
    self.type = type
    self.isEnabled = isEnabled
    self.isInStock = isInStock
    self.settings = settings
    self.children = children
    self.options = options
    self.shipsTogether = shipsTogether
    self.tags = tags
  }
}

/// Changes settings of the whole store.
public struct StoreChange: Sendable, Equatable {
  /// Settings to change; store settings only.
  public var settings: [SettingChange]
  /// Replaces the table of minimum quantities by customer group; empty means no table, `nil` keeps it.
  public var minimumByGroup: [GroupMinimum]?
  /// Makes a change.
  public init(settings: [SettingChange] = [], minimumByGroup: [GroupMinimum]? = nil) {
    self.settings = settings
    self.minimumByGroup = minimumByGroup
  }
}

/// Text fields of a source, by their number on the wire.
public enum SourceField: UInt8, Sendable, CaseIterable {
  /// Name shown to people; required.
  case name = 1
  /// Two-letter country; required.
  case country = 2
  /// Postcode; required.
  case postcode = 3
  /// Region or state.
  case region = 4
  /// City; required at a pickup location.
  case city = 5
  /// Street; required at a pickup location.
  case street = 6
  /// Free description.
  case text = 7
  /// Contact person.
  case contact = 8
  /// E-mail address.
  case email = 9
  /// Telephone number.
  case phone = 10
  /// Carriers, free form; empty means the global list.
  case carriers = 11
  /// Region id of the seed's address book.
  case regionID = 12

  /// The field's name in files and refusals.
  public var fieldName: String {
    switch self {
    case .name: "name"
    case .country: "country"
    case .postcode: "postcode"
    case .region: "region"
    case .city: "city"
    case .street: "street"
    case .text: "description"
    case .contact: "contact"
    case .email: "email"
    case .phone: "phone"
    case .carriers: "carriers"
    case .regionID: "region_id"
    }
  }
}

/// One text field of a source and its new value.
public struct SourceText: Sendable, Equatable {
  /// Which field.
  public var field: SourceField
  /// The new text.
  public var text: String
  /// Makes a change.
  public init(_ field: SourceField, _ text: String) {
    self.field = field
    self.text = text
  }
}

/// A place on the globe, exact to 10^-7 degree (about a centimetre).
public struct Coordinates: Sendable, Equatable {
  /// Degrees north, in 10^-7 degree.
  public var latitude: Int32
  /// Degrees east, in 10^-7 degree.
  public var longitude: Int32
  /// Makes a place from 10^-7 degrees.
  public init(latitude: Int32, longitude: Int32) {
    self.latitude = latitude
    self.longitude = longitude
  }
}

/// Creates a source or changes the named parts of it. A new source is enabled unless it says not.
public struct SourceChange: Sendable, Equatable {
  /// The source.
  public var code: SourceCode
  /// Whether its goods count and ship, or `nil` to keep it.
  public var isEnabled: Bool?
  /// Whether it is a pickup location, or `nil` to keep it.
  public var isPickup: Bool?
  /// Whether its goods count for selling while it is enabled, or `nil` to keep it (18.8).
  public var sells: Bool?
  /// Whether goods may leave it while it is enabled, or `nil` to keep it (18.8).
  public var ships: Bool?
  /// Its coordinates, or `nil` to keep them.
  public var coordinates: Coordinates?
  /// Text fields to change.
  public var texts: [SourceText]
  /// Makes a change; every part but the code is optional.
  public init(
    _ code: SourceCode, isEnabled: Bool? = nil, isPickup: Bool? = nil, sells: Bool? = nil,
    ships: Bool? = nil, coordinates: Coordinates? = nil, texts: [SourceText] = []
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

/// Creates a stock or changes the named parts of it.
public struct StockChange: Sendable, Equatable {
  /// The stock.
  public var id: StockID
  /// Its name; required for a new stock, `nil` keeps it.
  public var name: String?
  /// Replaces its channels: one of another stock moves here, a dropped one falls to the default
  /// stock; `nil` keeps them.
  public var channels: [ChannelCode]?
  /// Makes a change.
  public init(_ id: StockID, name: String? = nil, channels: [ChannelCode]? = nil) {
    self.id = id
    self.name = name
    self.channels = channels
  }
}

/// What happens to a sales channel.
public enum ChannelChange: Sendable, Equatable {
  /// A new channel; it lands on the default stock. Adding a known one changes nothing.
  case add(ChannelCode)
  /// The channel disappears.
  case remove(ChannelCode)
  /// The channel keeps its stock under a new code.
  case rename(from: ChannelCode, to: ChannelCode)
}

/// A stock's link to a source.
public struct StockSourceLink: Sendable, Equatable {
  /// The stock.
  public var stock: StockID
  /// The source.
  public var source: SourceCode
  /// At least 1; lower is preferred.
  public var priority: Int32
  /// Makes a link.
  public init(stock: StockID, source: SourceCode, priority: Int32) {
    self.stock = stock
    self.source = source
    self.priority = priority
  }
}

/// Creates or replaces a source item (11.1).
public struct SourceItemChange: Sendable, Equatable {
  /// The source.
  public var source: SourceCode
  /// The SKU; it need not be in the catalogue.
  public var sku: SKU
  /// On-hand quantity, at least 0.
  public var quantity: Quantity
  /// Whether the item counts (the operator's intent).
  public var isInStock: Bool
  /// Low-stock level of this item; `nil` keeps the old one, or the default for a new item.
  public var notifyQuantity: Quantity?
  /// Whether the item goes back to the level of its product or the store; `notifyQuantity` is `nil` then.
  public var clearsNotify: Bool
  /// Makes a change.
  public init(
    source: SourceCode, sku: SKU, quantity: Quantity, isInStock: Bool = true,
    notifyQuantity: Quantity? = nil, clearsNotify: Bool = false
  ) {
    self.source = source
    self.sku = sku
    self.quantity = quantity
    self.isInStock = isInStock
    self.notifyQuantity = notifyQuantity
    self.clearsNotify = clearsNotify
  }
}

/// Names one source item.
public struct SourceItemKey: Sendable, Equatable {
  /// The source.
  public var source: SourceCode
  /// The SKU.
  public var sku: SKU
  /// Makes a key.
  public init(source: SourceCode, sku: SKU) {
    self.source = source
    self.sku = sku
  }
}
